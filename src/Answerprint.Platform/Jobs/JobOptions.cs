using System.ComponentModel.DataAnnotations;

namespace Answerprint.Platform.Jobs;

/// <summary>How jobs are worked on.</summary>
public sealed class JobOptions
{
    /// <summary>Jobs at a time.</summary>
    /// <value>1 to 256; the default is one for each processor.</value>
    [Range(1, 256)]
    public int Concurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>How often a job is started before it counts as failed.</summary>
    /// <value>1 to 20; the default is 3.</value>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How often a worker may die (killed, out of memory, power lost) while at a job before the job counts as what kills it.</summary>
    /// <value>1 to 100; the default is 10.</value>
    [Range(1, 100)]
    public int MaxDeaths { get; set; } = 10;

    /// <summary>After how long without a sign of life a worker's job is free for another.</summary>
    /// <value>2 seconds to 10 minutes; the default is 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a running job reports and looks whether it was cancelled.</summary>
    /// <value>50 milliseconds to 1 second; the default is 300 milliseconds, so that a cancelled job stops within a second.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:01")]
    public TimeSpan Beat { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long half-finished work stays for a retake after the last job that used it is done.</summary>
    /// <value>None to 365 days; the default is 7 days.</value>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Most bytes of half-finished work that stay for retakes; what was used longest ago goes first.</summary>
    /// <value>0 to 2^50; the default is 40 GiB.</value>
    [Range(0L, 1L << 50)]
    public long KeptBytes { get; set; } = 40L << 30;
}
