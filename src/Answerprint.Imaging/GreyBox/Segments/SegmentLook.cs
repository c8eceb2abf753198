using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.GreyBox.Segments;

/// <summary>A dressed segment map.</summary>
/// <param name="Pixels">RGB, 8 bit.</param>
/// <param name="Layers">Where its pixels came from, for a map whose sources are numbered as the references are.</param>
public sealed record SegmentLook(PixelBuffer<byte> Pixels, IReadOnlyList<AttributionLayer> Layers);
