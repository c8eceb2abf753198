using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>Judges a frame as a designer who looks for artwork would; the same frame gets the same score on every machine.</summary>
public static class FrameScorer
{
    private static readonly (QualityAspect Aspect, double Weight)[] Weights =
    [
        (QualityAspect.Sharpness, 0.24), (QualityAspect.MotionBlur, 0.08), (QualityAspect.Exposure, 0.14), (QualityAspect.Contrast, 0.10),
        (QualityAspect.Colourfulness, 0.08), (QualityAspect.Composition, 0.24), (QualityAspect.TitleSpace, 0.08), (QualityAspect.Noise, 0.04),
    ];

    /// <summary>The score of a frame.</summary>
    /// <param name="frame">RGB, about 480 pixels wide; scores of different widths do not compare.</param>
    /// <param name="subjects">Rectangles known to matter, such as faces that a detector found, in pixels of the frame.</param>
    /// <exception cref="ArgumentException">The frame has fewer than three channels.</exception>
    public static FrameScore Score(PixelView<byte> frame, IReadOnlyList<PixelRect>? subjects = null)
    {
        var analysis = FrameAnalysis.Create(frame);
        SaliencyMap saliency = SaliencyMap.Create(analysis, subjects ?? []);
        var tones = ToneMeasure.Of(analysis.Luma);
        var focus = FocusMeasure.Of(analysis, saliency);
        var composition = CompositionMeasure.Of(saliency);
        (double Value, string Reason)[] judged =
        [
            focus.Sharpness(), focus.MotionBlur(), tones.Exposure(), tones.Contrast(), Colourfulness(analysis.Colourfulness),
            composition.Judge(), TitleSpace(saliency), focus.Noise(),
        ];
        var terms = new QualityTerm[judged.Length];
        for (int i = 0; i < terms.Length; i++)
            terms[i] = new QualityTerm(Weights[i].Aspect, judged[i].Value, Weights[i].Weight, judged[i].Reason);
        string? refusal = tones.Refusal();
        // A frame out of focus is not saved by its colours.
        double gate = refusal is not null ? 0 : Math.Min(1, 0.4 + 1.5 * judged[0].Value);
        return new FrameScore(terms, gate, refusal, saliency, FrameDescriptor.Create(analysis));
    }

    private static (double Value, string Reason) Colourfulness(double measure)
    {
        double value = Math.Min(1, measure / 55);
        return (value, measure < 8 ? "nearly without colour" : measure < 22 ? "muted colours" : measure < 45 ? "natural colours" : "vivid colours");
    }

    private static (double Value, string Reason) TitleSpace(SaliencyMap saliency)
    {
        TitleSpace space = Quality.TitleSpace.Find(saliency, new PixelRect(0, 0, saliency.Width, saliency.Height), TitleShape.For(saliency.FrameWidth, saliency.FrameHeight));
        return (space.Calm, space.Calm > 0.6 ? $"title area: {space.Where} is calm" : space.Calm > 0.35 ? $"title area: {space.Where} is fairly calm" : "no calm area for a title");
    }
}
