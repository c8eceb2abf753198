using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Promotion;
using Answerprint.Web.Accounts;
using Answerprint.Web.Clearance;
using Answerprint.Web.Shell;
using Answerprint.Web.Withdrawal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Promotion;

/// <summary>Artwork under /api/v1.</summary>
internal static class ArtworkApi
{
    public sealed record ArtworkJson(
        Guid Id, Guid Title, Guid Asset, Guid Job, string Aspect, int Variant, bool HasTitle, bool? Kept, Guid? Release, bool Published, bool Quarantined,
        int Width, int Height, string PixelSha256, string Grade, ArtworkStory Story, string State);

    public sealed record ArtworkWish(
        string? Title, string? Use, Declarations? Declarations, IReadOnlyList<Guid>? Sources, string? TitleText, IReadOnlyList<string>? Aspects, int? Variants, double? Variety, bool? Again, bool? Preview);

    public sealed record ArtworkAnswer(Guid? Job, string? JobState, bool Existing, Guid? Decision, string? Answer, string? WaitsFor, string? Summary);

    public sealed record KeepBody(bool? Kept);

    public sealed record PublishBody(bool? Published);

    public static void Map(IEndpointRouteBuilder routes, string[] readers, string[] makers, string[] publishers)
    {
        var api = routes.MapGroup("/api/v1/artwork").WithTags("Promotion").ForRoles(readers);
        api.MapGet("", ListAsync).WithName("listArtwork").WithSummary("Artwork of a title, newest work first").ProducesProblem(404).ProducesProblem(422);
        api.MapGet("/{id:guid}", GetAsync).WithName("getArtwork").WithSummary("One artwork with its score explained").ProducesProblem(404);
        api.MapGet("/{id:guid}/attribution", PixelAsync).WithName("getAttribution").WithSummary("Where the pixel x, y came from; without them, the shares of each source").ProducesProblem(404).ProducesProblem(410).ProducesProblem(422);
        var making = routes.MapGroup("/api/v1/artwork").WithTags("Promotion").ForRoles(makers);
        making.MapPost("", RequestAsync).WithName("requestArtwork").WithSummary("Asks Clearance and makes artwork of a title; preview true only asks").ProducesProblem(404).ProducesProblem(422);
        making.MapPut("/{id:guid}/kept", KeepAsync).WithName("keepArtwork").WithSummary("Keeps, drops, or takes the word back").ProducesProblem(404).ProducesProblem(409);
        routes.MapPut("/api/v1/artwork/{id:guid}/published", PublishAsync).WithTags("Promotion").ForRoles(publishers)
            .WithName("publishArtwork").WithSummary("Puts a released artwork on the title's pages, or takes it off").ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    private static ArtworkJson Show(ArtworkView view) => new(
        view.Record.Id, view.Record.TitleId, view.Asset.Id, view.Job.Id, view.Record.Aspect, view.Record.Variant, view.Record.HasTitle, view.Record.Kept, view.Record.ReleaseId,
        view.Record.IsPublished, view.IsQuarantined, view.Asset.Width, view.Asset.Height, view.Asset.PixelSha256, ClearanceWords.Camel(view.Job.Grade), view.Story,
        view.IsQuarantined ? "quarantined" : view.Record.IsPublished ? "published" : view.Record.ReleaseId is not null ? "released" : "draft");

    private static async Task<Results<Ok<List<ArtworkJson>>, ProblemHttpResult>> ListAsync(string? title, ArtworkReader reader, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(title)) return TypedResults.Problem("title must be the last part of the title's address", statusCode: 422);
        if (await reader.TitleAsync(title, cancellationToken) is not { } found) return TypedResults.Problem($"there is no title '{title}'", statusCode: 404);
        return TypedResults.Ok((await reader.BoardAsync(found, cancellationToken)).Artworks.Select(Show).ToList());
    }

