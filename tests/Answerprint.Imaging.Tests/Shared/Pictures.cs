using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.Shared;

/// <summary>Pictures made from a seed.</summary>
internal static class Pictures
{
    /// <summary>Noise of any depth.</summary>
    internal static PixelBuffer<T> Noise<T>(PixelLayout layout, int seed)
        where T : unmanaged
    {
        var random = new Random(seed);
        var image = new PixelBuffer<T>(layout);
        Span<T> samples = image.Memory.Span;
        for (int i = 0; i < samples.Length; i++)
        {
            int code = random.Next(65536);
            samples[i] = typeof(T) == typeof(byte) ? (T)(object)(byte)code
                : typeof(T) == typeof(ushort) ? (T)(object)(ushort)code
                : typeof(T) == typeof(Half) ? (T)(object)(Half)(code / 4096f)
                : (T)(object)(code / 4096f);
        }
        return image;
    }

    /// <summary>A frame of soft shapes that belongs to a scene: the same seed moves a little with the shift, another seed is another place.</summary>
    internal static byte[] Scene(int seed, int width, int height, double shift = 0)
    {
        var random = new Random(seed);
        var shapes = new (double X, double Y, double R, int[] Rgb)[14];
        for (int i = 0; i < shapes.Length; i++)
            shapes[i] = (random.NextDouble() * width, random.NextDouble() * height, (0.05 + 0.2 * random.NextDouble()) * width, [random.Next(256), random.Next(256), random.Next(256)]);
        int[] ground = [random.Next(40, 220), random.Next(40, 220), random.Next(40, 220)];
        var frame = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int[] colour = ground;
                foreach (var (cx, cy, r, rgb) in shapes)
                {
                    double dx = x - shift - cx, dy = y - cy;
                    if (dx * dx + dy * dy < r * r)
                        colour = rgb;
                }
                for (int c = 0; c < 3; c++)
                    frame[(y * width + x) * 3 + c] = (byte)colour[c];
            }
        }
        return frame;
    }

    /// <summary>A mixture of two frames, codes mixed as editing programs do by default.</summary>
    internal static byte[] Mix(byte[] first, byte[] second, double share) =>
        [.. first.Select((value, i) => (byte)Math.Clamp(value + (second[i] - value) * share + 0.5, 0, 255))];

    internal static byte[] Flat(int width, int height, byte code)
    {
        var frame = new byte[width * height * 3];
        Array.Fill(frame, code);
        return frame;
    }
}
