using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>
/// New pictures that look like one or a few references: diffusion with a closed-form denoiser over the patches of the references
/// (Qiu, Kutulakos, Lindell, CVPR 2026), coarse to fine, without learned weights. Integers decide every pixel: the same references,
/// options and seed give the same bytes on any machine and any number of threads.
/// </summary>
public static class VariationSynthesis
{
    /// <summary>Makes a picture.</summary>
    /// <param name="references">1 to 8 pictures, all in linear light or all encoded for display.</param>
    /// <param name="options">Size, seed, strength and what to lean to.</param>
    /// <param name="progress">Share done and pictures on the way; called from the calling thread.</param>
    /// <param name="cancellationToken">Stops within a second.</param>
    /// <exception cref="ArgumentException">References cannot be mixed, or are too many or too large.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VariationResult Create(
        IReadOnlyList<Picture> references, VariationOptions options, IProgress<VariationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ParallelOptions parallel = Check(references, options, cancellationToken);
        ReferenceSet set = ReferenceSet.Create(references, options.Width, options.Height, options.Width, parallel);
        var sampler = new VariationSampler(set, options, progress, parallel);
        return Finish(sampler.Create(), set, references, options, parallel);
    }

    /// <summary>Makes a draft larger: its arrangement stays, its detail comes from the references at the scale that the new size needs.</summary>
    /// <param name="draft">A result of <see cref="Create"/>, from a file or memory.</param>
    /// <param name="references">What the draft was made from.</param>
    /// <param name="options">The new size; strength, layout and palette are the draft's and not looked at.</param>
    /// <param name="progress">Share done and pictures on the way; called from the calling thread.</param>
    /// <param name="cancellationToken">Stops within a second.</param>
    /// <exception cref="ArgumentException">References cannot be mixed, or are too many or too large.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VariationResult Refine(
        Picture draft, IReadOnlyList<Picture> references, VariationOptions options,
        IProgress<VariationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ParallelOptions parallel = Check(references, options, cancellationToken);
        ReferenceSet set = ReferenceSet.Create(references, draft.Width, draft.Height, options.Width, parallel);
        var sampler = new VariationSampler(set, options, progress, parallel);
        return Finish(sampler.Refine(draft), set, references, options, parallel);
    }

    private static ParallelOptions Check(IReadOnlyList<Picture> references, VariationOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
    }

    private static VariationResult Finish(
        (NeighbourLists Lists, SourceAtlas Atlas) made, ReferenceSet set, IReadOnlyList<Picture> references, VariationOptions options, ParallelOptions parallel)
    {
        ReadOnlySpan<ushort> window = options.Vote == VariationVote.Copy ? [1] : [1, 2, 1];
        var field = WinnerField.Decide(made.Lists, made.Atlas, options.Width, options.Height, window, parallel);
        Picture picture = set.Pictures[0].Apply(new FieldVote(field, set.Pictures, parallel));
        return new VariationResult(picture, field, set.Pictures, references);
    }
}
