using System.ComponentModel.DataAnnotations;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>How much of a machine one file may take before it is refused. Every limit that is passed is named in the error.</summary>
public sealed class MediaLimits
{
    /// <summary>Most bytes of a file.</summary>
    /// <value>Default 1 TiB; 1 KiB to 64 TiB.</value>
    [Range(1024L, 1L << 46)]
    public long MaxFileBytes { get; set; } = 1L << 40;

    /// <summary>Most pixels of one frame or still, width times height.</summary>
    /// <value>Default 134,217,728 (16384 x 8192); 1 to 2^31 - 1.</value>
    [Range(1L, int.MaxValue)]
    public long MaxPixels { get; set; } = 1L << 27;

    /// <summary>Longest side of one frame or still, in pixels.</summary>
    /// <value>Default 32,768; 1 to 65,535.</value>
    [Range(1, 65_535)]
    public int MaxSide { get; set; } = 32_768;

    /// <summary>Longest running time.</summary>
    /// <value>Default 24 hours; up to 10 days.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "10.00:00:00")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Most streams in one file.</summary>
    /// <value>Default 64; 1 to 1,000.</value>
    [Range(1, 1_000)]
    public int MaxStreams { get; set; } = 64;

    /// <summary>Most frames of a video or an image sequence.</summary>
    /// <value>Default 6,000,000; 1 to 100,000,000.</value>
    [Range(1L, 100_000_000L)]
    public long MaxFrames { get; set; } = 6_000_000;

    /// <summary>Most channels of a still, an EXR or a DPX.</summary>
    /// <value>Default 256; 1 to 1,024.</value>
    [Range(1, 1_024)]
    public int MaxChannels { get; set; } = 256;

    /// <summary>CPU time that reading a header may take.</summary>
    /// <value>Default 30 s; 1 s to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxProbeCpu { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>CPU time that one derivation (proxy, filmstrip, loudness) may take.</summary>
    /// <value>Default 12 hours; 1 s to 10 days.</value>
    [Range(typeof(TimeSpan), "00:00:01", "10.00:00:00")]
    public TimeSpan MaxCpu { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Wall-clock time that one derivation may take.</summary>
    /// <value>Default 12 hours; 1 s to 10 days.</value>
    [Range(typeof(TimeSpan), "00:00:01", "10.00:00:00")]
    public TimeSpan MaxWallClock { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Address space of one child process, in bytes.</summary>
    /// <value>Default 8 GiB; 256 MiB to 1 TiB.</value>
    [Range(1L << 28, 1L << 40)]
    public long MaxMemoryBytes { get; set; } = 1L << 33;

    /// <summary>Most bytes of a subtitle file.</summary>
    /// <value>Default 8 MiB; 1 KiB to 256 MiB.</value>
    [Range(1024, 1 << 28)]
    public int MaxSubtitleBytes { get; set; } = 1 << 23;

    /// <summary>Most cues of a subtitle file.</summary>
    /// <value>Default 100,000; 1 to 1,000,000.</value>
    [Range(1, 1_000_000)]
    public int MaxSubtitleCues { get; set; } = 100_000;
}
