namespace Answerprint.Platform.Assets.Contracts;

/// <summary>A thing with an id in a production: owner, rights, lineage (the job and inputs that made it) and a blob. Two assets may share one blob.</summary>
public sealed class Asset
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The production it belongs to.</summary>
    public Guid ProductionId { get; set; }

    /// <summary>What it is.</summary>
    public AssetKind Kind { get; set; }

    /// <summary>What people call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name of the file it came in, or leaves in.</summary>
    public string FileName { get; set; } = "";

    /// <summary>The media type of its bytes, such as <c>video/mp4</c>.</summary>
    public string MediaType { get; set; } = "";

    /// <summary>The bytes.</summary>
    public string BlobSha256 { get; set; } = "";

    /// <summary>Size of the bytes.</summary>
    public long Length { get; set; }

    /// <summary>Width in pixels, 0 where it has none.</summary>
    public int Width { get; set; }

    /// <summary>Height in pixels, 0 where it has none.</summary>
    public int Height { get; set; }

    /// <summary>Number of frames; 1 for a still, 0 where it has none or it is not known.</summary>
    public long Frames { get; set; }

    /// <summary>Frame rate as a fraction, such as <c>24000/1001</c>; empty for a still.</summary>
    public string FrameRate { get; set; } = "";

    /// <summary>Start timecode, such as <c>01:00:00:00</c>; empty where none is carried.</summary>
    public string StartTimecode { get; set; } = "";

    /// <summary>What the probe found, as JSON.</summary>
    public string ProbeJson { get; set; } = "{}";

    /// <summary>How it came to be: a term of the IPTC digital source type vocabulary, such as <c>digitalCapture</c>; empty where nobody has said.</summary>
    public string DigitalSource { get; set; } = "";

    /// <summary>SHA-256 of its canonical pixels, before encoding and signing; empty where it was not made here.</summary>
    public string PixelSha256 { get; set; } = "";

    /// <summary>Where its pixels came from, in millionths that add to 1,000,000; all 0 where it was not made here.</summary>
    public PixelShares Shares { get; set; } = new();

    /// <summary>Its attribution map, an asset of its own; none where no map was made.</summary>
    public Guid? AttributionId { get; set; }

    /// <summary>Who owns it.</summary>
    public string Owner { get; set; } = "";

    /// <summary>How the studio may use it.</summary>
    public RightsKind Rights { get; set; }

    /// <summary>The licence in words or as an SPDX identifier; empty where ownership needs none.</summary>
    public string Licence { get; set; } = "";

    /// <summary>First instant at which it may be used; none for always.</summary>
    public DateTimeOffset? RightsFrom { get; set; }

    /// <summary>Last instant at which it may be used; none for always.</summary>
    public DateTimeOffset? RightsUntil { get; set; }

    /// <summary>The signed release of a person who contributed it (user-generated material), in words.</summary>
    public string ContributorRelease { get; set; } = "";

    /// <summary>Whether a recognisable performer is in it; unknown until someone says.</summary>
    public PerformerPresence Performers { get; set; }

    /// <summary>Whether it may be used and served.</summary>
    public AssetState State { get; set; }

    /// <summary>Why it is quarantined; empty while it is not.</summary>
    public string StateReason { get; set; } = "";

    /// <summary>The job that made it; none for what was there before the program.</summary>
    public Guid? JobId { get; set; }

    /// <summary>Who brought it or asked for it.</summary>
    public Guid CreatedBy { get; set; }

    /// <summary>When it came.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>What an asset is.</summary>
public enum AssetKind
{
    /// <summary>Moving pictures in one file.</summary>
    Video,

    /// <summary>One picture.</summary>
    Still,

    /// <summary>Numbered pictures, kept as a list of blobs.</summary>
    Sequence,

    /// <summary>Sound alone.</summary>
    Audio,

    /// <summary>Timed text.</summary>
    Subtitles,

    /// <summary>Artwork of a title, made here.</summary>
    Artwork,

    /// <summary>An attribution map.</summary>
    Attribution,

    /// <summary>What a person painted here for a recipe: a mask or a layout.</summary>
    Painting,

    /// <summary>A form in three dimensions that a person brought in for a recipe, or a scene that one made.</summary>
    Model,
}

/// <summary>How the studio may use an asset.</summary>
public enum RightsKind
{
    /// <summary>Nobody has said; no job may use it for anything that leaves the house.</summary>
    Unknown,

    /// <summary>Made by the studio's own people.</summary>
    StaffMade,

    /// <summary>Licensed to the studio, within its window.</summary>
    Licensed,

    /// <summary>In the public domain.</summary>
    PublicDomain,

    /// <summary>Given by a member of the public under a signed release; can be taken down.</summary>
    UserGenerated,

    /// <summary>The service's proprietary material.</summary>
    ServiceProprietary,
}

/// <summary>Whether recognisable performers are in an asset.</summary>
public enum PerformerPresence
{
    /// <summary>Nobody has said.</summary>
    Unknown,

    /// <summary>None.</summary>
    None,

    /// <summary>At least one.</summary>
    Present,
}

/// <summary>Whether an asset may be used and served.</summary>
public enum AssetState
{
    /// <summary>Yes.</summary>
    Active,

    /// <summary>No: taken down or withdrawn. Its record stays.</summary>
    Quarantined,
}
