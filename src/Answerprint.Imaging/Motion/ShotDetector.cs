using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Motion;

/// <summary>
/// Finds cuts, dissolves and fades in a stream of small frames, in one pass and constant memory. Works on integers only, so the same
/// frames give the same boundaries on every machine. Boundaries come in order, some frames late.
/// </summary>
public sealed class ShotDetector
{
    private readonly FrameWindow window;
    private readonly CutFinder cuts;
    private readonly TransitionFinder transitions;
    private readonly List<ShotBoundary> found = [];
    private int cutsJudged;
    private int spansJudged;
    private int barrier;

    /// <summary>A detector at the start of a clip.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public ShotDetector(ShotDetectorOptions? options = null)
    {
        options ??= new ShotDetectorOptions();
        options.Validate();
        window = new FrameWindow(options.LongestTransition + TransitionFinder.Patience + 2 * CutFinder.LookAhead + 24);
        cuts = new CutFinder(window, options.CutThreshold);
        transitions = new TransitionFinder(window, options.LongestTransition);
    }

    /// <summary>Frames seen so far.</summary>
    public int FrameCount => window.Count;

    /// <summary>Takes the next frame and returns the boundaries that have become certain, in order.</summary>
    /// <param name="frame">Luma or RGB of any size; about 96 x 54, averaged down, is enough.</param>
    /// <param name="pts">Presentation time in any unit; it is handed back and not interpreted.</param>
    public IReadOnlyList<ShotBoundary> Push(PixelView<byte> frame, long pts)
    {
        window.Add(FrameSignature.Create(frame, window.Count, pts));
        JudgeCuts(window.Count - CutFinder.LookAhead);
        JudgeSpans(cutsJudged);
        int certain = Math.Min(window.Count - CutFinder.LookAhead - TransitionFinder.Patience, transitions.OpenStart ?? int.MaxValue);
        return Take(b => b.StartFrame < certain);
    }

    /// <summary>Ends the clip and returns the boundaries that were not yet certain, in order.</summary>
    public IReadOnlyList<ShotBoundary> Finish()
    {
        JudgeCuts(window.Count);
        JudgeSpans(window.Count);
        Report(transitions.Close());
        return Take(_ => true);
    }

    private void JudgeCuts(int end)
    {
        for (; cutsJudged < end; cutsJudged++)
        {
            if (cutsJudged > 0 && cuts.Judge(cutsJudged) is { } confidence)
            {
                FrameSignature frame = window[cutsJudged];
                // Spans before a cut are judged before it becomes a barrier, so that a dissolve just ahead of it is not lost.
                JudgeSpans(cutsJudged);
                Report(transitions.Close());
                found.Add(new ShotBoundary(BoundaryKind.Cut, cutsJudged, cutsJudged, frame.Pts, frame.Pts, confidence));
                barrier = cutsJudged;
            }
        }
    }

    private void JudgeSpans(int end)
    {
        for (; spansJudged < end; spansJudged++)
            Report(transitions.Judge(spansJudged, barrier));
    }

    private void Report(TransitionFinder.Span? final)
    {
        if (final is not { } span)
            return;
        double confidence = Math.Clamp(1 - span.Residual / 250.0, 0, 1);
        found.Add(new ShotBoundary(span.Kind, span.Start, span.End, window[span.Start].Pts, window[span.End].Pts, confidence));
        barrier = Math.Max(barrier, span.End - 1);
    }

    private ShotBoundary[] Take(Func<ShotBoundary, bool> certain)
    {
        ShotBoundary[] taken = [.. found.Where(certain).OrderBy(b => b.StartFrame)];
        found.RemoveAll(b => certain(b));
        return taken;
    }
}
