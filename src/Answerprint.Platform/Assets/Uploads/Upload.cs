namespace Answerprint.Platform.Assets.Uploads;

/// <summary>A file on its way in. Its offset is the length of what lies flushed on the disk, so that no crash can make it lie.</summary>
/// <param name="Id">Identity.</param>
/// <param name="AccountId">Who sends it; nobody else sees it.</param>
/// <param name="FileName">The name it has at the sender.</param>
/// <param name="Length">Its full length in bytes, 0 to <see cref="UploadLimits.MaxLength"/>.</param>
/// <param name="Offset">How many bytes are here, 0 to <paramref name="Length"/>.</param>
/// <param name="ExpiresAt">When it is swept away, unless more bytes come before.</param>
public sealed record Upload(Guid Id, Guid AccountId, string FileName, long Length, long Offset, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether all bytes are here.</summary>
    public bool IsComplete => Offset == Length;
}

/// <summary>What became of the wish to begin an upload.</summary>
/// <param name="Upload">The upload; none where there is a problem.</param>
/// <param name="Problem">What is wrong; empty where nothing is.</param>
public sealed record CreateUploadResult(Upload? Upload, string Problem);

/// <summary>What became of bytes that were sent.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="Upload">The upload as it stands now; none where there is none.</param>
public sealed record AppendResult(AppendOutcome Outcome, Upload? Upload);

/// <summary>What became of bytes that were sent.</summary>
public enum AppendOutcome
{
    /// <summary>They are flushed to the disk.</summary>
    Appended,

    /// <summary>There is no such upload of this account, or it has expired.</summary>
    NotFound,

    /// <summary>They do not begin where the upload ends.</summary>
    WrongOffset,

    /// <summary>They go beyond the length that was announced; none of them is kept.</summary>
    TooLong,

    /// <summary>Another request is sending to this upload.</summary>
    Busy,
}

/// <summary>What became of the wish to put a complete upload into the store.</summary>
/// <param name="FileName">The name it has at the sender.</param>
/// <param name="BlobSha256">Its bytes; empty where there is a problem.</param>
/// <param name="Problem">What is wrong; empty where nothing is.</param>
public sealed record TakeUploadResult(string FileName, string BlobSha256, string Problem);
