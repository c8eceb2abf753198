using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>
/// Makes a picture from a field at the depth of the references: each pixel is the weighted mean of what the patches around it bring (see
/// docs/attribution.md), rounded down for integers, or the one source pixel that all of them bring, bit for bit.
/// </summary>
internal sealed class FieldVote(AttributionField field, IReadOnlyList<Picture> references, ParallelOptions parallel) : IPictureOperation
{
    public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
        where T : unmanaged
    {
        PixelBuffer<T>[] pictures = [.. references.Select(r => ((Picture<T>)r).Pixels)];
        var result = new PixelBuffer<T>(PixelLayout.Interleaved(field.Width, field.Height, image.Channels));
        Bands.Run(field.Height, parallel, (from, to) =>
        {
            for (int y = from; y < to; y++)
            {
                for (int x = 0; x < field.Width; x++)
                    Make(pictures, x, y, result);
            }
        });
        return result;
    }

    private void Make<T>(PixelBuffer<T>[] pictures, int x, int y, PixelBuffer<T> result)
        where T : unmanaged
    {
        int radius = field.PatchSize / 2, middle = y * field.Width + x;
        ReadOnlySpan<ushort> sources = field.Sources, columns = field.Columns, rows = field.Rows;
        bool onePiece = true;
        for (int qy = Math.Max(0, y - radius); qy <= Math.Min(field.Height - 1, y + radius) && onePiece; qy++)
        {
            for (int qx = Math.Max(0, x - radius); qx <= Math.Min(field.Width - 1, x + radius) && onePiece; qx++)
            {
                int q = qy * field.Width + qx;
                onePiece = sources[q] == sources[middle] && columns[q] - qx == columns[middle] - x && rows[q] - qy == rows[middle] - y;
            }
        }
        PixelBuffer<T> own = pictures[sources[middle]];
        int channels = result.Channels;
        Span<T> to = result.Memory.Span.Slice(middle * channels, channels);
        if (onePiece)
            own.Memory.Span.Slice(own.Layout.IndexOf(columns[middle], rows[middle], 0), channels).CopyTo(to);
        else
            Mean(pictures, x, y, radius, to);
    }

    private void Mean<T>(PixelBuffer<T>[] pictures, int x, int y, int radius, Span<T> to)
        where T : unmanaged
    {
        // Halfs are multiples of 2^-24 below 2^16: their sums in doubles are exact, so their order does not matter.
        Span<double> sums = stackalloc double[to.Length];
        sums.Clear();
        long weights = 0;
        for (int qy = Math.Max(0, y - radius); qy <= Math.Min(field.Height - 1, y + radius); qy++)
        {
            for (int qx = Math.Max(0, x - radius); qx <= Math.Min(field.Width - 1, x + radius); qx++)
            {
                int q = qy * field.Width + qx, column = field.Columns[q] + x - qx, row = field.Rows[q] + y - qy;
                PixelBuffer<T> picture = pictures[field.Sources[q]];
                if ((uint)column >= (uint)picture.Width || (uint)row >= (uint)picture.Height)
                    continue;
                long weight = (long)field.Window[radius + x - qx] * field.Window[radius + y - qy];
                weights += weight;
                ReadOnlySpan<T> from = picture.Memory.Span.Slice(picture.Layout.IndexOf(column, row, 0), to.Length);
                for (int c = 0; c < to.Length; c++)
                    sums[c] += weight * Real(from[c]);
            }
        }
        for (int c = 0; c < to.Length; c++)
            to[c] = Sample<T>(sums[c] / weights);
    }

    private static double Real<T>(T sample)
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? (byte)(object)sample
        : typeof(T) == typeof(ushort) ? (ushort)(object)sample
        : typeof(T) == typeof(Half) ? (double)(Half)(object)sample
        : (float)(object)sample;

    private static T Sample<T>(double value)
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? (T)(object)(byte)value
        : typeof(T) == typeof(ushort) ? (T)(object)(ushort)value
        : typeof(T) == typeof(Half) ? (T)(object)(Half)value
        : (T)(object)(float)value;
}
