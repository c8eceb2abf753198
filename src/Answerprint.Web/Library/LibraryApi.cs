using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Find;
using Answerprint.Platform.Library.Tagging;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Library;

/// <summary>The library under /api/v1.</summary>
internal static class LibraryApi
{
    public sealed record SwatchAnswer(string Colour, double Share);

    public sealed record ReferenceAnswer(
        Guid Id, string Name, string Kind, Guid ProductionId, string Owner, string Rights, string Licence, DateTimeOffset? RightsFrom, DateTimeOffset? RightsUntil, string Standing, bool Usable,
        int Width, int Height, IReadOnlyList<string> Tags, IReadOnlyList<SwatchAnswer> Palette, Guid? Group, int? Frame);

    public sealed record FoundAnswer(int Total, int Page, bool Partial, IReadOnlyList<ReferenceAnswer> References);

    public sealed record TagsBody(IReadOnlyList<Guid>? Assets, IReadOnlyList<string>? Add, IReadOnlyList<string>? Remove);

    public sealed record RenameBody(string? From, string? To);

    public sealed record ChangedAnswer(int Changed);

    public sealed record TagAnswer(string Tag, int Count);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var library = routes.MapGroup("/api/v1/library").WithTags("Library");
        library.MapGet("", FindAsync).ForRoles(ConsoleRoles.Staff).WithName("findReferences")
            .WithSummary("References by words (q), colour, like, tag, kind, production, owner, licence, rights and standing; 60 a page").Produces<FoundAnswer>();
        library.MapPost("/look", LookAsync).ForRoles(ConsoleRoles.Staff).WithName("findByPicture").Accepts<byte[]>("application/octet-stream", "image/jpeg", "image/png")
            .WithSummary("References that look like a picture; the body is its bytes, and is not kept").Produces<FoundAnswer>().ProducesProblem(413).ProducesProblem(422);
        library.MapGet("/tags", TagsAsync).ForRoles(ConsoleRoles.Staff).WithName("listTags").WithSummary("Tags in use, the commonest first").Produces<IReadOnlyList<TagAnswer>>();
        library.MapPost("/tags", ChangeAsync).ForRoles([.. LibraryAccess.Curators]).WithName("changeTags").WithSummary("Adds and removes tags of many assets").Produces<ChangedAnswer>().ProducesProblem(404).ProducesProblem(422);
        library.MapPost("/tags/rename", RenameAsync).ForRoles([.. LibraryAccess.Curators]).WithName("renameTag").WithSummary("Renames a tag on every asset that has it").Produces<ChangedAnswer>().ProducesProblem(404).ProducesProblem(422);
    }

    private static Task<IResult> FindAsync(HttpContext context, FindReferences find, ReferenceDetails details, TimeProvider clock, CancellationToken cancellationToken) =>
        AnswerAsync(LibraryFilter.From(context.Request.Query), context, find, details, clock, cancellationToken);

    private static async Task<IResult> LookAsync(HttpContext context, LookOfPicture look, FindReferences find, ReferenceDetails details, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > LookOfPicture.MaxBytes) return Results.Problem($"The picture has more than {LookOfPicture.MaxBytes >> 20} MiB.", statusCode: StatusCodes.Status413PayloadTooLarge);
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LookOfPicture.MaxBytes + 1;
        var seen = await look.HandleAsync(context.Request.Body, cancellationToken);
        return seen.Look is { } found
            ? await AnswerAsync(LibraryFilter.From(context.Request.Query) with { Look = LibraryFilter.TextOf(found) }, context, find, details, clock, cancellationToken)
            : seen.Refusal!.ToProblem();
    }

    private static async Task<IResult> AnswerAsync(LibraryFilter filter, HttpContext context, FindReferences find, ReferenceDetails details, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (actor, now) = (context.User.ToActor(), clock.GetUtcNow());
        var found = await find.HandleAsync(filter.Request, actor, cancellationToken);
        var more = await details.HandleAsync([.. found.Assets.Select(asset => asset.Id)], actor, cancellationToken);
        return Results.Ok(new FoundAnswer(found.Total, filter.Page, found.IsPartial, [.. found.Assets.Select(asset => Answer(asset, more[asset.Id], found.Frames.TryGetValue(asset.Id, out var frame) ? frame : null, now))]));
    }

    private static ReferenceAnswer Answer(Asset asset, ReferenceDetail detail, int? frame, DateTimeOffset now)
    {
        var standing = Standings.Of(asset, now);
        return new ReferenceAnswer(
            asset.Id, asset.Name, asset.Kind.ToString(), asset.ProductionId, asset.Owner, asset.Rights.ToString(), asset.Licence, asset.RightsFrom, asset.RightsUntil, standing.ToString(), standing.IsUsable(),
            asset.Width, asset.Height, detail.Tags, [.. detail.Palette.Select(swatch => new SwatchAnswer(swatch.Colour.ToString(), swatch.PartsPerMillion / 1e6))], detail.Group, frame);
    }

    private static async Task<IResult> TagsAsync(HttpContext context, AnswerprintDb db, CancellationToken cancellationToken) =>
        Results.Ok((await TagsInUse.LoadAsync(db, context.User.ToActor(), cancellationToken)).Select(tag => new TagAnswer(tag.Tag, tag.Count)));

    private static async Task<IResult> ChangeAsync(TagsBody body, HttpContext context, ChangeTags change, CancellationToken cancellationToken)
    {
        var done = await change.HandleAsync(new ChangeTagsRequest(body.Assets ?? [], body.Add ?? [], body.Remove ?? []), context.User.ToActor(), cancellationToken);
        return done.Refusal is null ? Results.Ok(new ChangedAnswer(done.Changed)) : done.Refusal.ToProblem();
    }

    private static async Task<IResult> RenameAsync(RenameBody body, HttpContext context, RenameTag rename, CancellationToken cancellationToken)
    {
        var done = await rename.HandleAsync(new RenameTagRequest(body.From ?? "", body.To ?? ""), context.User.ToActor(), cancellationToken);
        return done.Refusal is null ? Results.Ok(new ChangedAnswer(done.Changed)) : done.Refusal.ToProblem();
    }
}
