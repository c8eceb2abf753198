using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// Makes the pixels of a field from its sources at their own depth: the weighted mean of what the patches around a pixel bring
/// (see docs/attribution.md), rounded down for integers. Sums of halfs are exact in 64 bits, so the order of adding does not matter.
/// </summary>
internal sealed class FieldVote(RepairField repair, IReadOnlyList<Picture> sources, int threads, CancellationToken cancellationToken) : IPictureOperation
{
    public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
        where T : unmanaged
    {
        PixelBuffer<T> result = Keep(image);
        PixelBuffer<T>[] pictures = [.. sources.Select(source => source is Picture<T> same && same.Channels == image.Channels
            ? same.Pixels
            : throw new ArgumentException($"A source of {source.Depth} with {source.Channels} channels cannot fill a picture of {image.Depth} with {image.Channels}."))];
        AttributionField field = repair.Field;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, field.Height, parallel, y => MakeRow(field, pictures, result, y));
        return result;
    }

    private void MakeRow<T>(AttributionField field, PixelBuffer<T>[] pictures, PixelBuffer<T> result, int y)
        where T : unmanaged
    {
        int radius = field.PatchSize / 2;
        for (int x = 0; x < field.Width; x++)
        {
            int i = y * field.Width + x;
            if (field.Sources[i] == AttributionField.None)
                continue;
            if (radius == 0 || IsOnePiece(field, x, y, radius))
                Copy(pictures[field.Sources[i]], field.Columns[i], field.Rows[i], result, repair.Region.X + x, repair.Region.Y + y);
            else
                Mean(field, pictures, x, y, radius, result);
        }
    }

    /// <summary>The output before anything is made: the picture in its place.</summary>
    private PixelBuffer<T> Keep<T>(PixelBuffer<T> image)
        where T : unmanaged
    {
        bool interleaved = image.Layout.ChannelStride == 1;
        var result = new PixelBuffer<T>(interleaved
            ? PixelLayout.Interleaved(repair.Width, repair.Height, image.Channels)
            : PixelLayout.Planar(repair.Width, repair.Height, image.Channels));
        PixelRect kept = repair.Kept(image.Width, image.Height);
        ReadOnlySpan<T> from = image.Memory.Span;
        Span<T> to = result.Memory.Span;
        for (int y = kept.Y; y < kept.Bottom; y++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                int source = image.Layout.IndexOf(kept.X - repair.Left, y - repair.Top, c), target = result.Layout.IndexOf(kept.X, y, c);
                for (int x = 0; x < kept.Width; x++, source += image.Layout.PixelStride, target += result.Layout.PixelStride)
                    to[target] = from[source];
            }
        }
        return result;
    }

    /// <summary>Whether all patches that reach a pixel bring the same source pixel, so that their mean is that pixel.</summary>
    private static bool IsOnePiece(AttributionField field, int x, int y, int radius)
    {
        ReadOnlySpan<ushort> sources = field.Sources, columns = field.Columns, rows = field.Rows;
        int middle = y * field.Width + x;
        for (int qy = Math.Max(0, y - radius); qy <= Math.Min(field.Height - 1, y + radius); qy++)
        {
            for (int qx = Math.Max(0, x - radius); qx <= Math.Min(field.Width - 1, x + radius); qx++)
            {
                int q = qy * field.Width + qx;
                if (sources[q] != AttributionField.None
                    && (sources[q] != sources[middle] || columns[q] - qx != columns[middle] - x || rows[q] - qy != rows[middle] - y))
                    return false;
            }
        }
        return true;
    }

    private static void Copy<T>(PixelBuffer<T> from, int sx, int sy, PixelBuffer<T> to, int x, int y)
        where T : unmanaged
    {
        for (int c = 0; c < to.Channels; c++)
            to[x, y, c] = from[sx, sy, c];
    }

    private void Mean<T>(AttributionField field, PixelBuffer<T>[] pictures, int x, int y, int radius, PixelBuffer<T> result)
        where T : unmanaged
    {
        for (int c = 0; c < result.Channels; c++)
        {
            var mean = default(SampleMean<T>);
            for (int dy = -radius; dy <= radius; dy++)
            {
                for (int dx = -radius; dx <= radius; dx++)
                {
                    int qx = x + dx, qy = y + dy;
                    if ((uint)qx >= (uint)field.Width || (uint)qy >= (uint)field.Height || field.Sources[qy * field.Width + qx] is var s && s == AttributionField.None)
                        continue;
                    int sx = field.Columns[qy * field.Width + qx] - dx, sy = field.Rows[qy * field.Width + qx] - dy;
                    if ((uint)sx < (uint)pictures[s].Width && (uint)sy < (uint)pictures[s].Height)
                        mean.Add(pictures[s][sx, sy, c], field.Window[radius - dx] * (long)field.Window[radius - dy]);
                }
            }
            result[repair.Region.X + x, repair.Region.Y + y, c] = mean.Value;
        }
    }
}
