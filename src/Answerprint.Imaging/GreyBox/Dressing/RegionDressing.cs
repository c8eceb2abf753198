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
/// <param name="MetresWide">How wide that part is in the world once it is turned, 0.005 to 500 m.</param>
/// <param name="Source">Index of the picture in the attribution map.</param>
public sealed record DressingReference(PixelBuffer<byte> Pixels, PixelRect Crop, double MetresWide, int Source)
{
    /// <value>How the part is turned before it is laid on, degrees clockwise: 0, 90, 180 or 270; default 0.</value>
    public int Turn { get; init; }

    /// <value>Whether left and right of the part are exchanged before it is turned; default no.</value>
    public bool IsMirrored { get; init; }

    /// <value>Four corners instead of <see cref="Crop"/>: what they frame is laid flat; default none.</value>
    public ReferenceQuad? Quad { get; init; }

    internal bool LiesDown => Turn is 90 or 270;

    /// <summary>Width of the part as it is laid on, in pixels of the picture.</summary>
    internal double Across => LiesDown ? PartHeight : PartWidth;

    /// <summary>Height of the part as it is laid on, in pixels of the picture.</summary>
    internal double Down => LiesDown ? PartWidth : PartHeight;

    private double PartWidth => Quad is { } quad ? Math.Max(1, quad.Across) : Crop.Width;

    private double PartHeight => Quad is { } quad ? Math.Max(1, quad.Down) : Crop.Height;
}

/// <summary>How references are laid on a region.</summary>
public enum DressingFit
{
    /// <summary>A surface as large as is needed is made of them, at their own scale.</summary>
    Surface,

    /// <summary>The first one is laid once over the front of each object: a poster, a painted backing.</summary>
    Picture,
}
