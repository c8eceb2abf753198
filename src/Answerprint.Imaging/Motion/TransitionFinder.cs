namespace Answerprint.Imaging.Motion;

/// <summary>
/// Finds dissolves and fades: spans whose frames are mixtures of the span's two ends, in order, where the ends are different pictures.
/// </summary>
internal sealed class TransitionFinder(FrameWindow window, int longest)
{
    /// <summary>Frames without a better span after which one is final.</summary>
    internal const int Patience = 12;

    private const int Shortest = 6;
    private const int LeastLength = 6;
    private const int FlatDeviation = 24;
    private const int LeastDeviation = 80;

    // A dissolve joins unlike pictures, and where both show at once neither keeps its contrast; movement and light do neither.
    private const int LeastStructure = 760;
    private const int MostContrastPercent = 92;
    private const int MostResidual = 170;
    private const int LeastLimit = 60;
    private const int MostBend = 80;
    private const long LeastEnergyPerCell = 250;

    private Span? best;
    private int lastSeen;

    internal readonly record struct Span(int Start, int End, long Energy, int Residual, BoundaryKind Kind);

    /// <summary>First frame of the span that is still being watched, if there is one.</summary>
    internal int? OpenStart => best?.Start;

    /// <summary>Looks at spans that end at a frame and do not reach back over <paramref name="barrier"/>; returns a span once it is final.</summary>
    internal Span? Judge(int end, int barrier)
    {
        Span? final = null;
        if (best is { } open && (end - lastSeen > Patience || barrier > open.Start))
            final = Close();
        for (int length = Shortest; length <= longest; length += Math.Max(2, length / 4))
        {
            int start = end - length;
            if (start < Math.Max(window.First, barrier))
                break;
            if (Fit(start, end) is not { } span)
                continue;
            lastSeen = end;
            // A fade in follows its fade out; the first is not a worse form of the second.
            if (best is { } earlier && span.Start >= earlier.End - 1)
                final = Close();
            if (best is null || Quality(span) > Quality(best.Value))
                best = span;
        }
        return final;
    }

    /// <summary>The span that was being watched.</summary>
    internal Span? Close()
    {
        Span? span = best;
        best = null;
        return span;
    }

    /// <summary>The longer a span, the more likely that something else explains it.</summary>
    private static int Limit(int length) => Math.Max(LeastLimit, MostResidual - 2 * Math.Max(0, length - 16));

    private static double Quality(Span span) => span.Energy * (1.0 - span.Residual / (2.0 * (MostResidual + MostBend)));

    private Span? Fit(int start, int end)
    {
        FrameSignature from = window[start], to = window[end];
        long energy = BlendFit.Energy(from, to);
        if (energy < LeastEnergyPerCell * FrameSignature.CoarseCells)
            return null;
        bool fadesOut = to.Deviation < FlatDeviation && from.Deviation > LeastDeviation;
        bool fadesIn = from.Deviation < FlatDeviation && to.Deviation > LeastDeviation;
        int worst = 0, last = -100;
        for (int quarter = 1; quarter <= 3; quarter++)
        {
            BlendFit fit = BlendFit.Of(window[start + (end - start) * quarter / 4], from, to, energy);
            if (fit.Position < last || fit.Position > 1100)
                return null;
            last = fit.Position;
            worst = Math.Max(worst, fit.Residual);
        }
        if (worst > Limit(end - start) || Line(start, end, from, to, energy) is not { } line)
            return null;
        if (!fadesOut && !fadesIn && (!LosesContrast(start, end) || FrameDistance.Between(from, to).Structure < LeastStructure))
            return null;
        BoundaryKind kind = fadesOut ? BoundaryKind.FadeOut : fadesIn ? BoundaryKind.FadeIn : BoundaryKind.Dissolve;
        return new Span(Math.Max(line.Start, start + 1), Math.Min(line.End, end), energy, worst + line.Bend, kind);
    }

    /// <summary>The steady rise from one picture to the other: editors dissolve so; light that dies away and cameras that come to rest do not.</summary>
    private Ramp? Line(int start, int end, FrameSignature from, FrameSignature to, long energy)
    {
        Span<int> positions = stackalloc int[end - start + 1];
        for (int i = start; i <= end; i++)
            positions[i - start] = i == start ? 0 : i == end ? BlendFit.Whole : BlendFit.Of(window[i], from, to, energy).Position;
        return Ramp.Through(positions, start) is { } line && line.Bend <= MostBend && line.Start >= start - 1 && line.End <= end + 2
            && line.End - line.Start >= LeastLength ? line : null;
    }

    private bool LosesContrast(int start, int end)
    {
        int least = int.MaxValue;
        for (int i = start + 1; i < end; i++)
            least = Math.Min(least, window[i].Deviation);
        return least * 200 < (window[start].Deviation + window[end].Deviation) * MostContrastPercent;
    }
}
