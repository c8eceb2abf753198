namespace Answerprint.Imaging.Motion;

/// <summary>
/// Decides whether a frame begins a new shot: it differs from the frame before in structure and colour by more than the action around it
/// explains, and no frame shortly before it looks like one shortly after, as around a flash.
/// </summary>
internal sealed class CutFinder(FrameWindow window, int threshold)
{
    /// <summary>Frames after a frame that its decision looks at.</summary>
    internal const int LookAhead = 4;

    // A flash of up to three frames has a frame of the shot before it and one after it within this reach.
    private const int Before = 4;
    private const int After = 3;
    private const int LeastStructure = 760;

    // Drawn pictures have large flat areas that match anywhere; there, all colours changing at once says as much.
    private const int LeastStructureInOtherColours = 600;
    private const int OtherColours = 850;
    private const int LeastAcross = 740;
    private const int ActivityPercent = 35;

    /// <summary>Evidence above the threshold in 1/1000, or null when the frame does not begin a shot.</summary>
    internal double? Judge(int index)
    {
        FrameDistance step = window.Step(index);
        int score = Score(step), needed = threshold + Activity(index) * ActivityPercent / 100;
        if (step.Structure < (step.Colour < OtherColours ? LeastStructure : LeastStructureInOtherColours) || score < needed || !IsPeak(index, score) || LooksBack(index))
            return null;
        return Math.Min(1, 0.5 + (score - needed) / 600.0);
    }

    internal static int Score(FrameDistance distance) => distance.Structure + distance.Colour / 2;

    /// <summary>Median score of the frames around, without this one.</summary>
    private int Activity(int index)
    {
        Span<int> scores = stackalloc int[2 * LookAhead];
        int count = 0;
        for (int i = Math.Max(window.First + 1, index - LookAhead); i <= Math.Min(window.Count - 1, index + LookAhead); i++)
        {
            if (i != index)
                scores[count++] = Score(window.Step(i));
        }
        if (count == 0)
            return 0;
        scores[..count].Sort();
        return scores[count / 2];
    }

    private bool IsPeak(int index, int score)
    {
        for (int i = Math.Max(window.First + 1, index - 2); i <= Math.Min(window.Count - 1, index + 2); i++)
        {
            int other = Score(window.Step(i));
            if (i < index ? other >= score : i > index && other > score)
                return false;
        }
        return true;
    }

    private bool LooksBack(int index)
    {
        for (int before = index - 1; before >= Math.Max(window.First, index - Before); before--)
        {
            for (int after = index; after <= Math.Min(window.Count - 1, index + After); after++)
            {
                if (Score(FrameDistance.Between(window[before], window[after])) < LeastAcross)
                    return true;
            }
        }
        return false;
    }
}
