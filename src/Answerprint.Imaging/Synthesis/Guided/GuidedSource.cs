using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>A picture that a guided synthesis takes pixels from.</summary>
/// <param name="Style">The picture, 8 bits, 1 to 4 channels; alpha is a channel like the others.</param>
/// <param name="Guides">For each guide an 8-bit image of the picture's size: where in the picture is what.</param>
/// <param name="Mask">One byte a pixel, 0 where a pixel must not be used; empty for all.</param>
public sealed record GuidedSource(PixelBuffer<byte> Style, IReadOnlyList<PixelBuffer<byte>> Guides, ReadOnlyMemory<byte> Mask = default);
