using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Jobs.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Cli.Jobs;

/// <summary><c>jobs</c>: list, show, cancel.</summary>
internal static class JobsVerb
{
    private static readonly Argument<Guid> Id = new("ID") { Description = "The job's id" };
    private static readonly Option<int> Limit = new("--limit") { Description = "At most this many, newest first", DefaultValueFactory = _ => 20 };

    public static Command Make() => new Command("jobs", "Jobs of the data folder, newest first").With(
        Limit,
        new Command("show", "One job with its result and cost").With(Id).OnData(ShowAsync),
        new Command("cancel", "Stop a job").With(Id).OnData(CancelAsync)).OnData(ListAsync);

    public static JsonObject Describe(Job job) => new()
    {
        ["job"] = job.Id.ToString(),
        ["name"] = job.Name,
        ["recipe"] = job.Recipe,
        ["recipeVersion"] = job.RecipeVersion,
        ["engine"] = job.Engine,
        ["state"] = Camel(job.State.ToString()),
        ["progress"] = job.Progress,
        ["phase"] = job.Phase,
        ["hash"] = job.Hash,
        ["run"] = job.Run,
        ["grade"] = Camel(job.Grade.ToString()),
        ["use"] = Camel(job.Use.ToString()),
        ["pixelSha256"] = job.PixelSha256,
        ["reproduced"] = job.Reproduced,
        ["error"] = job.Error,
        ["finishedAt"] = job.FinishedAt,
        ["cpuSeconds"] = Math.Round(job.CpuSeconds, 3),
        ["jobSeconds"] = Math.Round(job.Seconds, 3),
        ["result"] = JsonNode.Parse(job.ResultJson),
    };

    /// <summary>The exit code that a job's end means for a script.</summary>
    public static int CodeOf(Job job) => job.State switch
    {
        JobState.Done => ExitCode.Done,
        JobState.Refused or JobState.AwaitingClearance => ExitCode.RefusedOrWaiting,
        JobState.Cancelled => ExitCode.Cancelled,
        _ => ExitCode.Failed,
    };

    public static string Line(Job job) =>
        $"{job.Id}  {job.State,-17} {job.Progress,4:P0}  {job.Recipe,-10} {job.Name}{(job.Error.Length > 0 ? $": {job.Error}" : "")}";

    private static async Task<VerbResult> ListAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var limit = Math.Clamp(parsed.GetValue(Limit), 1, 1000);
        var jobs = await session.Db.Set<Job>().AsNoTracking().OrderByDescending(job => job.CreatedAt).Take(limit).ToListAsync(cancellationToken);
        var text = jobs.Count == 0 ? "No jobs yet. Start one with 'answerprint ingest FILE'." : string.Join('\n', jobs.Select(Line));
        return new VerbResult(jobs.Count == 0 ? ExitCode.NothingFound : ExitCode.Done, new JsonObject { ["jobs"] = new JsonArray([.. jobs.Select(Describe)]) }, text);
    }

    private static async Task<VerbResult> ShowAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(Id);
        var job = await session.Db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(job => job.Id == id, cancellationToken);
        return job is null ? VerbResult.Problem(ExitCode.NothingFound, $"there is no job {id}") : new VerbResult(ExitCode.Done, Describe(job), Line(job));
    }

    private static async Task<VerbResult> CancelAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(Id);
        var result = await session.Get<CancelJob>().HandleAsync(id, session.Actor, cancellationToken);
        return result switch
        {
            CancelJobResult.NotFound => VerbResult.Problem(ExitCode.NothingFound, $"there is no job {id}"),
            CancelJobResult.AlreadyEnded => VerbResult.Problem(ExitCode.Failed, $"job {id} had ended before"),
            _ => new VerbResult(ExitCode.Done, new JsonObject { ["job"] = id.ToString(), ["state"] = "cancelled" }, $"Job {id} is being stopped."),
        };
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
