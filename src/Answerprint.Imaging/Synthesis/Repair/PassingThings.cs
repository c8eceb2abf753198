using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// Finds what passes through a part of a locked-off view: pixels that differ from what is seen there in most frames (the median), grown a little so
/// that soft edges and shadows go with them.
/// </summary>
public static class PassingThings
{
    /// <summary>How much pixels differ from the median, at least, where something is in front of it, of 255.</summary>
    public const int Threshold = 12;

    private const int Growth = 4;

    /// <summary>What is seen at each pixel in most of the frames, channel by channel.</summary>
    /// <param name="frames">Features of the same part of the view; 1 to 255 of them, of one size.</param>
    /// <exception cref="ArgumentException">There is none, or sizes differ.</exception>
    public static PixelBuffer<byte> Background(IReadOnlyList<PixelBuffer<byte>> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count is < 1 or > 255 || frames.Any(frame => frame.Layout != frames[0].Layout))
            throw new ArgumentException($"{frames.Count} frames are not 1 to 255 of one size.", nameof(frames));
        var median = new PixelBuffer<byte>(frames[0].Layout);
        Span<byte> to = median.Memory.Span, values = stackalloc byte[frames.Count];
        for (int i = 0; i < to.Length; i++)
        {
            for (int k = 0; k < frames.Count; k++)
                values[k] = frames[k].Memory.Span[i];
            values.Sort();
            to[i] = values[frames.Count / 2];
        }
        return median;
    }

    /// <summary>How far apart frame and background are for no other reason than grain: the median over all that is looked at, of 255.</summary>
    /// <param name="frames">Features of the part of the view.</param>
    /// <param name="background">What is behind.</param>
    /// <param name="mask">Where to look, row by row: not 0 is looked at.</param>
    /// <exception cref="ArgumentException">Sizes differ.</exception>
    public static int Grain(IReadOnlyList<PixelBuffer<byte>> frames, PixelBuffer<byte> background, ReadOnlySpan<byte> mask)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var counts = new long[256];
        foreach (PixelBuffer<byte> frame in frames)
        {
            byte[] apart = Apart(frame, background, mask.Length);
            for (int i = 0; i < apart.Length; i++)
                counts[apart[i]] += mask[i] == 0 ? 0 : 1;
        }
        long half = counts.Sum() / 2;
        int value = 0;
        for (long seen = counts[0]; seen < half; seen += counts[value])
            value++;
        return value;
    }

    /// <summary>1 where something is in front of the background in this frame, and within a mask; 0 elsewhere.</summary>
    /// <param name="frame">Features of the part of the view.</param>
    /// <param name="background">What is behind, of the same layout.</param>
    /// <param name="mask">Where to look, row by row: not 0 is looked at.</param>
    /// <param name="grain">What <see cref="Grain"/> found.</param>
    /// <exception cref="ArgumentException">Sizes differ.</exception>
    public static byte[] In(PixelBuffer<byte> frame, PixelBuffer<byte> background, ReadOnlySpan<byte> mask, int grain)
    {
        ArgumentNullException.ThrowIfNull(frame);
        int width = frame.Width, height = frame.Height, least = Math.Max(Threshold, 2 * grain + 6);
        byte[] differs = Array.ConvertAll(Apart(frame, background, mask.Length), value => value >= least ? (byte)1 : (byte)0);
        int[] sums = BoxSums.Of(differs, width, height);
        var result = new byte[mask.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (mask[y * width + x] == 0)
                    continue;
                int sum = BoxSums.Sum(sums, width, Math.Max(0, x - Growth), Math.Max(0, y - Growth), Math.Min(width, x + Growth + 1), Math.Min(height, y + Growth + 1));
                // A few pixels alone are grain.
                result[y * width + x] = sum > 8 ? (byte)1 : (byte)0;
            }
        }
        return result;
    }

    /// <summary>The mean difference of the strongest channel in the 5 x 5 pixels around each: grain averages out, things do not.</summary>
    private static byte[] Apart(PixelBuffer<byte> frame, PixelBuffer<byte> background, int pixels)
    {
        ArgumentNullException.ThrowIfNull(background);
        int width = frame.Width, height = frame.Height, channels = frame.Channels;
        if (frame.Layout != background.Layout || pixels != width * height)
            throw new ArgumentException($"Frame, background and mask are not of one size: {width} x {height}, {background.Width} x {background.Height}, {pixels} pixels.", nameof(frame));
        ReadOnlySpan<byte> a = frame.Memory.Span, b = background.Memory.Span;
        var strongest = new byte[pixels];
        for (int i = 0, at = 0; i < pixels; i++)
        {
            for (int c = 0; c < channels; c++, at++)
                strongest[i] = (byte)Math.Max(strongest[i], Math.Abs(a[at] - b[at]));
        }
        int[] sums = BoxSums.Of(strongest, width, height);
        var mean = new byte[pixels];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int left = Math.Max(0, x - 2), top = Math.Max(0, y - 2), right = Math.Min(width, x + 3), bottom = Math.Min(height, y + 3);
                mean[y * width + x] = (byte)(BoxSums.Sum(sums, width, left, top, right, bottom) / ((right - left) * (bottom - top)));
            }
        }
        return mean;
    }
}
