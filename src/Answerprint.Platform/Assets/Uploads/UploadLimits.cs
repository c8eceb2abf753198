namespace Answerprint.Platform.Assets.Uploads;

/// <summary>What an upload may be.</summary>
public static class UploadLimits
{
    /// <summary>The longest file, in bytes: 2 TiB.</summary>
    public const long MaxLength = 2L << 40;

    /// <summary>How many uploads of one account may be open, or complete and not yet taken: a long sequence has a file a frame.</summary>
    public const int MaxOpen = 20_000;

    /// <summary>The longest file name, in characters.</summary>
    public const int MaxFileName = 255;

    /// <summary>How long an upload is kept after the last bytes came.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Bytes that stay free on the disk whatever is promised to uploads, so that records can still be written.</summary>
    public const long Reserve = 64L << 20;
}
