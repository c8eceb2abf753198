namespace Answerprint.Platform.Assets.Contracts;

/// <summary>Bytes derived from an asset to look at it: never synthesised from, never released.</summary>
public sealed class Rendition
{
    /// <summary>The asset.</summary>
    public Guid AssetId { get; set; }

    /// <summary>What it is for.</summary>
    public RenditionKind Kind { get; set; }

    /// <summary>The bytes.</summary>
    public string BlobSha256 { get; set; } = "";

    /// <summary>Their media type.</summary>
    public string MediaType { get; set; } = "";

    /// <summary>Width in pixels, 0 where it has none.</summary>
    public int Width { get; set; }

    /// <summary>Height in pixels, 0 where it has none.</summary>
    public int Height { get; set; }

    /// <summary>Number of tiles of a filmstrip; 0 otherwise.</summary>
    public int Tiles { get; set; }
}

/// <summary>What a rendition is for. Stored: only ever add.</summary>
public enum RenditionKind
{
    /// <summary>A small picture in lists.</summary>
    Thumbnail,

    /// <summary>A large picture.</summary>
    Poster,

    /// <summary>A row of evenly spaced frames in one picture.</summary>
    Filmstrip,

    /// <summary>A video every browser plays.</summary>
    Proxy,

    /// <summary>Analysis as JSON: shot boundaries, loudness.</summary>
    Analysis,

    /// <summary>Subtitles as WebVTT.</summary>
    WebVtt,
}
