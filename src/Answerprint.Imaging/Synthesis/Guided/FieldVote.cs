using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>
/// Makes the output of a field from the sources' own samples, at any depth: the same bytes on every machine. Integers are averaged exactly and
/// rounded down; half and float samples are added in double precision in the order of the patches.
/// </summary>
public static class FieldVote
{
    /// <summary>The output of a field.</summary>
    /// <param name="field">Where patches came from; every pixel has a match.</param>
    /// <param name="sources">The pictures the field was searched in, of equal channels, at any depth.</param>
    /// <param name="mode">Blend or copy.</param>
    /// <param name="maxDegreeOfParallelism">Threads, 1 or more.</param>
    /// <param name="cancellationToken">Obeyed after each row.</param>
    /// <exception cref="ArgumentException">The sources are not those of the field, or a pixel has no match.</exception>
    public static PixelBuffer<T> Cast<T>(
        NearestNeighbourField field,
        IReadOnlyList<PixelBuffer<T>> sources,
        GuidedMode mode,
        int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Count != field.Sources.Count)
            throw new ArgumentException($"There are {sources.Count} pictures for {field.Sources.Count} sources.", nameof(sources));
        for (int i = 0; i < sources.Count; i++)
            if (sources[i].Width != field.Sources[i].Width || sources[i].Height != field.Sources[i].Height || sources[i].Channels != sources[0].Channels)
                throw new ArgumentException($"Picture {i + 1} has {sources[i].Width} x {sources[i].Height} x {sources[i].Channels} samples; source {i + 1} of the field has {field.Sources[i].Width} x {field.Sources[i].Height} pixels.", nameof(sources));
        if (field.Positions.Contains(NearestNeighbourField.Nothing))
            throw new ArgumentException("A pixel of the field has no match.", nameof(field));
        int channels = sources[0].Channels, radius = mode == GuidedMode.Copy ? 0 : field.Sources.PatchSize / 2;
        var output = new PixelBuffer<T>(PixelLayout.Interleaved(field.Width, field.Height, channels));
        Parallel.For(0, field.Height, new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism, CancellationToken = cancellationToken },
            y => CastRow(field, sources, y, radius, output.Memory.Span.Slice(y * field.Width * channels, field.Width * channels)));
        return output;
    }

    private static void CastRow<T>(NearestNeighbourField field, IReadOnlyList<PixelBuffer<T>> sources, int y, int radius, Span<T> row)
        where T : unmanaged
    {
        int channels = sources[0].Channels, k = field.Neighbours;
        Span<double> sums = stackalloc double[channels];
        for (int x = 0, o = 0; x < field.Width; x++, o += channels)
        {
            sums.Clear();
            int count = 0;
            for (int v = Math.Max(0, y - radius); v <= Math.Min(field.Height - 1, y + radius); v++)
            {
                for (int u = Math.Max(0, x - radius); u <= Math.Min(field.Width - 1, x + radius); u++, count++)
                {
                    (int source, int sx, int sy) = field.Sources.Locate(field.Positions[(v * field.Width + u) * k]);
                    PixelBuffer<T> from = sources[source];
                    PixelLayout layout = from.Layout;
                    ReadOnlySpan<T> samples = from.Memory.Span[((sy + y - v) * layout.RowStride + (sx + x - u) * layout.PixelStride)..];
                    if (count == 0 && radius == 0)
                        for (int c = 0; c < channels; c++)
                            row[o + c] = samples[c * layout.ChannelStride];
                    else
                        for (int c = 0; c < channels; c++)
                            sums[c] += Value(samples[c * layout.ChannelStride]);
                }
            }
            for (int c = 0; radius > 0 && c < channels; c++)
                row[o + c] = Mean<T>(sums[c], count);
        }
    }

    private static double Value<T>(T sample)
        where T : unmanaged => sample switch
        {
            byte value => value,
            ushort value => value,
            Half value => (double)value,
            float value => value,
            _ => throw new NotSupportedException($"Samples of {typeof(T).Name} are not averaged."),
        };

    // Sums of integers are far below 2^53 and their quotients no nearer to the next integer than 1 / count, so rounding down is exact.
    private static T Mean<T>(double sum, int count)
        where T : unmanaged
    {
        double mean = sum / count;
        if (typeof(T) == typeof(byte))
            return (T)(object)(byte)mean;
        if (typeof(T) == typeof(ushort))
            return (T)(object)(ushort)mean;
        return typeof(T) == typeof(Half) ? (T)(object)(Half)mean : (T)(object)(float)mean;
    }
}
