namespace Answerprint.Imaging.Motion.Flow;

/// <summary>Where each pixel of one frame lies in another: pixel (x, y) of the first is at (x + X, y + Y) in the second. Row-major, in pixels.</summary>
public sealed class FlowField
{
    /// <summary>A field without motion.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public FlowField(int width, int height)
        : this(width, height, new float[Checked(width) * Checked(height)], new float[width * height])
    {
    }

    internal FlowField(int width, int height, float[] x, float[] y) => (Width, Height, X, Y) = (width, height, x, y);

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>How far each pixel moves to the right.</summary>
    public float[] X { get; }

    /// <summary>How far each pixel moves down.</summary>
    public float[] Y { get; }

    /// <summary>The motion at a place between pixels, bilinear; beyond the edge that of the edge.</summary>
    public (float X, float Y) At(float x, float y)
    {
        x = Math.Clamp(x, 0, Width - 1);
        y = Math.Clamp(y, 0, Height - 1);
        int left = (int)x, top = (int)y;
        float right = x - left, down = y - top;
        int a = top * Width + left, b = left + 1 < Width ? a + 1 : a, below = top + 1 < Height ? Width : 0;
        return (Mix(X, a, b, below, right, down), Mix(Y, a, b, below, right, down));
    }

    /// <summary>Mean distance in pixels to another field, which is usually the truth (end-point error; Baker et al., IJCV 2011).</summary>
    /// <exception cref="ArgumentException">The fields differ in size.</exception>
    public double EndPointError(FlowField truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        if (truth.Width != Width || truth.Height != Height)
            throw new ArgumentException($"The fields are {Width} x {Height} and {truth.Width} x {truth.Height}; they must be the same.", nameof(truth));
        double sum = 0;
        for (int i = 0; i < X.Length; i++)
            sum += Math.Sqrt((X[i] - truth.X[i]) * (double)(X[i] - truth.X[i]) + (Y[i] - truth.Y[i]) * (double)(Y[i] - truth.Y[i]));
        return sum / X.Length;
    }

    private static float Mix(float[] plane, int a, int b, int below, float right, float down)
    {
        float upper = plane[a] + right * (plane[b] - plane[a]), lower = plane[a + below] + right * (plane[b + below] - plane[a + below]);
        return upper + down * (lower - upper);
    }

    private static int Checked(int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        return side;
    }
}
