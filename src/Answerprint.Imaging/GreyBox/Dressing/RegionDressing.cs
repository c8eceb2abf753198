using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>What a region is dressed in.</summary>
/// <param name="Region">Its name, or <see cref="GreyBoxScene.Sky"/>.</param>
/// <param name="References">One or more; of a picture the first.</param>
/// <param name="Fit">How they are laid on.</param>
/// <param name="Even">Whether the light that was on a reference is evened out first, since the scene brings its own.</param>
public sealed record RegionDressing(string Region, IReadOnlyList<DressingReference> References, DressingFit Fit, bool Even);

/// <summary>A part of a picture that a region is dressed in.</summary>
/// <param name="Pixels">The whole picture, RGB, 8 bit.</param>
/// <param name="Crop">The part that shows the material.</param>
/// <param name="MetresWide">How wide that part is in the world, 0.005 to 500 m.</param>
/// <param name="Source">Index of the picture in the attribution map.</param>
public sealed record DressingReference(PixelBuffer<byte> Pixels, PixelRect Crop, double MetresWide, int Source);

/// <summary>How references are laid on a region.</summary>
public enum DressingFit
{
    /// <summary>A surface as large as is needed is made of them, at their own scale.</summary>
    Surface,

    /// <summary>The first one is laid once over the front of each object: a poster, a painted backing.</summary>
    Picture,
}
