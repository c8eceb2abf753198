using Answerprint.Imaging.Motion;

namespace Answerprint.Imaging.Quality;

/// <summary>A frame that may become artwork.</summary>
/// <param name="Frame">Its index in the clip, or any number that orders stills.</param>
/// <param name="Score">Its score.</param>
public sealed record FrameCandidate(int Frame, FrameScore Score);

/// <summary>A frame that was chosen.</summary>
/// <param name="Candidate">The frame and its score.</param>
/// <param name="Shot">Number of its shot.</param>
/// <param name="Rank">0 for the first choice.</param>
/// <param name="Value">Score and variety together, by which it was chosen.</param>
/// <param name="Reasons">Why, a line for each aspect, in plain words.</param>
public sealed record FrameChoice(FrameCandidate Candidate, int Shot, int Rank, double Value, IReadOnlyList<string> Reasons);

/// <summary>How to choose.</summary>
public sealed class FrameChooserOptions
{
    /// <value>Frames wanted, 1 or more; default 6.</value>
    public int Count { get; init; } = 6;

    /// <value>Frames on both sides of a boundary that are never chosen, 0 or more; default 3.</value>
    public int CutMargin { get; init; } = 3;

    /// <value>0 takes the best frames however alike, 1 the most different however poor; default 0.35.</value>
    public double Variety { get; init; } = 0.35;
}

/// <summary>
/// Picks frames that are good and unlike each other, by maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998) over looks and
/// shots, never in or beside a boundary.
/// </summary>
public static class FrameChooser
{
    private const double SameShotPenalty = 0.15;
    private const double BlurPenalty = 0.35;

    /// <summary>The chosen frames, best first; fewer when there are not enough.</summary>
    /// <param name="candidates">Scored frames.</param>
    /// <param name="shots">Shots of the clip; empty for stills, which then each count as a shot.</param>
    /// <param name="options">How many and how varied.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IReadOnlyList<FrameChoice> Choose(
        IReadOnlyList<FrameCandidate> candidates, IReadOnlyList<Shot> shots, FrameChooserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(shots);
        options ??= new FrameChooserOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Count, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.CutMargin, nameof(options));
        if (!(options.Variety is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Variety, "Variety is 0 to 1.");
        List<Entry> left = Admit(candidates, shots, options.CutMargin);
        var chosen = new List<FrameChoice>();
        while (chosen.Count < options.Count && left.Count > 0)
        {
            (Entry best, double value) = Next(left, chosen, options.Variety);
            chosen.Add(new FrameChoice(best.Candidate, best.Shot, chosen.Count, value, Explain(best, candidates, shots)));
            left.Remove(best);
        }
        return chosen;
    }

    private sealed record Entry(FrameCandidate Candidate, int Shot)
    {
        /// <summary>0..1: the total stretched over the range that usable frames have, less what others of the shot are sharper.</summary>
        internal double Quality { get; init; }

        internal double Sharpness => Candidate.Score[QualityAspect.Sharpness].Value;
    }

    private static List<Entry> Admit(IReadOnlyList<FrameCandidate> candidates, IReadOnlyList<Shot> shots, int margin)
    {
        var admitted = new List<Entry>();
        for (int i = 0; i < candidates.Count; i++)
        {
            FrameCandidate candidate = candidates[i];
            if (candidate.Score.Refusal is not null)
                continue;
            if (shots.Count == 0)
                admitted.Add(new Entry(candidate, i));
            else if (ShotOf(shots, candidate.Frame, margin) is { } shot)
                admitted.Add(new Entry(candidate, shot.Index));
        }
        return [.. admitted.Select(entry => entry with { Quality = Stretch(entry, admitted) })];
    }

    /// <summary>Of one shot a designer takes the moment that is sharp, so sharpness counts against the shot's own best.</summary>
    private static double Stretch(Entry entry, List<Entry> all)
    {
        double best = all.Where(e => e.Shot == entry.Shot).Max(e => e.Sharpness);
        double lost = best <= 0 ? 0 : 1 - entry.Sharpness / best;
        return Math.Clamp((entry.Candidate.Score.Total - 0.45) / 0.4, 0, 1) - BlurPenalty * lost;
    }

    private static Shot? ShotOf(IReadOnlyList<Shot> shots, int frame, int margin)
    {
        foreach (Shot shot in shots)
        {
            // The clip's own first and last frame are no boundary, but encoders and editors make them poor.
            if (frame >= shot.StartFrame + margin && frame < shot.EndFrame - margin)
                return shot;
        }
        return null;
    }

    private static (Entry Best, double Value) Next(List<Entry> left, List<FrameChoice> chosen, double variety)
    {
        Entry best = left[0];
        double bestValue = double.MinValue;
        foreach (Entry entry in left)
        {
            double apart = 1;
            int sameShot = 0;
            foreach (FrameChoice other in chosen)
            {
                apart = Math.Min(apart, 2.5 * entry.Candidate.Score.Descriptor.DistanceTo(other.Candidate.Score.Descriptor));
                sameShot += other.Shot == entry.Shot ? 1 : 0;
            }
            double value = (1 - variety) * entry.Quality + variety * apart - SameShotPenalty * sameShot;
            if (value > bestValue)
                (best, bestValue) = (entry, value);
        }
        return (best, bestValue);
    }

    private static string[] Explain(Entry entry, IReadOnlyList<FrameCandidate> candidates, IReadOnlyList<Shot> shots)
    {
        FrameScore score = entry.Candidate.Score;
        Shot? shot = shots.FirstOrDefault(s => s.Index == entry.Shot);
        return [.. score.Terms.Select(term => term.Aspect == QualityAspect.Sharpness && shot is not null ? Rank(term, shot, candidates) : term.Reason)];
    }

    private static string Rank(QualityTerm term, Shot shot, IReadOnlyList<FrameCandidate> candidates)
    {
        int better = 0, all = 0;
        foreach (FrameCandidate candidate in candidates)
        {
            if (candidate.Frame < shot.StartFrame || candidate.Frame >= shot.EndFrame)
                continue;
            all++;
            better += candidate.Score[QualityAspect.Sharpness].Value > term.Value ? 1 : 0;
        }
        return all < 4 ? term.Reason : $"{term.Reason}: top {Math.Max(1, (better + 1) * 100 / all)} % of this shot";
    }
}
