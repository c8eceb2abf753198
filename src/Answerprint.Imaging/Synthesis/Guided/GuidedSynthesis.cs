using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Fields;
using Answerprint.Imaging.Synthesis.Fields.Kernels;

namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>
/// Paints a target in the manner of sources, led by guides (Fišer et al., "StyLit", SIGGRAPH 2016; the problem of EbSynth): from coarse to
/// fine it searches for each patch the source patch most like it in style and guides, and votes a new style from what was found.
/// </summary>
public static class GuidedSynthesis
{
    /// <summary>Synthesises a picture.</summary>
    /// <param name="sources">Where pixels may come from.</param>
    /// <param name="targetGuides">For each guide an 8-bit image of the target: where in the target should be what.</param>
    /// <param name="options">How to synthesise.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Obeyed within a few rows.</param>
    /// <exception cref="ArgumentException">Sizes or channels do not fit together, an option is out of range, or a limit is passed; the message says which.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static GuidedResult Run(
        IReadOnlyList<GuidedSource> sources,
        IReadOnlyList<PixelBuffer<byte>> targetGuides,
        GuidedOptions options,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        GuidedInput.Check(sources, targetGuides, options);
        return FieldSearch.Width() switch
        {
            512 => Run<Kernel512>(sources, targetGuides, options, progress, cancellationToken),
            256 => Run<Kernel256>(sources, targetGuides, options, progress, cancellationToken),
            128 => Run<Kernel128>(sources, targetGuides, options, progress, cancellationToken),
            _ => Run<ScalarKernel>(sources, targetGuides, options, progress, cancellationToken),
        };
    }

    internal static GuidedResult Run<TKernel>(
        IReadOnlyList<GuidedSource> sources,
        IReadOnlyList<PixelBuffer<byte>> targetGuides,
        GuidedOptions options,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
        where TKernel : struct, IPatchKernel
    {
        var pyramid = new GuidedPyramid(sources, targetGuides, options);
        NearestNeighbourField? field = null;
        for (int level = pyramid.Levels - 1; level > 0; level--)
        {
            var coarse = new GuidedLevel<TKernel>(pyramid, level, field, options, cancellationToken);
            coarse.Run(progress);
            field = coarse.Field;
        }
        var finest = new GuidedLevel<TKernel>(pyramid, 0, field, options, cancellationToken);
        finest.Run(progress);
        return finest.Result();
    }
}
