using System.Globalization;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Probing;

/// <summary>How the packets of a video stream are spaced in time.</summary>
/// <param name="Stamps">Presentation times in ascending order, of the first packets.</param>
/// <param name="Count">Packets seen.</param>
/// <param name="Complete">Whether these were all packets of the stream.</param>
/// <param name="Ticks">From the first packet's start to the last one's end.</param>
internal sealed record PacketSpacing(long[] Stamps, long Count, bool Complete, long Ticks)
{
    public static PacketSpacing Parse(string csv, int most)
    {
        var stamps = new List<long>();
        long count = 0, lastDuration = 0;
        Span<Range> parts = stackalloc Range[4];
        foreach (var line in csv.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty) continue;
            count++;
            var fields = line.Split(parts, ',');
            var stamp = fields > 0 && Number(line[parts[0]], out var pts) ? pts : fields > 1 && Number(line[parts[1]], out var dts) ? dts : (long?)null;
            if (stamp is null) continue;
            if (fields > 2 && Number(line[parts[2]], out var duration)) lastDuration = duration;
            stamps.Add(stamp.Value);
        }

        var sorted = stamps.Order().ToArray();
        var ticks = sorted.Length == 0 ? 0 : sorted[^1] - sorted[0] + lastDuration;
        return new PacketSpacing(sorted, count, count < most, ticks);
    }

    /// <summary>
    /// Constant means: every frame lies within rounding of an even grid. A time base of 1/1000 rounds 24 frames a second to 41 and 42.
    /// </summary>
    public bool IsVariable(Rational timeBase)
    {
        if (Stamps.Length < 3) return false;
        var step = (double)(Stamps[^1] - Stamps[0]) / (Stamps.Length - 1);
        // Writers round, and some round twice: two ticks of a coarse base, or a hundredth of the distance in a fine one.
        var slack = Math.Max(timeBase.Denominator <= 2000 ? 2 : 1, step / 100);
        for (var i = 0; i < Stamps.Length; i++)
            if (Math.Abs(Stamps[i] - Stamps[0] - (i * step)) > slack) return true;
        return false;
    }

    private static bool Number(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);
}
