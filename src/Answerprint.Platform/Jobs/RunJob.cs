using Quartz;

namespace Answerprint.Platform.Jobs;

/// <summary>What Quartz fires: it carries a job's id and nothing else. Firing twice, or for a finished job, does nothing.</summary>
[DisallowConcurrentExecution]
internal sealed class RunJob(JobRunner runner) : IJob
{
    public const string JobId = "jobId";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await runner.RunAsync(Guid.Parse(context.MergedJobDataMap.GetString(JobId)!), cancellationToken);
}
