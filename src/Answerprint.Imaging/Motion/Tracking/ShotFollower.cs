namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>Follows one shot from its reference frame onwards, then backwards.</summary>
internal sealed class ShotFollower
{
    // A frame that stays below this spread of luma shows nothing.
    private const double Dark = 0.8;

    // So many frames in a row may show nothing useful, a flash or a thing that flies past, before the shot counts as lost.
    private const int MostMissed = 3;

    // When less than this share of the key frame's places is in view, or moves alike, the last good frame becomes the key.
    private const double NewKeyVisible = 0.5, NewKeyAgreeing = 0.45;

    private readonly int frames, reference, width, height;
    private readonly Func<int, LumaPlane> frame;
    private readonly CameraTrackOptions options;
    private readonly IProgress<double>? progress;
    private readonly CancellationToken cancellationToken;
    private readonly Found?[] found;
    private int done;

    internal ShotFollower(int frames, int reference, int width, int height, Func<int, LumaPlane> frame, CameraTrackOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        (this.frames, this.reference, this.width, this.height, this.frame, this.options, this.progress, this.cancellationToken) =
            (frames, reference, width, height, frame, options, progress, cancellationToken);
        found = new Found?[frames];
    }

    internal CameraTrackResult Follow()
    {
        LumaPlane first = frame(reference);
        var start = new Key(new KeyFrame(first, Weight, options.MaxDegreeOfParallelism), reference);
        if (IsDark(first) || start.Frame.Places < 24)
            return CameraTracker.Refused(new TrackRefusal(TrackFault.NothingToHold, reference, 0, $"Frame {reference + 1}, which the shot is to be followed from, shows too little to hold on to; choose another reference frame."));
        found[reference] = new Found(Homography.Identity, FrameEvidence.None, start);
        foreach (int step in (ReadOnlySpan<int>)[1, -1])
        {
            if (Walk(step, start) is { } refusal)
                return CameraTracker.Refused(refusal);
        }
        MotionModel model = options.Model ?? Choose();
        if (model == MotionModel.Similarity)
            Align(model);
        FrameMotion[] motions = Motions();
        return Parallax(motions) is { } unexplained ? CameraTracker.Refused(unexplained) : new CameraTrackResult(new CameraTrack(reference, model, motions), null);
    }

    private float Weight(int x, int y) => options.Weights.IsEmpty ? 1 : options.Weights.Span[Math.Clamp(y, 0, height - 1) * width + Math.Clamp(x, 0, width - 1)] / 255f;

    private TrackRefusal? Walk(int step, Key key)
    {
        (Homography last, Homography before) = (Homography.Identity, Homography.Identity);
        (int good, int missed) = (reference, 0);
        for (int at = reference + step; at >= 0 && at < frames; at += step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report((double)++done / frames);
            LumaPlane now = frame(at);
            if (IsDark(now))
                continue;
            Found? next = Try(now, key, last, at);
            // A fast pan goes on; a shake comes back.
            if ((next is null || next.Agreeing < NewKeyAgreeing) && last != before)
                next = Better(next, Try(now, key, last.After(before.Inverse()).After(last), at));
            if ((next is null || next.Visible < NewKeyVisible || next.Agreeing < NewKeyAgreeing) && key.Index != good)
            {
                var newer = new Key(KeyAt(good, last), good);
                Found? other = Try(now, newer, last, at);
                if (other is not null && (next is null || other.Agreeing > next.Agreeing + 0.05 || (next.Visible < NewKeyVisible && other.Agreeing > next.Agreeing - 0.1)))
                    (next, key) = (other, newer);
            }
            if (next is null)
            {
                if (++missed > MostMissed)
                    return Lost(good + step);
                continue;
            }
            (found[at], before, last, good, missed) = (next, last, next.Motion, at, 0);
        }
        return missed > 0 ? Lost(good + step) : null;
    }

    private static Found? Better(Found? one, Found? other) => other is null || (one is not null && one.Agreeing >= other.Agreeing) ? one : other;

    private Found? Try(LumaPlane now, Key key, Homography last, int at)
    {
        FrameEvidence evidence = key.Frame.Follow(now, last.After(MotionOf(key).Inverse()), options.Seed + (ulong)at, cancellationToken);
        if (evidence.Samples.Length < 24)
            return null;
        Homography local = key.Frame.Refine(now, evidence.Homography, MotionModel.Homography, evidence);
        double agreeing = evidence.Agreeing(local);
        return agreeing < options.LeastAgreeing ? null : new Found(local.After(MotionOf(key)), evidence, key) { Agreeing = agreeing, Visible = (double)evidence.Visible / key.Frame.Places };
    }

