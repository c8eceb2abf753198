namespace Answerprint.Imaging.Quality;

/// <summary>What is judged about a frame. The numbers are stored: they only grow.</summary>
public enum QualityAspect
{
    /// <summary>How crisp the parts in focus are.</summary>
    Sharpness = 1,

    /// <summary>Whether edges are smeared along one direction.</summary>
    MotionBlur = 2,

    /// <summary>Whether brightness is neither lost in black nor burnt out.</summary>
    Exposure = 3,

    /// <summary>How far dark and bright parts are apart.</summary>
    Contrast = 4,

    /// <summary>How vivid colours are.</summary>
    Colourfulness = 5,

    /// <summary>Whether there is one subject, large enough, whole and well placed.</summary>
    Composition = 6,

    /// <summary>Whether a calm area is left for a title.</summary>
    TitleSpace = 7,

    /// <summary>How clean flat areas are.</summary>
    Noise = 8,
}

/// <summary>One judgement of a frame.</summary>
/// <param name="Aspect">What is judged.</param>
/// <param name="Value">0 worst to 1 best.</param>
/// <param name="Weight">Its part in the total; the weights of a frame add to 1.</param>
/// <param name="Reason">Why, in plain words.</param>
public sealed record QualityTerm(QualityAspect Aspect, double Value, double Weight, string Reason);

/// <summary>How well a frame would serve as artwork.</summary>
public sealed class FrameScore
{
    internal FrameScore(IReadOnlyList<QualityTerm> terms, double gate, string? refusal, SaliencyMap saliency, FrameDescriptor descriptor)
    {
        (Terms, Refusal, Saliency, Descriptor) = (terms, refusal, saliency, descriptor);
        Total = gate * terms.Sum(t => t.Value * t.Weight);
    }

    /// <summary>All judgements, one for each aspect.</summary>
    public IReadOnlyList<QualityTerm> Terms { get; }

    /// <summary>0..1: the weighted mean of the terms, lowered when one fault spoils the frame.</summary>
    public double Total { get; }

    /// <summary>Why no designer would take the frame (black, flat, burnt out), or null.</summary>
    public string? Refusal { get; }

    /// <summary>Where people look.</summary>
    public SaliencyMap Saliency { get; }

    /// <summary>What the frame looks like, for comparing.</summary>
    public FrameDescriptor Descriptor { get; }

    /// <summary>The judgement of one aspect.</summary>
    public QualityTerm this[QualityAspect aspect] => Terms.First(t => t.Aspect == aspect);

    /// <summary>The total in one line: what helps most and what hurts most.</summary>
    public string Explain()
    {
        if (Refusal is not null)
            return Refusal;
        QualityTerm best = Terms.MaxBy(t => t.Value * t.Weight)!, worst = Terms.MaxBy(t => (1 - t.Value) * t.Weight)!;
        return $"{(int)(Total * 100 + 0.5)} of 100; for it: {best.Reason}; against it: {worst.Reason}";
    }
}
