namespace Answerprint.Imaging.Attribution;

/// <summary>Where a pixel's value came from. The numbers are stored: they only grow.</summary>
public enum AttributionKind : byte
{
    /// <summary>One source pixel, bit for bit.</summary>
    Copied = 1,

    /// <summary>A weighted sum of source pixels, as resampling makes.</summary>
    Blended = 2,

    /// <summary>Drawn by a program from a description: type, gradients, 3D.</summary>
    Rendered = 3,

    /// <summary>Painted by a named person.</summary>
    Painted = 4,

    /// <summary>Made by something that cannot say where its pixels came from.</summary>
    NotAttributable = 5,
}
