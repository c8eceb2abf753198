using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>What a model that makes video is steered by, in 8 bits and at its size, from the layers of a frame.</summary>
/// <param name="Depth">Near is light: 255 at the nearest place of the shot, by one over the distance; 0 where nothing fell. Three equal channels.</param>
/// <param name="Edges">White lines on black (Canny, PAMI 1986), three equal channels.</param>
/// <param name="Motion">Red: to the right, green: down, 128 for none; blue is 128.</param>
/// <param name="Mask">Light where the frame is not the plate: where the building was and is, and dust. Three equal channels.</param>
public sealed record ControlPasses(PixelBuffer<byte> Depth, PixelBuffer<byte> Edges, PixelBuffer<byte> Motion, PixelBuffer<byte> Mask)
{
    /// <summary>Makes them.</summary>
    /// <param name="layers">The frame's layers.</param>
    /// <param name="range">What 8 bits stand for over the whole shot.</param>
    /// <param name="width">Pixels across of what is made, 16 up.</param>
    /// <param name="height">Pixels down, 16 up.</param>
    public static ControlPasses Of(ControlLayers layers, ControlRange range, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 16);
        float[] near = Smaller(layers, i => layers.Depth[i] is > 0 and < ControlRange.Beyond ? 1 / layers.Depth[i] : 0, width, height);
        float[] luma = Smaller(layers, i => 255 * PlateCurve.SRgb.FromLinear(Math.Clamp(0.2126f * layers.Red[i] + 0.7152f * layers.Green[i] + 0.0722f * layers.Blue[i], 0, 1)), width, height);
        float[] right = Smaller(layers, i => layers.MotionX[i], width, height), down = Smaller(layers, i => layers.MotionY[i], width, height), mask = Smaller(layers, i => layers.Changed[i], width, height);
        float across = (float)width / layers.Width / range.MotionStep(width, layers.Width), along = (float)height / layers.Height / range.MotionStep(width, layers.Width);
        PixelBuffer<byte> edges = ControlEdges.Of(luma, width, height);
        return new ControlPasses(
            Made(width, height, (i, _) => 255 * near[i] * range.Nearest),
            Made(width, height, (i, _) => edges.Memory.Span[i]),
            Made(width, height, (i, c) => 128 + (c == 0 ? right[i] * across : c == 1 ? down[i] * along : 0)),
            Made(width, height, (i, _) => 255 * mask[i]));
    }

    private static PixelBuffer<byte> Made(int width, int height, Func<int, int, float> value)
    {
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
        Span<byte> to = result.Memory.Span;
        for (int i = 0; i < to.Length; i++)
            to[i] = (byte)(Math.Clamp(value(i / 3, i % 3), 0, 255) + 0.5f);
        return result;
    }

    /// <summary>Means over the part of the frame that each pixel covers.</summary>
    private static float[] Smaller(ControlLayers layers, Func<int, float> value, int width, int height)
    {
        var across = new float[width * layers.Height];
        for (int y = 0; y < layers.Height; y++)
        {
            for (int x = 0; x < width; x++)
                across[y * width + x] = Mean(i => value(y * layers.Width + i), x * (double)layers.Width / width, (x + 1) * (double)layers.Width / width);
        }
        var result = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                result[y * width + x] = Mean(i => across[i * width + x], y * (double)layers.Height / height, (y + 1) * (double)layers.Height / height);
        }
        return result;
    }

    private static float Mean(Func<int, float> value, double from, double to)
    {
        double sum = 0;
        for (int i = (int)from; i < to - 1e-6; i++)
            sum += value(i) * (Math.Min(to, i + 1) - Math.Max(from, i));
        return (float)(sum / (to - from));
    }
}

/// <summary>The layers that control passes are made from, row-major, all of one size.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Red">Of the finished frame, linear.</param>
/// <param name="Green">Of the finished frame, linear.</param>
/// <param name="Blue">Of the finished frame, linear.</param>
/// <param name="Depth">Metres along the view; 0, or very large, for nothing.</param>
/// <param name="MotionX">Pixels to the right that a place takes to the next frame.</param>
/// <param name="MotionY">Pixels down.</param>
/// <param name="Changed">Where the frame is not the plate, 0 to 1.</param>
public sealed record ControlLayers(int Width, int Height, float[] Red, float[] Green, float[] Blue, float[] Depth, float[] MotionX, float[] MotionY, float[] Changed);

/// <summary>What 8 bits stand for over a whole shot.</summary>
/// <param name="Nearest">Metres of the nearest place of any frame.</param>
/// <param name="Fastest">Pixels of the layers' size that the fastest place goes in a frame, in either direction.</param>
public readonly record struct ControlRange(float Nearest, float Fastest)
{
    /// <summary>Metres from which on a depth says that nothing is there.</summary>
    public const float Beyond = 1e9f;

    private const float Steps = 127;

    /// <summary>Nothing was seen yet.</summary>
    public static ControlRange None => new(Beyond, 0);

    /// <summary>With another frame taken in.</summary>
    /// <param name="layers">Its layers.</param>
    public ControlRange With(ControlLayers layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        (float near, float fast) = (Nearest, Fastest);
        for (int i = 0; i < layers.Depth.Length; i++)
        {
            if (layers.Depth[i] > 0)
                near = Math.Min(near, layers.Depth[i]);
            fast = Math.Max(fast, Math.Max(Math.Abs(layers.MotionX[i]), Math.Abs(layers.MotionY[i])));
        }
        return new ControlRange(near, fast);
    }

    /// <summary>How many pixels of what is made one step of the motion's 8 bits is.</summary>
    /// <param name="width">Pixels across of what is made.</param>
    /// <param name="from">Pixels across of the layers.</param>
    public float MotionStep(int width, int from) => Math.Max(1e-3f, Fastest * width / from / Steps);
}
