namespace Answerprint.Platform.Media.Contracts;

/// <summary>Why a piece of media work did not give a result.</summary>
public enum MediaErrorKind
{
    /// <summary>There is no such file, or it cannot be opened.</summary>
    Missing,

    /// <summary>The file has no bytes.</summary>
    Empty,

    /// <summary>The file ends before its own index or structure says.</summary>
    Truncated,

    /// <summary>The bytes break the rules of their format.</summary>
    Corrupt,

    /// <summary>The file is neither picture, video, sound nor subtitles.</summary>
    NotMedia,

    /// <summary>The file is media of a kind that is not read here.</summary>
    Unsupported,

    /// <summary>The file is refused whatever it holds: playlists, scripts and documents that name other files, and SVG.</summary>
    Refused,

    /// <summary>A named limit of <see cref="MediaLimits"/> was passed.</summary>
    LimitExceeded,

    /// <summary>A request lies outside the media: a frame number, a crop, a size.</summary>
    OutOfRange,

    /// <summary>A program is not installed; the message names its Debian package.</summary>
    ProgramMissing,

    /// <summary>There is no room on the disk for the result.</summary>
    DiskFull,

    /// <summary>A program failed for a reason that it states.</summary>
    Failed,
}

/// <summary>One clear error: what is wrong, with which file, and which limit was passed, if one was.</summary>
/// <param name="Kind">The class of error.</param>
/// <param name="Message">One sentence for people; holds the file's name, never its folder.</param>
/// <param name="Limit">The name of the <see cref="MediaLimits"/> property that was passed; null for other kinds.</param>
public sealed record MediaError(MediaErrorKind Kind, string Message, string? Limit = null)
{
    /// <inheritdoc />
    public override string ToString() => Limit is null ? Message : $"{Message} (limit: {Limit})";
}

/// <summary>Thrown by <see cref="MediaResult{T}.Require"/> where a caller has no use for the error as a value.</summary>
public sealed class MediaException(MediaError error) : Exception(error.ToString())
{
    /// <summary>The error as a value.</summary>
    public MediaError Error { get; } = error;
}
