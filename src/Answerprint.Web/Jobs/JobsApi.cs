using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Jobs;

/// <summary>Jobs under /api/v1.</summary>
internal static class JobsApi
{
    private const int PageSize = 200;

    public sealed record JobSummary(
        Guid Id, string Name, string Recipe, string State, double Progress, string Phase, string Use, string Error, double CpuSeconds,
        DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

    public sealed record JobRecord(
        JobSummary Job, string Hash, int Run, bool? Reproduced, int RecipeVersion, string Engine, string Grade, long Seed, string PixelSha256, Guid ProductionId,
        Guid DecisionId, Guid RequestedBy, int Priority, int Attempts, double Seconds, System.Text.Json.JsonElement Inputs, System.Text.Json.JsonElement Parameters,
        System.Text.Json.JsonElement Result, IReadOnlyList<Guid> Assets);

    public sealed record Submitted(Guid Job, string State, string Decision, string EscalatedTo, bool Existing);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/v1/jobs").WithTags("Jobs");
        jobs.MapGet("", ListAsync).ForRoles(ConsoleRoles.Staff).WithName("listJobs").WithSummary("Jobs, latest first: up to 200, after an offset").ProducesProblem(400);
        jobs.MapGet("/{id:guid}", GetAsync).ForRoles(ConsoleRoles.Staff).WithName("getJob").WithSummary("A job with its record").ProducesProblem(404);
        jobs.MapPost("/{id:guid}/cancel", CancelAsync).ForRoles(ConsoleRoles.Operators).WithName("cancelJob").WithSummary("Stops a job within a second").ProducesProblem(404).ProducesProblem(409);
        jobs.MapPost("/{id:guid}/again", AgainAsync).ForRoles(ConsoleRoles.Operators).WithName("runJobAgain").WithSummary("Runs ended work again").ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> ListAsync(AnswerprintDb db, CancellationToken cancellationToken, string? state = null, Guid? production = null, int offset = 0)
    {
        JobState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<JobState>(state, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
                return Results.Problem($"'{state}' is no state of a job; they are {string.Join(", ", Enum.GetNames<JobState>())}.", statusCode: 400);
            wanted = parsed;
        }
        var jobs = await db.Set<Job>().AsNoTracking()
            .Where(job => (wanted == null || job.State == wanted) && (production == null || job.ProductionId == production))
            .OrderByDescending(job => job.CreatedAt).Skip(Math.Max(0, offset)).Take(PageSize).ToListAsync(cancellationToken);
        return Results.Ok(jobs.ConvertAll(Summary));
    }

    private static async Task<IResult> GetAsync(Guid id, AnswerprintDb db, CancellationToken cancellationToken)
    {
        if (await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(job => job.Id == id, cancellationToken) is not { } job) return NotFound(id);
        var assets = await db.Set<Asset>().Where(asset => asset.JobId == id).OrderBy(asset => asset.Id).Select(asset => asset.Id).ToListAsync(cancellationToken);
        return Results.Ok(new JobRecord(
            Summary(job), job.Hash, job.Run, job.Reproduced, job.RecipeVersion, job.Engine, job.Grade.ToString(), job.Seed, job.PixelSha256, job.ProductionId,
            job.DecisionId, job.RequestedBy, job.Priority, job.Attempts, job.Seconds, Json(job.InputsJson), Json(job.ParametersJson), Json(job.ResultJson), assets));
    }

    private static async Task<IResult> CancelAsync(Guid id, HttpContext context, CancelJob cancel, CancellationToken cancellationToken) =>
        await cancel.HandleAsync(id, context.User.ToActor(), cancellationToken) switch
        {
            CancelJobResult.NotFound => NotFound(id),
            CancelJobResult.AlreadyEnded => Refusal.Conflict("", $"Job {id} has ended.").ToProblem(),
            _ => Results.NoContent(),
        };

    private static async Task<IResult> AgainAsync(Guid id, HttpContext context, AnswerprintDb db, RunAgain again, CancellationToken cancellationToken)
    {
        if (!await db.Set<Job>().AnyAsync(job => job.Id == id, cancellationToken)) return NotFound(id);
        var result = await again.HandleAsync(id, context.User.ToActor(), cancellationToken);
        return Answer(result);
    }

    /// <summary>A submitted job as an answer: 202, or what is wrong with the wish.</summary>
    public static IResult Answer(SubmitJobResult result) => result.Job is { } job
        ? Results.Accepted($"/api/v1/jobs/{job.Id}", new Submitted(job.Id, job.State.ToString(), result.Decision?.Answer.ToString() ?? "", result.Decision?.EscalatedTo ?? "", result.Existing))
        : Results.Problem(result.Problem, statusCode: StatusCodes.Status409Conflict);

    private static JobSummary Summary(Job job) => new(
        job.Id, job.Name, job.Recipe, job.State.ToString(), job.Progress, JobReport.PhaseOf(job), job.Use.ToString(), job.Error, job.CpuSeconds, job.CreatedAt, job.FinishedAt);

    private static System.Text.Json.JsonElement Json(string text) => System.Text.Json.JsonDocument.Parse(text).RootElement;

    private static IResult NotFound(Guid id) => Refusal.NotFound($"There is no job {id}.").ToProblem();
}
