using System.Threading.RateLimiting;
using Answerprint.Web.Clearance;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Answerprint.Web.Verify;

/// <summary>/verify: anyone drops a file and reads its story. Nobody is asked who they are and nothing is kept, so there is no forgery to guard against either.</summary>
internal static class VerifyWeb
{
    public const string Limit = "verify";

    public sealed record FindingJson(string Kind, string Code, string Text, string? Url);

    public sealed record ActionJson(string Action, string Text, string? DigitalSourceType, string? Tool, string? Description, string? When);

    public sealed record IngredientJson(string? Title, string? Relationship, string? MediaType, string? InstanceId, string? Description);

    public sealed record StoryJson(
        string Outcome, bool Trusted, string Summary, string? MediaType, long Length, string Sha256, string? SignedBy, string? IssuedBy, string? Generator, string? Manifest,
        string? DigitalSourceType, string DigitalSourceText, IReadOnlyList<ActionJson> Actions, IReadOnlyList<IngredientJson> Ingredients,
        Provenance.Claims.ProductionRecord? Record, DateTimeOffset? ReleasedOn, string? ReleasedTitle, IReadOnlyList<FindingJson> Findings);

    public static IServiceCollection AddVerify(this IServiceCollection services)
    {
        services.AddOptions<VerifyOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FileReadingSlots>().AddScoped<ReadFile>();
        services.Configure<RateLimiterOptions>(limiter => limiter.AddPolicy(Limit, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = context.RequestServices.GetRequiredService<IOptions<VerifyOptions>>().Value.FilesPerMinute, Window = TimeSpan.FromMinutes(1),
            })));
        return services;
    }

    public static void MapVerify(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/verify", (IOptions<VerifyOptions> options) => Page(options.Value, null, null)).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/verify", ReadPageAsync).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(Limit).ExcludeFromDescription();
        routes.MapPost("/api/v1/verify", ReadJsonAsync).WithTags("Verify").AllowAnonymous().DisableAntiforgery().RequireRateLimiting(Limit)
            .WithName("verifyFile").WithSummary("Reads the credential of a file: a form with one file, or the bytes as the body").ProducesProblem(413).ProducesProblem(422).ProducesProblem(429);
    }

    private static RazorComponentResult<VerifyPage> Page(VerifyOptions options, FileStory? story, NotRead? problem) =>
        new(new { Story = story, Problem = problem?.Reason, options.MaxBytes }) { StatusCode = problem?.Status ?? StatusCodes.Status200OK };

    private static async Task<RazorComponentResult<VerifyPage>> ReadPageAsync(HttpContext context, ReadFile read, IOptions<VerifyOptions> options, CancellationToken cancellationToken)
    {
        var (story, problem) = await read.FromRequestAsync(context.Request, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return Page(options.Value, story, problem);
    }

    private static async Task<Results<Ok<StoryJson>, ProblemHttpResult>> ReadJsonAsync(HttpContext context, ReadFile read, CancellationToken cancellationToken)
    {
        var (story, problem) = await read.FromRequestAsync(context.Request, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return story is null ? TypedResults.Problem(problem!.Reason, statusCode: problem.Status) : TypedResults.Ok(Show(story));
    }

    private static StoryJson Show(FileStory story)
    {
        var (report, active) = (story.Report, story.Report.Active);
        return new StoryJson(
            ClearanceWords.Camel(report.Outcome), report.IsTrusted, report.Summary, report.MediaType, story.Length, story.Sha256, active?.Signer?.Subject, active?.Signer?.Issuer,
            active?.Generator is { } generator ? $"{generator.Name} {generator.Version}".Trim() : null, active?.Label, active?.DigitalSourceType, StoryWords.Source(active?.DigitalSourceType),
            [.. (active?.Actions ?? []).Select(action => new ActionJson(
                action.Action, StoryWords.Action(action.Action), action.DigitalSourceType, action.SoftwareAgent is { } agent ? $"{agent.Name} {agent.Version}".Trim() : null, action.Description, action.When))],
            [.. (active?.Ingredients ?? []).Select(from => new IngredientJson(from.Title, from.Relationship, from.MediaType, from.InstanceId, from.Description))],
            active?.Record, story.Released?.On, story.Released is { TitleName.Length: > 0 } released ? released.TitleName : null,
            [.. report.Statuses.Select(status => new FindingJson(ClearanceWords.Camel(status.Kind), status.Code, StoryWords.Finding(status), status.Url))]);
    }
}
