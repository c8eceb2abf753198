namespace Answerprint.Imaging.Quality;

/// <summary>Brightness statistics of a frame.</summary>
internal sealed class ToneMeasure
{
    private const int BlackCode = 12;
    private const int WhiteCode = 246;

    private readonly double black;
    private readonly double white;
    private readonly double mean;
    private readonly int low;
    private readonly int high;

    private ToneMeasure(ReadOnlySpan<int> histogram, long count)
    {
        long dark = 0, bright = 0, sum = 0;
        for (int code = 0; code < 256; code++)
        {
            dark += code <= BlackCode ? histogram[code] : 0;
            bright += code >= WhiteCode ? histogram[code] : 0;
            sum += (long)code * histogram[code];
        }
        (black, white, mean) = (dark / (double)count, bright / (double)count, sum / (double)count);
        (low, high) = (Percentile(histogram, count, 5), Percentile(histogram, count, 95));
    }

    internal static ToneMeasure Of(ReadOnlySpan<byte> luma)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        foreach (byte code in luma)
            histogram[code]++;
        return new ToneMeasure(histogram, luma.Length);
    }

    internal (double Value, string Reason) Exposure()
    {
        double level = mean < 70 ? mean / 70 : mean > 165 ? Math.Max(0, 1 - (mean - 165) / 80) : 1;
        double lost = Math.Min(1, 1.2 * Math.Max(0, black - 0.10) + 3 * Math.Max(0, white - 0.02));
        double value = level * (1 - lost);
        string reason = white > 0.12 ? $"burnt out: {Percent(white)} of the frame is white"
            : black > 0.45 ? $"dark: {Percent(black)} of the frame is black"
            : mean < 45 ? "underexposed" : mean > 190 ? "overexposed" : "well exposed";
        return (value, reason);
    }

    internal (double Value, string Reason) Contrast()
    {
        int spread = high - low;
        double value = Math.Min(1, spread / 170.0);
        return (value, spread < 60 ? "flat light" : spread < 120 ? "soft contrast" : "strong contrast");
    }

    /// <summary>What makes the frame useless whatever else is good.</summary>
    internal string? Refusal() =>
        black > 0.97 || mean < 8 ? "black frame"
        : white > 0.9 ? "white frame"
        : high - low < 10 ? "empty frame: one flat tone"
        : null;

    private static string Percent(double share) => $"{(int)(share * 100 + 0.5)} %";

    private static int Percentile(ReadOnlySpan<int> histogram, long count, int percent)
    {
        long below = 0;
        for (int code = 0; code < 256; code++)
        {
            below += histogram[code];
            if (below * 100 >= count * percent)
                return code;
        }
        return 255;
    }
}
