namespace Answerprint.Imaging.Motion;

/// <summary>The straight line through the positions of a blend, by least squares over the frames that clearly show both pictures.</summary>
/// <param name="Start">First frame that shows the later picture.</param>
/// <param name="End">First frame that shows nothing but the later picture.</param>
/// <param name="Bend">Largest distance of a position from the line, in 1/1000.</param>
internal readonly record struct Ramp(int Start, int End, int Bend)
{
    private const int Low = 120;
    private const int High = 880;
    private const int LeastFrames = 3;

    /// <summary>The line, or null when too few frames show both pictures or the line does not rise.</summary>
    internal static Ramp? Through(ReadOnlySpan<int> positions, int first)
    {
        long n = 0, x = 0, y = 0, xx = 0, xy = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            if (positions[i] is < Low or > High)
                continue;
            n++;
            x += i;
            y += positions[i];
            xx += (long)i * i;
            xy += (long)i * positions[i];
        }
        // slope = rise / run, both exact.
        long run = n * xx - x * x, rise = n * xy - x * y;
        if (n < LeastFrames || run <= 0 || rise <= 0)
            return null;
        int bend = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            long expected = (y * run + rise * (n * i - x)) / (n * run);
            bend = Math.Max(bend, (int)Math.Min(BlendFit.Whole, Math.Abs(positions[i] - Math.Clamp(expected, 0, BlendFit.Whole))));
        }
        // Where the line meets 0 and 1000: i = (x + (target * n - y) * run / rise) / n.
        int zero = (int)Math.Clamp((x * rise - y * run) / (n * rise), -10_000, 10_000);
        int whole = (int)Math.Clamp((x * rise + (BlendFit.Whole * n - y) * run) / (n * rise), -10_000, 10_000);
        return new Ramp(first + zero + 1, first + Math.Max(whole, zero + 1), bend);
    }
}
