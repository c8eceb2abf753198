using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Clearance;

/// <summary>Releases under /api/v1.</summary>
internal static class ReleasesApi
{
    public sealed record ReleaseJson(
        Guid Id, Guid Asset, string Name, string Use, Guid Decision, string FileName, string MediaType, long Length, string Sha256, string Manifest,
        Guid ReleasedBy, DateTimeOffset ReleasedAt, bool Published, bool TakenBack);

    public sealed record ReleaseRequest(Guid? Asset, string? Use, Declarations? Declarations);

    public sealed record ReleaseAnswer(Guid Decision, string Answer, string State, string WaitsFor, string Summary, Guid? Release);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/releases").WithTags("Clearance").ForRoles(ClearanceRoles.Readers);
        api.MapGet("", async (ReleaseReader reader, CancellationToken cancellationToken) =>
            TypedResults.Ok((await reader.ListAsync(null, cancellationToken)).Take(ReleaseReader.PageSize).Select(Show).ToList()))
            .WithName("listReleases").WithSummary("What left the house, newest first");
        api.MapGet("/{id:guid}", GetAsync).WithName("getRelease").WithSummary("One release").ProducesProblem(404);
        api.MapGet("/{id:guid}/file", ClearanceWeb.FileAsync).WithName("getReleaseFile").WithSummary("Its signed bytes").ProducesProblem(404).ProducesProblem(410);
        routes.MapPost("/api/v1/releases", RequestAsync).WithTags("Clearance").ForRoles(ClearanceRoles.Requesters)
            .WithName("requestRelease").WithSummary("Asks Clearance to let an asset out; signs it at once where the rules allow").ProducesProblem(409).ProducesProblem(422);
    }

    private static ReleaseJson Show(ReleaseView view) => new(
        view.Record.Id, view.Asset.Id, view.Asset.Name, ClearanceWords.Camel(Enum.TryParse<Use>(view.Record.Use, out var use) ? use : Use.Ideation), view.Record.DecisionId, view.Record.FileName,
        view.Record.MediaType, view.Record.Length, view.Record.BlobSha256, view.Record.ManifestLabel, view.Record.ReleasedBy, view.Record.ReleasedAt,
        view.Artwork?.IsPublished ?? false, view.IsTakenBack);

    private static async Task<Results<Ok<ReleaseJson>, ProblemHttpResult>> GetAsync(Guid id, ReleaseReader reader, CancellationToken cancellationToken) =>
        await reader.FindAsync(id, cancellationToken) is { } view ? TypedResults.Ok(Show(view)) : TypedResults.Problem($"there is no release {id}", statusCode: 404);

    private static async Task<Results<Ok<ReleaseAnswer>, ProblemHttpResult>> RequestAsync(
        ReleaseRequest body, HttpContext context, ReleaseDesk desk, PolicyLibrary library, CancellationToken cancellationToken)
    {
        if (body.Asset is not { } asset) return TypedResults.Problem("asset must be named", statusCode: 422);
        if (!UseName.TryParse(body.Use, out var use)) return TypedResults.Problem(UseName.Problem(body.Use), statusCode: 422);
        var said = body.Declarations ?? DeclarationForm.Careful;
        if (DeclarationForm.Problem(library, said) is { Length: > 0 } misfit) return TypedResults.Problem(misfit, statusCode: 422);
        var result = await desk.RequestAsync(new RequestRelease(asset, use, said), context.User.ToActor(), cancellationToken);
        if (result.Decision is not { } decision) return TypedResults.Problem(result.Problem, statusCode: 409);
        return TypedResults.Ok(new ReleaseAnswer(
            decision.Id, ClearanceWords.Camel(decision.Answer), ClearanceWords.Camel(decision.State), decision.State == DecisionState.Pending ? decision.EscalatedTo : "",
            ClearanceDoor.Summary(decision), result.Release?.Id));
    }
}
