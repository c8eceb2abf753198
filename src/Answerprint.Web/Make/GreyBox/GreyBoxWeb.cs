using System.Text.Json;
using Answerprint.Imaging.GreyBox.Models;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Look;
using Answerprint.Web.Accounts;
using Answerprint.Web.Clearance;
using Answerprint.Web.Home;
using Answerprint.Web.Library;
using Answerprint.Web.Productions;
using Answerprint.Web.Shell;
using Answerprint.Web.Withdrawal;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Make.GreyBox;

/// <summary>/make/look: the editor of grey boxes; and what it asks of the server, which scripts may ask as well.</summary>
internal static class GreyBoxWeb
{
    private const int MostReferences = 400, MostVersions = 60;
    private static readonly AssetKind[] Pictures = [AssetKind.Still, AssetKind.Artwork, AssetKind.Video];

    /// <summary>A picture that may be a reference.</summary>
    public sealed record ReferenceJson(Guid Id, string Name, string Owner, string Rights, int Width, int Height, string Thumbnail);

    /// <summary>A version: a look that was asked for.</summary>
    public sealed record LookJson(
        Guid Id, string Name, string State, double Progress, string Phase, string Error, string? Preview, Guid? Asset, string? Picture, string? Thumbnail, double CpuSeconds, DateTimeOffset CreatedAt,
        long Seed, JsonElement Parameters, JsonElement Inputs);

    /// <summary>A wish for a look.</summary>
    public sealed record LookWish(
        Guid Production, string? Name, JsonElement? Scene, LookSegments? Segments, IReadOnlyList<LookRegion>? Regions, int? Width, int? Height, long? Seed, string? Use, Declarations? Declarations);

    /// <summary>What became of it.</summary>
    public sealed record LookAnswer(Guid? Job, string? State, bool Existing, string Decision, string Summary);

    public static void MapGreyBox(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/make/look", PageAsync).ForRoles(ConsoleRoles.Makers).ExcludeFromDescription();
        var api = routes.MapGroup("/api/v1/looks").WithTags("Looks");
        api.MapGet("", ListAsync).ForRoles(ConsoleRoles.Staff).WithName("listLooks").WithSummary("Looks of a production, latest first");
        api.MapGet("/references", ReferencesAsync).ForRoles(ConsoleRoles.Staff).WithName("listLookReferences").WithSummary("Pictures of a production that may be references");
        api.MapGet("/{id:guid}", GetAsync).ForRoles(ConsoleRoles.Staff).WithName("getLook").WithSummary("A look: its scene, its references, how far it is").ProducesProblem(404);
        api.MapPost("/models", StoreModelAsync).ForRoles(ConsoleRoles.Makers).WithName("addModel").WithSummary("Brings in a form: the body is binary glTF, or a .blend file where Blender is installed")
            .Accepts<byte[]>("application/octet-stream").Produces<ModelJson>().ProducesProblem(422).WithMetadata(new RequestSizeLimitAttribute(BlenderExport.MaxBytes));
        api.MapGet("/models/{id:guid}", ModelAsync).ForRoles(ConsoleRoles.Staff).WithName("getModel").WithSummary("A form as objects of a scene, with its triangles").Produces<ModelJson>().ProducesProblem(404);
        api.MapPost("", RequestAsync).ForRoles(ConsoleRoles.Makers).WithName("requestLook").WithSummary("Dresses a grey box, or a painted map, in references").ProducesProblem(422);
    }

    private static async Task<IResult> PageAsync(string? production, AnswerprintDb db, CancellationToken cancellationToken)
    {
        var productions = await ProductionChoice.ListAsync(db, cancellationToken);
        var chosen = productions.Find(one => one.Code == production) ?? (productions.Count > 0 ? productions[0] : null);
        return new RazorComponentResult<LookPage>(new { Productions = (IReadOnlyList<Production>)productions, Chosen = chosen });
    }

    private static async Task<Ok<List<ReferenceJson>>> ReferencesAsync(Guid production, AnswerprintDb db, CancellationToken cancellationToken)
    {
        var assets = await db.Set<Asset>().AsNoTracking()
            .Where(asset => asset.ProductionId == production && asset.State == AssetState.Active && Pictures.Contains(asset.Kind))
            .OrderByDescending(asset => asset.Id).Take(MostReferences).ToListAsync(cancellationToken);
        return TypedResults.Ok(assets.ConvertAll(asset => new ReferenceJson(
            asset.Id, asset.Name, asset.Owner, asset.Rights.ToString(), asset.Width, asset.Height, MediaRoutes.UrlOf(asset.Id, RenditionKind.Thumbnail))));
    }

