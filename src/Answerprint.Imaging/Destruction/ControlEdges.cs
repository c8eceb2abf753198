using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>Edges of a picture as thin lines (Canny, PAMI 1986): smoothed, kept where they are steepest across, followed from strong to weak.</summary>
public static class ControlEdges
{
    // Steepness in 8-bit tones a pixel, times eight (Sobel's weights): where a line begins, and where it still goes on.
    private const float Strong = 120, Weak = 50;

    private static readonly float[] Gauss = [0.0625f, 0.25f, 0.375f, 0.25f, 0.0625f];

    /// <summary>The edges: 255 on them, 0 beside.</summary>
    /// <param name="luma">Tones, 0 to 255, row-major.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <exception cref="ArgumentException">There are more or fewer tones than pixels.</exception>
    public static PixelBuffer<byte> Of(float[] luma, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(luma);
        if (luma.Length != width * height)
            throw new ArgumentException($"There are {luma.Length} tones for {width} x {height} pixels.", nameof(luma));
        float[] smooth = Smooth(Smooth(luma, width, height, 1, 0), width, height, 0, 1), steep = new float[luma.Length];
        var ways = new (int X, int Y)[luma.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float At(int u, int v) => smooth[Math.Clamp(y + v, 0, height - 1) * width + Math.Clamp(x + u, 0, width - 1)];
                float across = At(1, -1) + 2 * At(1, 0) + At(1, 1) - At(-1, -1) - 2 * At(-1, 0) - At(-1, 1), down = At(-1, 1) + 2 * At(0, 1) + At(1, 1) - At(-1, -1) - 2 * At(0, -1) - At(1, -1);
                int i = y * width + x;
                steep[i] = MathF.Sqrt(across * across + down * down);
                // The nearest of four directions: within 22.5 degrees.
                ways[i] = (Math.Abs(across), Math.Abs(down)) switch
                {
                    var (a, d) when d < 0.4142f * a => (1, 0),
                    var (a, d) when a < 0.4142f * d => (0, 1),
                    _ => (1, across * down > 0 ? 1 : -1),
                };
            }
        }
        return Followed(steep, ways, width, height);
    }

    private static PixelBuffer<byte> Followed(float[] steep, (int X, int Y)[] ways, int width, int height)
    {
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 1));
        var open = new Stack<int>();
        for (int i = 0; i < steep.Length; i++)
        {
            if (steep[i] >= Strong && IsRidge(i))
                Take(i);
        }
        while (open.TryPop(out int at))
        {
            for (int v = Math.Max(0, at / width - 1); v <= Math.Min(height - 1, at / width + 1); v++)
            {
                for (int u = Math.Max(0, at % width - 1); u <= Math.Min(width - 1, at % width + 1); u++)
                {
                    int i = v * width + u;
                    if (result.Memory.Span[i] == 0 && steep[i] >= Weak && IsRidge(i))
                        Take(i);
                }
            }
        }
        return result;

        void Take(int i)
        {
            result.Memory.Span[i] = byte.MaxValue;
            open.Push(i);
        }

        // Of two that are as steep one is taken: the first.
        bool IsRidge(int i) => steep[i] > Beside(i, -1) && steep[i] >= Beside(i, 1);

        float Beside(int i, int sign)
        {
            (int x, int y) = (i % width + sign * ways[i].X, i / width + sign * ways[i].Y);
            return x < 0 || y < 0 || x >= width || y >= height ? 0 : steep[y * width + x];
        }
    }

    private static float[] Smooth(float[] values, int width, int height, int across, int down)
    {
        var result = new float[values.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float sum = 0;
                for (int k = -2; k <= 2; k++)
                    sum += Gauss[k + 2] * values[Math.Clamp(y + k * down, 0, height - 1) * width + Math.Clamp(x + k * across, 0, width - 1)];
                result[y * width + x] = sum;
            }
        }
        return result;
    }
}
