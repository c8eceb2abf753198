using System.ComponentModel.DataAnnotations;

namespace Answerprint.Web.Verify;

/// <summary>What a stranger's file may cost.</summary>
public sealed class VerifyOptions
{
    /// <summary>Largest file, in bytes.</summary>
    /// <value>1 KiB to 1 GiB; 200 MiB where not set.</value>
    [Range(1L << 10, 1L << 30)]
    public long MaxBytes { get; set; } = 200L << 20;

    /// <summary>How many files one network address may have read in a minute.</summary>
    /// <value>1 to 100 000; 12 where not set.</value>
    [Range(1, 100_000)]
    public int FilesPerMinute { get; set; } = 12;

    /// <summary>How many files are read at the same moment, for all addresses together.</summary>
    /// <value>1 to 64; 3 where not set.</value>
    [Range(1, 64)]
    public int AtOnce { get; set; } = 3;
}