    private static async Task<Ok<List<LookJson>>> ListAsync(Guid production, AnswerprintDb db, DataFolder folder, CancellationToken cancellationToken)
    {
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => job.ProductionId == production && job.Recipe == "look" && job.Run == 1)
            .OrderByDescending(job => job.CreatedAt).Take(MostVersions).ToListAsync(cancellationToken);
        var ids = jobs.ConvertAll(job => job.Id);
        var assets = await db.Set<Asset>().AsNoTracking().Where(asset => asset.JobId != null && ids.Contains(asset.JobId.Value) && asset.Kind == AssetKind.Still && asset.State == AssetState.Active).ToListAsync(cancellationToken);
        return TypedResults.Ok(jobs.ConvertAll(job => Show(job, assets.Find(asset => asset.JobId == job.Id), folder)));
    }

    private static async Task<IResult> GetAsync(Guid id, AnswerprintDb db, DataFolder folder, CancellationToken cancellationToken)
    {
        if (await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(job => job.Id == id && job.Recipe == "look", cancellationToken) is not { } job)
            return Results.Problem($"there is no look {id}", statusCode: 404);
        var asset = await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.JobId == id && asset.Kind == AssetKind.Still && asset.State == AssetState.Active, cancellationToken);
        return Results.Ok(Show(job, asset, folder));
    }

    private static async Task<IResult> RequestAsync(LookWish body, HttpContext context, RequestLook request, CancellationToken cancellationToken)
    {
        if (body.Segments is null && body.Scene is not { ValueKind: JsonValueKind.Object }) return Results.Problem("A look has a scene, which is an object, or segments; see docs/greybox.md.", statusCode: 422);
        if (body.Segments is { } map && (map.Regions is null || map.Regions.Any(region => region is null))) return Results.Problem("Segments have regions, each with a name and a colour.", statusCode: 422);
        var use = Use.Ideation;
        if (body.Use is not null && !UseName.TryParse(body.Use, out use)) return Results.Problem(UseName.Problem(body.Use), statusCode: 422);
        var regions = body.Regions ?? [];
        if (regions.Any(region => region?.References is null || region.Region is null || region.References.Any(part => part is null))) return Results.Problem("each region has a name and references", statusCode: 422);
        var wish = new RequestLookRequest(body.Production, body.Name ?? "Look", body.Segments is null ? body.Scene : null, regions, body.Width ?? 1280, body.Height ?? 720, body.Seed ?? 1, use, body.Declarations ?? new Declarations()) { Segments = body.Segments };
        var result = await request.HandleAsync(wish, context.User.ToActor(), cancellationToken);
        if (result.Job is not { } job || result.Decision is not { } decision) return Results.Problem(ClearanceWords.Capital(result.Problem), statusCode: 422);
        return Results.Ok(new LookAnswer(job.Id, job.State.ToString(), result.Existing, decision.Answer.ToString(), ClearanceDoor.Summary(decision)));
    }

    private static async Task<IResult> StoreModelAsync(HttpContext context, Guid production, string? name, StoreModel store, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength is null or > BlenderExport.MaxBytes) return Results.Problem($"A form has up to {BlenderExport.MaxBytes >> 20} MiB and says its length.", statusCode: 422);
        var file = new byte[context.Request.ContentLength.Value];
        await context.Request.Body.ReadExactlyAsync(file, cancellationToken);
        var result = await store.HandleAsync(new StoreModelRequest(production, name ?? "", file), context.User.ToActor(), cancellationToken);
        return result is { Asset: { } asset, Model: { } model } ? Results.Ok(ModelJson.Of(asset, model)) : result.Refusal!.ToProblem();
    }

    private static async Task<IResult> ModelAsync(Guid id, HttpContext context, AnswerprintDb db, BlobStore blobs, CancellationToken cancellationToken)
    {
        if (await Quarantined.HoldsAsync(db, id, cancellationToken)) return Quarantined.Gone(context);
        var asset = await LibraryQuery.FindAsync(db, id, context.User.ToActor(), cancellationToken);
        if (asset is not { Kind: AssetKind.Model } || !blobs.Exists(asset.BlobSha256)) return Results.Problem($"There is no form {id}.", statusCode: 404);
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.Ok(ModelJson.Of(asset, GlbReader.Read(await File.ReadAllBytesAsync(blobs.PathOf(asset.BlobSha256), cancellationToken))));
    }

    private static LookJson Show(Job job, Asset? asset, DataFolder folder) => new(
        job.Id, job.Name, job.State.ToString(), job.Progress, job.Phase, job.Error, job.HasEnded ? null : MediaRoutes.PreviewUrlOf(folder, job.Id), asset?.Id,
        asset is null ? null : MediaRoutes.UrlOf(asset.Id, RenditionKind.Poster), asset is null ? null : MediaRoutes.UrlOf(asset.Id, RenditionKind.Thumbnail), job.CpuSeconds, job.CreatedAt, job.Seed,
        JsonDocument.Parse(job.ParametersJson).RootElement, JsonDocument.Parse(job.InputsJson).RootElement);
}
