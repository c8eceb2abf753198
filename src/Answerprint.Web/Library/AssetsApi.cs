using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Find;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Library;

/// <summary>Assets under /api/v1.</summary>
internal static class AssetsApi
{
    public sealed record AssetAnswer(
        Guid Id, Guid ProductionId, string Kind, string Name, string FileName, string MediaType, string Sha256, long Length, int Width, int Height, long Frames, string FrameRate,
        string Owner, string Rights, string Licence, DateTimeOffset? RightsFrom, DateTimeOffset? RightsUntil, string Performers, string State, string StateReason,
        Guid? JobId, DateTimeOffset CreatedAt);

    public sealed record LineageAnswer(Guid Asset, string Part, double Share);

    public sealed record RightsBody(
        string? Owner, RightsKind? Rights, string? Licence, DateTimeOffset? From, DateTimeOffset? Until, string? ContributorRelease, PerformerPresence? Performers);

    public sealed record ReasonBody(string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var assets = routes.MapGroup("/api/v1/assets").WithTags("Library");
        assets.MapGet("", ListAsync).ForRoles(ConsoleRoles.Staff).WithName("listAssets").WithSummary("Assets by kind, production, rights and text, latest first, 60 a page").ProducesProblem(400);
        assets.MapGet("/{id:guid}", GetAsync).ForRoles(ConsoleRoles.Staff).WithName("getAsset").WithSummary("An asset with its lineage both ways").ProducesProblem(404);
        assets.MapPut("/{id:guid}/rights", SetRightsAsync).ForRoles(ConsoleRoles.Keepers).WithName("setRights").WithSummary("States whose an asset is").ProducesProblem(404).ProducesProblem(422);
        assets.MapPost("/{id:guid}/take-down", (Guid id, ReasonBody body, HttpContext context, TakeDown take, CancellationToken cancellationToken) => TakeAsync(id, true, body, context, take, cancellationToken))
            .ForRoles(ConsoleRoles.Keepers).WithName("takeDownAsset").WithSummary("Quarantines an asset").ProducesProblem(404).ProducesProblem(409);
        assets.MapPost("/{id:guid}/restore", (Guid id, ReasonBody body, HttpContext context, TakeDown take, CancellationToken cancellationToken) => TakeAsync(id, false, body, context, take, cancellationToken))
            .ForRoles(ConsoleRoles.Keepers).WithName("restoreAsset").WithSummary("Ends a quarantine").ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> ListAsync(HttpContext context, FindReferences find, CancellationToken cancellationToken)
    {
        var filter = LibraryFilter.From(context.Request.Query) with { EveryCopy = true };
        var found = await find.HandleAsync(filter.Request, context.User.ToActor(), cancellationToken);
        return Results.Ok(new { found.Total, filter.Page, Assets = found.Assets.Select(Answer) });
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, AnswerprintDb db, CancellationToken cancellationToken)
    {
        if (await LibraryQuery.FindAsync(db, id, context.User.ToActor(), cancellationToken) is not { } asset) return NotFound(id);
        var from = await db.Set<AssetInput>().Where(input => input.AssetId == id).ToListAsync(cancellationToken);
        var into = await db.Set<AssetInput>().Where(input => input.SourceId == id).ToListAsync(cancellationToken);
        return Results.Ok(new
        {
            Asset = Answer(asset),
            MadeFrom = from.ConvertAll(input => new LineageAnswer(input.SourceId, input.Part, input.ShareMillionths / 1e6)),
            UsedIn = into.ConvertAll(input => new LineageAnswer(input.AssetId, input.Part, input.ShareMillionths / 1e6)),
        });
    }

    private static async Task<IResult> SetRightsAsync(Guid id, RightsBody body, HttpContext context, SetRights set, CancellationToken cancellationToken)
    {
        var request = new SetRightsRequest(
            id, body.Owner ?? "", body.Rights ?? RightsKind.Unknown, body.Licence ?? "", body.From, body.Until, body.ContributorRelease ?? "", body.Performers ?? PerformerPresence.Unknown);
        var done = await set.HandleAsync(request, context.User.ToActor(), cancellationToken);
        return done.Asset is { } asset ? Results.Ok(Answer(asset)) : done.Refusal!.ToProblem();
    }

    private static async Task<IResult> TakeAsync(Guid id, bool quarantine, ReasonBody body, HttpContext context, TakeDown take, CancellationToken cancellationToken)
    {
        var done = await take.HandleAsync(new TakeDownRequest(id, quarantine, body.Reason ?? ""), context.User.ToActor(), cancellationToken);
        return done.Asset is { } asset ? Results.Ok(Answer(asset)) : done.Refusal!.ToProblem();
    }

    private static AssetAnswer Answer(Asset asset) => new(
        asset.Id, asset.ProductionId, asset.Kind.ToString(), asset.Name, asset.FileName, asset.MediaType, asset.BlobSha256, asset.Length, asset.Width, asset.Height, asset.Frames,
        asset.FrameRate, asset.Owner, asset.Rights.ToString(), asset.Licence, asset.RightsFrom, asset.RightsUntil, asset.Performers.ToString(), asset.State.ToString(),
        asset.StateReason, asset.JobId, asset.CreatedAt);

    private static IResult NotFound(Guid id) => Refusal.NotFound($"There is no asset {id}.").ToProblem();
}
