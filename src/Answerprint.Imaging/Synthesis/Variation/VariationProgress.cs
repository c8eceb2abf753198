using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>How far a variation is.</summary>
/// <param name="Share">Share of the work that is done, 0 to 1.</param>
/// <param name="Preview">The picture so far, smaller than the result at first, 8-bit RGB; null where there is none newer than before.</param>
public readonly record struct VariationProgress(double Share, PixelBuffer<byte>? Preview);