    private static async Task<Results<Ok<ArtworkJson>, ProblemHttpResult>> GetAsync(Guid id, ArtworkReader reader, CancellationToken cancellationToken) =>
        await reader.FindAsync(id, cancellationToken) is { } view ? TypedResults.Ok(Show(view)) : Missing(id);

    private static async Task<IResult> PixelAsync(Guid id, int? x, int? y, HttpContext context, ArtworkReader reader, PixelStory pixels, CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(id, cancellationToken) is not { } view) return Missing(id);
        if (view.IsQuarantined) return Quarantined.Gone(context);
        if (await pixels.MapAsync(view.Record, cancellationToken) is not { } map) return Missing(id);
        if (x is null && y is null) return TypedResults.Ok(await pixels.SharesAsync(view.Record, map, cancellationToken));
        if (x is not (>= 0) || y is not (>= 0) || x >= map.Width || y >= map.Height)
            return TypedResults.Problem($"({x}, {y}) is outside the picture of {map.Width} x {map.Height} pixels", statusCode: 422);
        return TypedResults.Ok(await pixels.AtAsync(view.Record, map, x.Value, y.Value, cancellationToken));
    }

    private static async Task<Results<Ok<ArtworkAnswer>, ProblemHttpResult>> RequestAsync(
        ArtworkWish body, HttpContext context, ArtworkReader reader, RequestArtwork request, PolicyLibrary library, CancellationToken cancellationToken)
    {
        if (await reader.TitleAsync(body.Title ?? "", cancellationToken) is not { } title) return TypedResults.Problem($"there is no title '{body.Title}'", statusCode: 404);
        if (!UseName.TryParse(body.Use, out var use)) return TypedResults.Problem(UseName.Problem(body.Use), statusCode: 422);
        var said = body.Declarations ?? DeclarationForm.Careful;
        if (DeclarationForm.Problem(library, said) is { Length: > 0 } misfit) return TypedResults.Problem(misfit, statusCode: 422);
        var wish = new RequestArtworkRequest(title.Id, use, said)
        {
            Sources = body.Sources ?? [], TitleText = body.TitleText, Aspects = body.Aspects ?? [], Variants = body.Variants ?? 3, Variety = body.Variety ?? 0.35, Again = body.Again ?? false,
        };
        var actor = context.User.ToActor();
        var result = body.Preview == true ? await request.PreviewAsync(wish, actor, cancellationToken) : await request.HandleAsync(wish, actor, cancellationToken);
        if (result.Decision is not { } decision) return TypedResults.Problem(result.Problem, statusCode: 422);
        return TypedResults.Ok(new ArtworkAnswer(
            result.Job?.Id, result.Job is { } job ? ClearanceWords.Camel(job.State) : null, result.Existing, result.Job is null ? null : decision.Id, ClearanceWords.Camel(decision.Answer),
            decision.State == DecisionState.Pending ? decision.EscalatedTo : "", ClearanceDoor.Summary(decision)));
    }

    private static async Task<IResult> KeepAsync(Guid id, KeepBody body, HttpContext context, KeepArtwork keep, ArtworkReader reader, CancellationToken cancellationToken)
    {
        var result = await keep.HandleAsync(new KeepArtworkRequest(id, body.Kept), context.User.ToActor(), cancellationToken);
        return result.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(Show((await reader.FindAsync(id, cancellationToken))!));
    }

    private static async Task<IResult> PublishAsync(Guid id, PublishBody body, HttpContext context, PublishArtwork publish, ArtworkReader reader, CancellationToken cancellationToken)
    {
        if (body.Published is not { } published) return TypedResults.Problem("published must be true or false", statusCode: 422);
        var result = await publish.HandleAsync(new PublishArtworkRequest(id, published), context.User.ToActor(), cancellationToken);
        return result.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(Show((await reader.FindAsync(id, cancellationToken))!));
    }

    private static ProblemHttpResult Missing(Guid id) => TypedResults.Problem($"there is no artwork {id}", statusCode: 404);
}
