namespace Answerprint.Platform.Media.Contracts;

/// <summary>What a file is, by its content.</summary>
/// <param name="Format">The format's common name: "mp4", "matroska", "jpeg", "openexr", "srt".</param>
public abstract record MediaInfo(string Format);

/// <summary>A still picture.</summary>
public sealed record StillInfo(string Format) : MediaInfo(Format)
{
    /// <summary>Pixels across, after its orientation is applied.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels down, after its orientation is applied.</summary>
    public required int Height { get; init; }

    /// <summary>Samples a pixel as stored.</summary>
    public required int Bands { get; init; }

    /// <summary>Bits a sample as stored: 8, 16 or 32.</summary>
    public required int BitDepth { get; init; }

    /// <summary>EXIF orientation, 1 to 8; 1 is upright.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Whether an ICC profile is embedded.</summary>
    public bool HasIccProfile { get; init; }

    /// <summary>Whether samples are CMYK ink amounts.</summary>
    public bool IsCmyk { get; init; }

    /// <summary>Whether there is an alpha channel.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>Pages or animation frames in the file; only the first is read.</summary>
    public int Pages { get; init; } = 1;
}
