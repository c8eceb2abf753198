using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Variation;

namespace Answerprint.Imaging.Quality;

/// <summary>
/// The sliced Wasserstein distance of the patches of two images (Karras et al., ICLR 2018; Elnekave and Weiss, ECCV 2022): patches are
/// projected onto random directions, and the sorted projections compared. It asks whether an output has the patches of its reference in
/// the same proportions. The projections are the same on every machine.
/// </summary>
public static class PatchSlicedWasserstein
{
    private const int Directions = 64;
    private const int Quantiles = 1024;

    /// <summary>The mean distance over all directions and scales, in 8-bit codes; 0 for equal images.</summary>
    /// <param name="output">The output.</param>
    /// <param name="reference">What it was made from, with as many colour channels.</param>
    /// <param name="patchSize">Pixels a side, 1 to 31.</param>
    /// <param name="scales">Scales, each half the one before, 1 or more; a scale smaller than a patch is left out.</param>
    /// <exception cref="ArgumentException">Channels differ, or an image is smaller than a patch.</exception>
    public static double Measure(PixelBuffer<byte> output, PixelBuffer<byte> reference, int patchSize = 7, int scales = 3)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentOutOfRangeException.ThrowIfLessThan(patchSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patchSize, 31);
        ArgumentOutOfRangeException.ThrowIfLessThan(scales, 1);
        byte[] a = QualityInput.Colours(output.View, out int channels), b = QualityInput.Colours(reference.View, out int others);
        if (channels != others)
            throw new ArgumentException($"{channels} channels cannot be compared with {others}.", nameof(reference));
        (int aw, int ah, int bw, int bh) = (output.Width, output.Height, reference.Width, reference.Height);
        double sum = 0;
        int used = 0;
        for (int scale = 0; scale < scales && Math.Min(Math.Min(aw, ah), Math.Min(bw, bh)) >= patchSize; scale++, used++)
        {
            sum += Distance(a, aw, ah, b, bw, bh, channels, patchSize);
            a = Half(a, ref aw, ref ah, channels);
            b = Half(b, ref bw, ref bh, channels);
        }
        return used > 0 ? sum / used : throw new ArgumentException($"An image holds no patch of {patchSize} pixels.", nameof(patchSize));
    }

    private static double Distance(byte[] a, int aw, int ah, byte[] b, int bw, int bh, int channels, int patch)
    {
        var direction = new int[patch * patch * channels];
        double sum = 0;
        for (int i = 0; i < Directions; i++)
        {
            var random = new CounterNoise(0, i);
            double length = 0;
            for (int j = 0; j < direction.Length; j++)
            {
                direction[j] = random.Normal((ulong)j) >> 4;
                length += direction[j] * (double)direction[j];
            }
            int[] first = Project(a, aw, ah, channels, patch, direction), second = Project(b, bw, bh, channels, patch, direction);
            sum += Apart(first, second) / Math.Sqrt(length);
        }
        // A unit direction sees the whole patch; by sample it is that much less.
        return sum / Directions / Math.Sqrt(direction.Length);
    }

    private static int[] Project(byte[] image, int width, int height, int channels, int patch, int[] direction)
    {
        int wide = width - patch + 1, high = height - patch + 1, row = patch * channels;
        var result = new int[wide * high];
        for (int y = 0; y < high; y++)
        {
            for (int x = 0; x < wide; x++)
            {
                int sum = 0;
                for (int dy = 0; dy < patch; dy++)
                {
                    ReadOnlySpan<byte> samples = image.AsSpan(((y + dy) * width + x) * channels, row);
                    ReadOnlySpan<int> weights = direction.AsSpan(dy * row, row);
                    for (int i = 0; i < samples.Length; i++)
                        sum += samples[i] * weights[i];
                }
                result[y * wide + x] = sum;
            }
        }
        Array.Sort(result);
        return result;
    }

    /// <summary>Mean distance of the two quantile functions.</summary>
    private static double Apart(int[] first, int[] second)
    {
        double sum = 0;
        for (long i = 0; i < Quantiles; i++)
            sum += Math.Abs((double)first[(2 * i + 1) * first.Length / (2 * Quantiles)] - second[(2 * i + 1) * second.Length / (2 * Quantiles)]);
        return sum / Quantiles;
    }

    private static byte[] Half(byte[] image, ref int width, ref int height, int channels)
    {
        int wide = Math.Max(1, width / 2), high = Math.Max(1, height / 2);
        var result = new byte[wide * high * channels];
        for (int y = 0; y < high; y++)
        {
            for (int x = 0; x < wide; x++)
            {
                int right = Math.Min(2 * x + 1, width - 1), below = Math.Min(2 * y + 1, height - 1);
                for (int c = 0; c < channels; c++)
                {
                    int sum = image[(2 * y * width + 2 * x) * channels + c] + image[(2 * y * width + right) * channels + c]
                        + image[(below * width + 2 * x) * channels + c] + image[(below * width + right) * channels + c];
                    result[(y * wide + x) * channels + c] = (byte)((sum + 2) >> 2);
                }
            }
        }
        (width, height) = (wide, high);
        return result;
    }
}
