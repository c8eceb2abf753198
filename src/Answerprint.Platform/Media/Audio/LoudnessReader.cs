using System.Globalization;
using System.Text;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Audio;

/// <summary>Reads the running values that FFmpeg's EBU R 128 filter attaches to each 100 ms; the last ones are those of the whole.</summary>
internal sealed class LoudnessReader
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private readonly List<float> momentary = [];
    private double integrated = double.NaN, range, peak;

    public void Read(Stream stream)
    {
        using var lines = new StreamReader(stream, Encoding.ASCII, false, 4096, leaveOpen: true);
        while (lines.ReadLine() is { } line)
        {
            if (Value(line, "lavfi.r128.M=") is { } m) momentary.Add((float)m);
            else if (Value(line, "lavfi.r128.I=") is { } i) integrated = i;
            else if (Value(line, "lavfi.r128.LRA=") is { } r) range = r;
            else if (line.StartsWith("lavfi.r128.true_peaks_ch", StringComparison.Ordinal)
                && line.IndexOf('=', StringComparison.Ordinal) is var cut && Value(line, line[..(cut + 1)]) is { } p) peak = Math.Max(peak, p);
        }
    }

    public LoudnessResult? Result(TimeSpan cpu) => momentary.Count == 0
        ? null
        : new LoudnessResult(integrated, range, peak > 0 ? 20 * Math.Log10(peak) : double.NegativeInfinity, momentary, Step, cpu);

    private static double? Value(string line, string key) =>
        line.StartsWith(key, StringComparison.Ordinal) && double.TryParse(line.AsSpan(key.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
