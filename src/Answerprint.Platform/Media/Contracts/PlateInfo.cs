namespace Answerprint.Platform.Media.Contracts;

/// <summary>How one sample of a plate's channel is stored.</summary>
public enum PlateSample
{
    /// <summary>16-bit float, IEEE 754 binary16.</summary>
    Half,

    /// <summary>32-bit float.</summary>
    Float,

    /// <summary>32-bit unsigned integer.</summary>
    UInt32,

    /// <summary>8-bit unsigned integer.</summary>
    UInt8,

    /// <summary>10-bit unsigned integer.</summary>
    UInt10,

    /// <summary>12-bit unsigned integer.</summary>
    UInt12,

    /// <summary>16-bit unsigned integer.</summary>
    UInt16,
}

/// <summary>A rectangle of pixels; its origin may be negative, as EXR windows are.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
public readonly record struct PixelBox(int X, int Y, int Width, int Height)
{
    /// <summary>Whether another box lies inside.</summary>
    public bool Contains(PixelBox other) =>
        other.Width > 0 && other.Height > 0 && other.X >= X && other.Y >= Y
        && (long)other.X + other.Width <= (long)X + Width && (long)other.Y + other.Height <= (long)Y + Height;

    /// <inheritdoc />
    public override string ToString() => $"{Width}x{Height}{X:+0;-0;+0}{Y:+0;-0;+0}";
}

/// <summary>One channel of a plate.</summary>
/// <param name="Name">Its name, with its layer: "R", "diffuse.G".</param>
/// <param name="Sample">How a sample is stored.</param>
public sealed record PlateChannel(string Name, PlateSample Sample);

/// <summary>One part of a plate: a DPX has one, a multi-part EXR several.</summary>
public sealed record PlatePart
{
    /// <summary>The part's name; empty in single-part files.</summary>
    public string Name { get; init; } = "";

    /// <summary>Channels in the file's order.</summary>
    public required IReadOnlyList<PlateChannel> Channels { get; init; }

    /// <summary>The pixels that are stored.</summary>
    public required PixelBox DataWindow { get; init; }

    /// <summary>The picture that the stored pixels are part of.</summary>
    public required PixelBox DisplayWindow { get; init; }

    /// <summary>The compression: "zip", "piz", "dwaa", "none".</summary>
    public string Compression { get; init; } = "none";

    /// <summary>The colour space by the name that our OpenColorIO configuration has for it.</summary>
    public required string ColourSpace { get; init; }

    /// <summary>Whether the file states its colour space; otherwise it is what the format's specification assumes.</summary>
    public bool IsColourSpaceStated { get; init; }

    /// <summary>Width of a pixel over its height.</summary>
    public double PixelAspect { get; init; } = 1;

    /// <summary>Whether pixels hold lists of samples in depth; such parts are described, not read.</summary>
    public bool IsDeep { get; init; }

    /// <summary>Whether pixels are stored in tiles.</summary>
    public bool IsTiled { get; init; }

    /// <summary>The layers: what stands before the last dot of channel names; the unnamed one is "".</summary>
    public IReadOnlyList<string> Layers =>
        [.. Channels.Select(c => c.Name.LastIndexOf('.') is > 0 and var dot ? c.Name[..dot] : "").Distinct(StringComparer.Ordinal)];
}

/// <summary>A frame for finals: EXR (SMPTE ST 2065-4 among them), DPX (SMPTE ST 268) or Cineon.</summary>
/// <param name="Format">"openexr", "dpx" or "cineon".</param>
/// <param name="Parts">Its parts; at least one.</param>
public sealed record PlateInfo(string Format, IReadOnlyList<PlatePart> Parts) : MediaInfo(Format)
{
    /// <summary>Whether there is more than one part.</summary>
    public bool IsMultiPart => Parts.Count > 1;

    /// <summary>Whether a part has more than one layer, or there are several parts.</summary>
    public bool IsMultiLayer => IsMultiPart || Parts[0].Layers.Count > 1;
}