    private Homography MotionOf(Key key) => found[key.Index]!.Motion;

    private KeyFrame KeyAt(int index, Homography motion)
    {
        Homography back = motion.Inverse();
        return new KeyFrame(frame(index), (x, y) =>
        {
            (double fromX, double fromY) = back.Apply(x + 0.5, y + 0.5);
            return Weight((int)Math.Clamp(fromX, -1, width), (int)Math.Clamp(fromY, -1, height));
        }, options.MaxDegreeOfParallelism);
    }

    private TrackRefusal Lost(int at) => new(
        TrackFault.Lost, at, 0, $"The shot cannot be followed beyond frame {at + 1}: less than {options.LeastAgreeing:0%} of the view moves as one. It moved too far or too fast, was cut, or something came before it.");

    /// <summary>Eight numbers only where four leave clearly more unexplained, and enough of the view speaks.</summary>
    private MotionModel Choose()
    {
        int better = 0, all = 0;
        foreach (Found? each in found)
        {
            if (each is null || each.Evidence == FrameEvidence.None)
                continue;
            all++;
            FrameEvidence evidence = each.Evidence;
            bool wide = evidence.Support(width, height) >= 8;
            if (wide && (evidence.Median(evidence.Similarity) > 1.1 * evidence.Median(evidence.Homography) + 0.02 * evidence.Scale || evidence.Agreeing(evidence.Similarity) < 0.97 * evidence.Agreeing(evidence.Homography)))
                better++;
        }
        return 4 * better > all ? MotionModel.Homography : MotionModel.Similarity;
    }

    /// <summary>Aligns all frames anew with fewer numbers.</summary>
    private void Align(MotionModel model)
    {
        foreach (int step in (ReadOnlySpan<int>)[1, -1])
        {
            for (int at = reference + step; at >= 0 && at < frames; at += step)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (found[at] is not { } each)
                    continue;
                Homography local = each.Key.Frame.Refine(frame(at), each.Evidence.Of(model), model, each.Evidence);
                found[at] = each with { Motion = local.After(MotionOf(each.Key)), Agreeing = each.Evidence.Agreeing(local) };
            }
        }
    }

    private FrameMotion[] Motions()
    {
        var result = new FrameMotion[frames];
        for (int at = 0; at < frames; at++)
        {
            if (found[at] is { } each)
            {
                Homography local = each.Motion.After(MotionOf(each.Key).Inverse());
                result[at] = at == reference
                    ? new FrameMotion(Homography.Identity, 0, 0, 1, false)
                    : new FrameMotion(each.Motion, each.Evidence.Median(local), each.Evidence.Systematic(local, width, height), each.Agreeing, false);
                continue;
            }
            int before = Array.FindLastIndex(found, at, each => each is not null), after = Array.FindIndex(found, at, each => each is not null);
            Homography between = before < 0 ? found[after]!.Motion : after < 0 ? found[before]!.Motion
                : Homography.Between(found[before]!.Motion, found[after]!.Motion, (double)(at - before) / (after - before));
            result[at] = new FrameMotion(between, double.NaN, double.NaN, 0, true);
        }
        return result;
    }

    private TrackRefusal? Parallax(FrameMotion[] motions)
    {
        double limit = Math.Max(1, options.MostUnexplained * Math.Max(width, height));
        if (4 * motions.Count(motion => motion.Unexplained > limit) <= frames)
            return null;
        int worst = Enumerable.Range(0, frames).MaxBy(i => double.IsNaN(motions[i].Unexplained) ? 0 : motions[i].Unexplained);
        return new TrackRefusal(TrackFault.Parallax, worst, motions[worst].Unexplained,
            $"The view does not move as one plane: at frame {worst + 1} parts of it are {motions[worst].Unexplained:0.0} pixels from where it should be, {limit:0.0} are allowed. The camera moves past something deep, or the lens bends lines.");
    }

    private static bool IsDark(LumaPlane plane)
    {
        double sum = 0, squares = 0;
        int count = 0;
        LumaPlane soft = plane.Soften();
        for (int i = 0; i < soft.Values.Length; i += 3, count++)
        {
            sum += soft.Values[i];
            squares += soft.Values[i] * soft.Values[i];
        }
        double mean = sum / count;
        return squares / count - mean * mean < Dark * Dark;
    }

    private sealed record Key(KeyFrame Frame, int Index);

    private sealed record Found(Homography Motion, FrameEvidence Evidence, Key Key)
    {
        internal double Agreeing { get; init; } = 1;

        internal double Visible { get; init; } = 1;
    }
}
