using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// Fills holes too large to be searched at their own size: found in a picture that is a whole number of times smaller, taken in blocks from the large one, so that every made pixel still is one of its own.
/// </summary>
public static class LargeHoleFill
{
    /// <summary>Pixels of a hole up to which it is filled at its own size.</summary>
    public const int MaxAtOwnSize = 700_000;

    /// <summary>The field of a fill; as <see cref="HoleFill.Fill(PixelBuffer{byte}, PixelBuffer{byte}, FillOptions, IProgress{double}?, CancellationToken)"/> where the hole is small.</summary>
    /// <param name="features">What patches are compared in, packed interleaved, see <see cref="Picture.Features"/>.</param>
    /// <param name="mask">One channel of the same size; 128 and more is filled.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Hears the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops it within a fraction of a second.</param>
    /// <returns>The field over the rectangle around the mask; null when the mask is empty.</returns>
    /// <exception cref="ArgumentException">The mask has another size, or covers so much that nothing is left to fill from.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RepairField? Fill(PixelBuffer<byte> features, PixelBuffer<byte> mask, FillOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(options);
        byte[] hole = HoleMask.Of(mask, features.Width, features.Height);
        int missing = hole.AsSpan().Count((byte)1), factor = 1;
        while (missing / ((long)factor * factor) > MaxAtOwnSize)
            factor++;
        if (factor == 1)
            return HoleFill.Fill(features, mask, options, progress, cancellationToken);
        (PixelBuffer<byte> small, PixelBuffer<byte> smallMask) = Smaller(features, hole, factor);
        return HoleFill.Fill(small, smallMask, options, progress, cancellationToken) is { } field ? Enlarge(field, hole, features.Width, features.Height, factor) : null;
    }

    private static (PixelBuffer<byte> Features, PixelBuffer<byte> Mask) Smaller(PixelBuffer<byte> features, byte[] hole, int factor)
    {
        int width = (features.Width + factor - 1) / factor, height = (features.Height + factor - 1) / factor, channels = features.Channels;
        PixelBuffer<byte> small = new(PixelLayout.Interleaved(width, height, channels)), mask = new(PixelLayout.Interleaved(width, height, 1));
        var sums = new int[channels];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Array.Clear(sums);
                int count = 0;
                for (int v = y * factor; v < Math.Min(features.Height, (y + 1) * factor); v++)
                {
                    for (int u = x * factor; u < Math.Min(features.Width, (x + 1) * factor); u++, count++)
                    {
                        for (int c = 0; c < channels; c++)
                            sums[c] += features[u, v, c];
                        // One hidden pixel hides the block: what is taken is known wholly.
                        if (hole[v * features.Width + u] != 0)
                            mask[x, y, 0] = 255;
                    }
                }
                for (int c = 0; c < channels; c++)
                    small[x, y, c] = (byte)((sums[c] + count / 2) / count);
            }
        }
        return (small, mask);
    }

    private static RepairField Enlarge(RepairField field, byte[] hole, int width, int height, int factor)
    {
        PixelRect small = field.Region, region = new PixelRect(small.X * factor, small.Y * factor, small.Width * factor, small.Height * factor).Intersect(new PixelRect(0, 0, width, height));
        ushort[] sources = new ushort[region.Area], columns = new ushort[region.Area], rows = new ushort[region.Area];
        Array.Fill(sources, AttributionField.None);
        for (int y = region.Y, i = 0; y < region.Bottom; y++)
        {
            for (int x = region.X; x < region.Right; x++, i++)
            {
                int from = (y / factor - small.Y) * small.Width + x / factor - small.X;
                if (hole[y * width + x] == 0 || field.Field.Sources[from] == AttributionField.None)
                    continue;
                sources[i] = field.Field.Sources[from];
                // The last block of a row or column may be cut by the picture's edge.
                columns[i] = (ushort)Math.Min(width - 1, field.Field.Columns[from] * factor + x % factor);
                rows[i] = (ushort)Math.Min(height - 1, field.Field.Rows[from] * factor + y % factor);
            }
        }
        return new RepairField(width, height, 0, 0, region, new AttributionField(region.Width, region.Height, sources, columns, rows, field.Field.Window));
    }
}
