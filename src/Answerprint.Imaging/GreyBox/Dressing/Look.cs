using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>A dressed scene.</summary>
/// <param name="Pixels">RGB, 8 bit.</param>
/// <param name="Layers">Where its pixels came from, for a map whose sources are numbered as the references are.</param>
/// <param name="Guides">What was dressed.</param>
public sealed record Look(PixelBuffer<byte> Pixels, IReadOnlyList<AttributionLayer> Layers, Guides Guides);
