using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>An offset at which much of the known picture repeats itself.</summary>
/// <param name="Offset">In pixels of the level.</param>
/// <param name="Votes">How many patches found their like there.</param>
/// <param name="Voters">Some of those patches, by their top left pixel.</param>
internal sealed record DominantOffset(Offset Offset, int Votes, IReadOnlyList<(int X, int Y)> Voters);

/// <summary>
/// The offsets at which a picture is like itself, most frequent first: rows of windows, railings, horizons and textures stand out as
/// peaks (He and Sun, ECCV 2012).
/// </summary>
internal static class OffsetStatistics
{
    private const int MaxVoters = 400;
    private const int PeakRadius = 4;
    private static readonly int[] Smoothing = [1, 4, 6, 4, 1];

    internal static List<DominantOffset> Find(RepairLevel level, PixelRect area, int nearest, int count, CancellationToken cancellationToken)
    {
        var matches = PatchTree.FindMatches(level, area, nearest, cancellationToken);
        int width = 2 * level.Width - 1, height = 2 * level.Height - 1, originX = level.Width - 1, originY = level.Height - 1;
        var histogram = new int[width * height];
        foreach (var (_, _, offset) in matches)
        {
            // What is like something to its right is the like of it to the left.
            histogram[(offset.Y + originY) * width + offset.X + originX]++;
            histogram[(originY - offset.Y) * width + originX - offset.X]++;
        }
        int[] smooth = Smooth(Smooth(histogram, width, height, 1), width, height, width);
        List<(Offset Offset, int Votes)> peaks = [.. Peaks(smooth, width, height)
            .OrderByDescending(p => p.Votes).ThenBy(p => p.Y).ThenBy(p => p.X).Take(count)
            .Select(p => (new Offset(p.X - originX, p.Y - originY), p.Votes))];
        return Describe(peaks, matches);
    }

    private static List<DominantOffset> Describe(List<(Offset Offset, int Votes)> peaks, List<(int X, int Y, Offset Offset)> matches)
    {
        var byOffset = matches.GroupBy(m => m.Offset).ToDictionary(g => g.Key, g => g.Select(m => (m.X, m.Y)).ToList());
        return peaks.ConvertAll(peak =>
        {
            var voters = new List<(int X, int Y)>();
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    if (byOffset.TryGetValue(new Offset(peak.Offset.X + dx, peak.Offset.Y + dy), out var there))
                        voters.AddRange(there);
                    if (byOffset.TryGetValue(new Offset(-peak.Offset.X - dx, -peak.Offset.Y - dy), out var back))
                        voters.AddRange(back.Select(v => (v.X - peak.Offset.X - dx, v.Y - peak.Offset.Y - dy)));
                }
            }
            int step = Math.Max(1, voters.Count / MaxVoters);
            return new DominantOffset(peak.Offset, peak.Votes, [.. voters.Where((_, i) => i % step == 0)]);
        });
    }

    private static int[] Smooth(int[] values, int width, int height, int stride)
    {
        var smooth = new int[values.Length];
        int length = stride == 1 ? width : height, lines = stride == 1 ? height : width, step = stride == 1 ? width : 1;
        for (int line = 0; line < lines; line++)
        {
            for (int i = 0; i < length; i++)
            {
                int value = values[line * step + i * stride];
                for (int k = -2; value != 0 && k <= 2; k++)
                {
                    if ((uint)(i + k) < (uint)length)
                        smooth[line * step + (i + k) * stride] += value * Smoothing[k + 2];
                }
            }
        }
        return smooth;
    }

    private static IEnumerable<(int X, int Y, int Votes)> Peaks(int[] values, int width, int height)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int value = values[y * width + x];
                if (value > 0 && IsPeak(values, width, height, x, y, value))
                    yield return (x, y, value);
            }
        }
    }

    private static bool IsPeak(int[] values, int width, int height, int x, int y, int value)
    {
        for (int ny = Math.Max(0, y - PeakRadius); ny <= Math.Min(height - 1, y + PeakRadius); ny++)
        {
            for (int nx = Math.Max(0, x - PeakRadius); nx <= Math.Min(width - 1, x + PeakRadius); nx++)
            {
                int other = values[ny * width + nx];
                // Of equal neighbours the first in reading order is the peak.
                if (other > value || other == value && (ny < y || ny == y && nx < x))
                    return false;
            }
        }
        return true;
    }
}
