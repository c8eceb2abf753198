using Answerprint.Platform.Jobs.Contracts;

namespace Answerprint.Web.Jobs;

/// <summary>Where a job stands, as the event stream says it.</summary>
/// <param name="Job">Its id.</param>
/// <param name="Percent">0 to 100.</param>
/// <param name="Phase">What it is doing, in words.</param>
/// <param name="State">waiting, queued, running, done or failed; a stopped or refused job counts as failed.</param>
/// <param name="Preview">The address of its latest preview frame, where there is one.</param>
public sealed record JobReport(Guid Job, double Percent, string Phase, string State, string? Preview)
{
    public static JobReport Of(Job job, string? preview) => new(job.Id, Math.Round(job.Progress * 100, 1), PhaseOf(job), StateOf(job.State), preview);

    public static string StateOf(JobState state) => state switch
    {
        JobState.AwaitingClearance => "waiting",
        JobState.Queued => "queued",
        JobState.Running => "running",
        JobState.Done => "done",
        _ => "failed",
    };

    public static string PhaseOf(Job job) => job.State switch
    {
        JobState.AwaitingClearance => "Waits for clearance",
        JobState.Queued when job.Phase.Length == 0 => "Waits for a processor",
        JobState.Done => "Done",
        JobState.Failed or JobState.Cancelled or JobState.Refused => job.Error,
        _ => job.Phase,
    };
}
