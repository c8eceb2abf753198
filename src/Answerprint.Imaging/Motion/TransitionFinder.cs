namespace Answerprint.Imaging.Motion;

/// <summary>
/// Finds dissolves and fades: spans whose frames are mixtures of the span's two ends, in order, where the ends are different pictures.
/// </summary>
internal sealed class TransitionFinder(FrameWindow window, int longest)
{
    /// <summary>Frames without a better span after which one is final.</summary>
    internal const int Patience = 12;

    private const int Shortest = 6;
    private const int FlatDeviation = 24;
    private const int LeastDeviation = 80;
    private const int LeastScore = 760;
    private const int MostResidual = 45;
    private const long LeastEnergyPerCell = 100;

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
            if (best is null || Quality(span) > Quality(best.Value))
                best = span;
        }
        return final;
    }

    /// <summary>The span that was being watched, its ends moved in to where the picture begins and stops to change.</summary>
    internal Span? Close()
    {
        Span? span = best is { } open ? Trim(open) : null;
        best = null;
        return span;
    }

    private static double Quality(Span span) => span.Energy * (1.0 - span.Residual / (2.0 * MostResidual));

    private Span? Fit(int start, int end)
    {
        FrameSignature from = window[start], to = window[end];
        long energy = BlendFit.Energy(from, to);
        if (energy < LeastEnergyPerCell * FrameSignature.Cells)
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
        if (worst > MostResidual || !IsGradual(start, end, from, to, energy))
            return null;
        if (!fadesOut && !fadesIn && CutFinder.Score(FrameDistance.Between(from, to)) < LeastScore)
            return null;
        return new Span(start, end, energy, worst, fadesOut ? BoundaryKind.FadeOut : fadesIn ? BoundaryKind.FadeIn : BoundaryKind.Dissolve);
    }

    /// <summary>Whether the mixture moves forward in small steps, over at least four frames.</summary>
    private bool IsGradual(int start, int end, FrameSignature from, FrameSignature to, long energy)
    {
        int last = 0, between = 0;
        for (int i = start + 1; i <= end; i++)
        {
            int position = i == end ? BlendFit.Whole : BlendFit.Of(window[i], from, to, energy).Position;
            if (position < last - 60 || position - last > 400)
                return false;
            if (position is > 50 and < 950)
                between++;
            last = Math.Max(last, position);
        }
        return between >= 4;
    }

    private Span Trim(Span span)
    {
        FrameSignature from = window[span.Start], to = window[span.End];
        int start = span.Start, end = span.End;
        while (start < span.End - 1 && BlendFit.Of(window[start + 1], from, to, span.Energy).Position < 30)
            start++;
        while (end > start + 1 && BlendFit.Of(window[end - 1], from, to, span.Energy).Position > 970)
            end--;
        return span with { Start = start + 1, End = end };
    }
}
