namespace Answerprint.Platform.Media.Contracts;

/// <summary>High dynamic range, by transfer function (ITU-R BT.2100).</summary>
public enum HdrTransfer
{
    /// <summary>Standard dynamic range.</summary>
    None,

    /// <summary>Perceptual quantizer, SMPTE ST 2084.</summary>
    Pq,

    /// <summary>Hybrid log-gamma, ARIB STD-B67.</summary>
    Hlg,
}

/// <summary>A video: its first real video stream, and what else the file carries.</summary>
public sealed record VideoInfo(string Format) : MediaInfo(Format)
{
    /// <summary>The video stream's index in the file.</summary>
    public required int StreamIndex { get; init; }

    /// <summary>The codec's name as FFmpeg has it: "h264", "prores", "vp9".</summary>
    public required string Codec { get; init; }

    /// <summary>Stored pixels across, before rotation and sample aspect ratio.</summary>
    public required int CodedWidth { get; init; }

    /// <summary>Stored pixels down, before rotation and sample aspect ratio.</summary>
    public required int CodedHeight { get; init; }

    /// <summary>The pixel format as FFmpeg names it: "yuv420p10le".</summary>
    public required string PixelFormat { get; init; }

    /// <summary>Bits a sample.</summary>
    public required int BitDepth { get; init; }

    /// <summary>Clockwise turn that shows it upright: 0, 90, 180 or 270.</summary>
    public int RotationDegrees { get; init; }

    /// <summary>Width of a stored pixel over its height; 1/1 where nothing is said.</summary>
    public Rational SampleAspect { get; init; } = new(1, 1);

    /// <summary>Frames a second: the nominal rate, or the average when the rate varies.</summary>
    public required Rational FrameRate { get; init; }

    /// <summary>Whether frames are unevenly spaced by more than their time base's rounding.</summary>
    public bool IsVariableFrameRate { get; init; }

    /// <summary>Seconds that one tick of a presentation time stamp lasts.</summary>
    public required Rational TimeBase { get; init; }

    /// <summary>Length in ticks of <see cref="TimeBase"/>.</summary>
    public required long DurationTicks { get; init; }

    /// <summary>The first presentation time stamp of the whole file.</summary>
    public TimeSpan ContainerStart { get; init; }

    /// <summary>Number of frames, from the file's index or by counting packets; null when the file is too long to count and does not say.</summary>
    public long? FrameCount { get; init; }

    /// <summary>Start timecode (SMPTE ST 12-1) "HH:MM:SS:FF", with ';' before the frames when drop-frame; null when there is none.</summary>
    public string? StartTimecode { get; init; }

    /// <summary>Whether frames hold two fields of different times.</summary>
    public bool IsInterlaced { get; init; }

    /// <summary>Colour primaries as FFmpeg names them ("bt709"); null when not stated.</summary>
    public string? ColourPrimaries { get; init; }

    /// <summary>Transfer function as FFmpeg names it ("smpte2084"); null when not stated.</summary>
    public string? ColourTransfer { get; init; }

    /// <summary>YCbCr matrix as FFmpeg names it ("bt2020nc"); null when not stated.</summary>
    public string? ColourMatrix { get; init; }

    /// <summary>Whether samples use the full range rather than video range.</summary>
    public bool IsFullRange { get; init; }

    /// <summary>Sound streams.</summary>
    public IReadOnlyList<AudioTrack> Audio { get; init; } = [];

    /// <summary>Subtitle streams.</summary>
    public IReadOnlyList<SubtitleTrack> Subtitles { get; init; } = [];

    /// <summary>The dynamic range, from the transfer function.</summary>
    public HdrTransfer Hdr => ColourTransfer switch { "smpte2084" => HdrTransfer.Pq, "arib-std-b67" => HdrTransfer.Hlg, _ => HdrTransfer.None };

    /// <summary>Running time.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(DurationTicks * TimeBase.ToDouble());

    /// <summary>Stored pixels across once it is upright.</summary>
    public int UprightWidth => RotationDegrees is 90 or 270 ? CodedHeight : CodedWidth;

    /// <summary>Stored pixels down once it is upright.</summary>
    public int UprightHeight => RotationDegrees is 90 or 270 ? CodedWidth : CodedHeight;

    /// <summary>Width as shown with square pixels, upright.</summary>
    public int DisplayWidth => RotationDegrees is 90 or 270 ? CodedHeight : SquareWidth;

    /// <summary>Height as shown with square pixels, upright.</summary>
    public int DisplayHeight => RotationDegrees is 90 or 270 ? SquareWidth : CodedHeight;

    private int SquareWidth => Math.Max(1, (int)Math.Round(CodedWidth * SampleAspect.ToDouble()));
}

/// <summary>A file of sound only; cover pictures are not counted.</summary>
/// <param name="Format">The container's name.</param>
/// <param name="Duration">Running time.</param>
/// <param name="Audio">Sound streams.</param>
public sealed record AudioInfo(string Format, TimeSpan Duration, IReadOnlyList<AudioTrack> Audio) : MediaInfo(Format);

/// <summary>One sound stream.</summary>
/// <param name="Index">Its index in the file.</param>
/// <param name="Codec">The codec's name as FFmpeg has it.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="Layout">The channel layout, "stereo" or "5.1"; null when not stated.</param>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="Language">ISO 639 code; null when not stated.</param>
public sealed record AudioTrack(int Index, string Codec, int Channels, string? Layout, int SampleRate, string? Language);

/// <summary>One subtitle stream.</summary>
/// <param name="Index">Its index in the file.</param>
/// <param name="Codec">The codec's name as FFmpeg has it.</param>
/// <param name="Language">ISO 639 code; null when not stated.</param>
public sealed record SubtitleTrack(int Index, string Codec, string? Language);
