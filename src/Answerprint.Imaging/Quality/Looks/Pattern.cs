namespace Answerprint.Imaging.Quality.Looks;

/// <summary>What is looked for in windows: the local contrast of count x count means, less its own mean.</summary>
internal sealed class Pattern
{
    // Below this a picture is as good as plain, and correlation would compare its grain.
    private const double LeastVariance = 16.0 * 16 * 9;

    private readonly int count;
    private readonly int[] values;
    private readonly double variance;

    private Pattern(int count, int[] values)
    {
        (this.count, this.values) = (count, values);
        variance = Centre(values);
    }

    internal static Pattern Of(WindowSums sums, int count)
    {
        var means = new int[count * count];
        sums.Sample(Window.All, count, means);
        return new Pattern(count, means);
    }

    /// <summary>-1 to 1; 0 where either is plain.</summary>
    internal double Correlation(WindowSums whole, Window window)
    {
        Span<int> other = stackalloc int[values.Length];
        whole.Sample(window, count, other);
        double otherVariance = Centre(other);
        if (variance < LeastVariance || otherVariance < LeastVariance)
            return 0;
        long product = 0;
        for (int i = 0; i < other.Length; i++)
            product += (long)values[i] * other[i];
        return product / (double)other.Length / Math.Sqrt(variance * otherVariance);
    }

    /// <summary>-1 to 1: the same of the differences from cell to cell, which agree only where the detail does; 0 where either is plain.</summary>
    internal double DetailCorrelation(WindowSums whole, Window window)
    {
        Span<int> other = stackalloc int[values.Length];
        whole.Sample(window, count, other);
        long product = 0, own = 0, others = 0;
        for (int y = 0; y < count; y++)
        {
            for (int x = 0; x < count; x++)
            {
                int at = y * count + x;
                if (x + 1 < count)
                    Add(values[at + 1] - values[at], other[at + 1] - other[at], ref product, ref own, ref others);
                if (y + 1 < count)
                    Add(values[at + count] - values[at], other[at + count] - other[at], ref product, ref own, ref others);
            }
        }
        return own == 0 || others == 0 ? 0 : product / Math.Sqrt((double)own * others);
    }

    private static void Add(int mine, int theirs, ref long product, ref long own, ref long others)
    {
        product += (long)mine * theirs;
        own += (long)mine * mine;
        others += (long)theirs * theirs;
    }

    /// <summary>Takes the mean away; returns the variance.</summary>
    private static double Centre(Span<int> values)
    {
        long sum = 0, squares = 0;
        foreach (int value in values)
            sum += value;
        int mean = (int)(sum / values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] -= mean;
            squares += (long)values[i] * values[i];
        }
        return squares / (double)values.Length;
    }
}
