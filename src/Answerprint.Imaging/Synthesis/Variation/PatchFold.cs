using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>
/// The closed-form denoiser (Qiu, Kutulakos, Lindell, CVPR 2026): every patch becomes the mean of its neighbours, each weighted by
/// exp(-distance / 2 sigma^2), and patches are laid over each other under a Gaussian window.
/// </summary>
internal sealed unsafe class PatchFold
{
    /// <summary>Parts that the neighbours of one patch share.</summary>
    private const int Parts = 256;

    private readonly FoldWindow columns, rows;
    private readonly int width, height, patch;
    private readonly ParallelOptions parallel;

    internal PatchFold(int width, int height, int patch, int spreadPercent, ParallelOptions parallel)
    {
        (this.width, this.height, this.patch, this.parallel) = (width, height, patch, parallel);
        columns = new FoldWindow(width, patch, spreadPercent);
        rows = new FoldWindow(height, patch, spreadPercent);
    }

    /// <summary>The picture without its noise, in fine units.</summary>
    internal void Denoise(SourceAtlas atlas, NeighbourLists lists, NoiseLevel noise, LevelImage clean) =>
        Bands.Run(height, parallel, (from, to) => DenoiseBand(atlas, lists, noise, clean, from, to));

    private void DenoiseBand(SourceAtlas atlas, NeighbourLists lists, NoiseLevel noise, LevelImage clean, int from, int to)
    {
        int stride = 4 * width + 64;
        var sums = new int[(to - from) * stride];
        Span<int> parts = stackalloc int[lists.Count];
        Span<int> weights = stackalloc int[4 * PatchDistance.MaxPatch + 8];
        fixed (int* sum = sums)
        fixed (short* source = atlas.Image.Samples)
        {
            for (int py = Math.Max(0, from - patch + 1); py < Math.Min(to, lists.Height); py++)
            {
                int top = Math.Max(from, py + rows.Firsts[py]), bottom = Math.Min(to, py + rows.Firsts[py] + rows.Counts[py]);
                if (top >= bottom)
                    continue;
                for (int px = 0; px < lists.Width; px++)
                {
                    int first = (py * lists.Width + px) * lists.Count, left = columns.Firsts[px], count = columns.Counts[px];
                    int used = noise.Share(lists.Distances.AsSpan(first, lists.Count), parts, Parts);
                    weights.Clear();
                    for (int i = 0; i < count; i++)
                        weights.Slice(4 * i, 4).Fill(columns.Weights[px * patch + left + i]);
                    for (int y = top; y < bottom; y++)
                    {
                        int offset = (y - py) * atlas.Stride + left;
                        int down = rows.Weights[py * patch + y - py];
                        int* target = sum + (y - from) * stride + 4 * (px + left);
                        for (int i = 0; i < 4 * count; i += 8)
                        {
                            Vector256<int> value = Vector256<int>.Zero;
                            for (int n = 0; n < used; n++)
                                value += Load8(source + 4L * (lists.Positions[first + n] + offset) + i) * parts[n];
                            Vector256<int> weight = Vector256.Create<int>(weights.Slice(i, 8)) * down;
                            (Vector256.Load(target + i) + value * weight).Store(target + i);
                        }
                    }
                }
            }
        }
        for (int y = from; y < to; y++)
        {
            Span<short> row = clean.Row(y);
            ReadOnlySpan<int> line = sums.AsSpan((y - from) * stride, row.Length);
            for (int x = 0; x < width; x++)
            {
                long total = (long)columns.Sums[x] * rows.Sums[y] * Parts;
                for (int c = 4 * x; c < 4 * x + 4; c++)
                    row[c] = (short)FloorDivide(2L * LevelImage.Fine * line[c] + total, 2 * total);
            }
        }
    }

    private static Vector256<int> Load8(short* at) => Vector256.WidenLower(Vector128.Load(at).ToVector256Unsafe());

    private static long FloorDivide(long value, long divisor) => value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor);
}
