using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Resizes level images by <see cref="CubicTaps"/>, rows first, in 32-bit integers with one rounding an axis.</summary>
internal sealed class LevelResampler
{
    private readonly CubicTaps columns, rows;
    private readonly int fromWidth, fromHeight, toWidth, toHeight;
    private readonly ParallelOptions parallel;
    private LevelImage? narrow;

    internal LevelResampler(int fromWidth, int fromHeight, int toWidth, int toHeight, ParallelOptions parallel)
    {
        (this.fromWidth, this.fromHeight, this.toWidth, this.toHeight) = (fromWidth, fromHeight, toWidth, toHeight);
        this.parallel = parallel;
        columns = CubicTaps.Create(fromWidth, toWidth);
        rows = CubicTaps.Create(fromHeight, toHeight);
    }

    internal LevelImage Resize(LevelImage image)
    {
        var result = new LevelImage(toWidth, toHeight);
        Resize(image, result);
        return result;
    }

    internal void Resize(LevelImage image, LevelImage result)
    {
        if (fromWidth == toWidth && fromHeight == toHeight)
        {
            image.Samples.AsSpan().CopyTo(result.Samples);
            return;
        }
        LevelImage rowsDone = narrow ??= new LevelImage(toWidth, fromHeight);
        Bands.Run(fromHeight, parallel, (from, to) =>
        {
            for (int y = from; y < to; y++)
                AlongRow(image.Row(y), rowsDone.Row(y));
        });
        Bands.Run(toHeight, parallel, (from, to) =>
        {
            var sums = new int[4 * toWidth];
            for (int y = from; y < to; y++)
                DownColumns(rowsDone, y, sums, result.Row(y));
        });
    }

    private void AlongRow(ReadOnlySpan<short> row, Span<short> output)
    {
        int taps = columns.Taps;
        for (int x = 0; x < toWidth; x++)
        {
            ReadOnlySpan<int> weights = columns.Weights.AsSpan(x * taps, taps);
            ReadOnlySpan<short> samples = row.Slice(4 * columns.Firsts[x], 4 * taps);
            Vector128<int> sum = Vector128.Create(CubicTaps.One / 2);
            for (int tap = 0; tap < weights.Length; tap++)
            {
                int i = 4 * tap;
                sum += Vector128.Create(samples[i], samples[i + 1], samples[i + 2], samples[i + 3]) * weights[tap];
            }
            sum >>= CubicTaps.Shift;
            for (int c = 0; c < 4; c++)
                output[4 * x + c] = Saturate(sum[c]);
        }
    }

    private void DownColumns(LevelImage narrow, int y, int[] sums, Span<short> output)
    {
        Array.Fill(sums, CubicTaps.One / 2);
        for (int tap = 0; tap < rows.Taps; tap++)
        {
            int weight = rows.Weights[y * rows.Taps + tap];
            if (weight == 0)
                continue;
            ReadOnlySpan<short> row = narrow.Row(rows.Firsts[y] + tap);
            for (int i = 0; i < row.Length; i++)
                sums[i] += row[i] * weight;
        }
        for (int i = 0; i < sums.Length; i++)
            output[i] = Saturate(sums[i] >> CubicTaps.Shift);
    }

    private static short Saturate(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);
}
