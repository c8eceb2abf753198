using System.Globalization;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Repair;
using Answerprint.Web.Clearance;
using Answerprint.Web.Home;
using Answerprint.Web.Library;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using MissingPage = Answerprint.Web.Home.MissingPage;

namespace Answerprint.Web.Make;

/// <summary>/make/repair: choose a plate, say what is to be done, see it done.</summary>
internal static class RepairRoutes
{
    private static readonly AssetKind[] Plates = [AssetKind.Still, AssetKind.Artwork, AssetKind.Video];
    private static readonly string[] Recipes = [.. Enum.GetValues<RepairKind>().Select(RequestRepair.RecipeOf), "fill-shot"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/make/repair").ForRoles(ConsoleRoles.Staff).ExcludeFromDescription();
        pages.MapGet("", PickAsync);
        pages.MapGet("/{id:guid}", (Guid id, HttpContext context, string? mode, long? frame) => WorkAsync(id, context, new RepairForm { Kind = RepairForm.KindOf(mode), Frame = frame ?? 0, Whole = frame is null }, null));
        pages.MapGet("/jobs/{id:guid}", JobAsync);
        routes.MapPost("/make/repair/jobs/{id:guid}/cancel", CancelAsync).ForRoles(ConsoleRoles.Operators).ExcludeFromDescription();
        routes.MapPost("/make/repair/{id:guid}", MakeAsync).ForRoles(ConsoleRoles.Makers).ExcludeFromDescription();
    }

    private static async Task<IResult> PickAsync(AnswerprintDb db, TimeProvider clock, string? production, string? q, CancellationToken cancellationToken) => new RazorComponentResult<RepairPage>(new
    {
        Choices = await PlateChoices.FindAsync(db, Plates, production, q, clock.GetUtcNow(), cancellationToken), Recent = await LatelyMade.ListAsync(db, Recipes, Made, cancellationToken),
    });

    private static LatelyMade Made(Job job, AssetLook? look) => new(job, look, look is { Kind: not AssetKind.Video } ? ResultModel.HrefOf(look.Id) : $"/make/repair/jobs/{job.Id}");

    private static async Task<IResult> WorkAsync(Guid id, HttpContext context, RepairForm form, string? problem)
    {
        var (services, actor) = (context.RequestServices, context.User.ToActor());
        if (await PlateChoices.OpenAsync(services.GetRequiredService<AnswerprintDb>(), id, Plates, actor, context.RequestAborted) is not { } plate)
            return MissingPage.Show("No such plate", "It does not exist, is no picture, or was taken back.", "/make/repair", "Repair");
        var known = services.GetServices<IRecipe>().Select(recipe => recipe.Name).ToHashSet();
        return new RazorComponentResult<RepairWorkPage>(new
        {
            Asset = plate.Asset, Look = plate.Look, Form = form, Problem = problem, MayMake = actor.HasAny(ConsoleRoles.Makers),
            Kinds = (IReadOnlyList<RepairKind>)[.. Enum.GetValues<RepairKind>().Where(kind => known.Contains(RequestRepair.RecipeOf(kind)))],
        }) { StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }

    private static async Task<IResult> MakeAsync(Guid id, HttpContext context, RequestRepair request)
    {
        var form = RepairForm.Read(await context.Request.ReadFormAsync(context.RequestAborted));
        if (form.Problem.Length > 0) return await WorkAsync(id, context, form, form.Problem);
        var result = await request.HandleAsync(form.ToRequest(id), context.User.ToActor(), context.RequestAborted);
        return result.Job is null ? await WorkAsync(id, context, form, ClearanceWords.Capital(result.Problem) + ".") : Results.LocalRedirect($"/make/repair/jobs/{result.Job.Id}");
    }

    /// <summary>Stops it, and leads back to where it stood.</summary>
    private static async Task<IResult> CancelAsync(Guid id, HttpContext context, CancelJob cancel)
    {
        await cancel.HandleAsync(id, context.User.ToActor(), context.RequestAborted);
        return Results.LocalRedirect($"/make/repair/jobs/{id}?stopping=1");
    }

    /// <summary>While it runs: its progress. When it is done: its result.</summary>
    private static async Task<IResult> JobAsync(Guid id, string? stopping, AnswerprintDb db, DataFolder folder, CancellationToken cancellationToken)
    {
        if (await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(job => job.Id == id, cancellationToken) is not { } job) return MissingPage.Show("No such repair", "It does not exist.", "/make/repair", "Repair");
        var made = job.State != JobState.Done ? null : await (
            from run in db.Set<Job>()
            join asset in db.Set<Asset>() on run.Id equals asset.JobId
            where run.Hash == job.Hash && asset.Kind == AssetKind.Still
            select (Guid?)asset.Id).FirstOrDefaultAsync(cancellationToken);
        if (made is { } result) return Results.LocalRedirect(ResultModel.HrefOf(result));
        var source = Guid.TryParse(System.Text.Json.JsonDocument.Parse(job.InputsJson).RootElement[0].GetProperty("asset").GetString(), out var from) ? from : (Guid?)null;
        var shot = job.State != JobState.Done ? null : await (
            from run in db.Set<Job>()
            join asset in db.Set<Asset>() on run.Id equals asset.JobId
            where run.Hash == job.Hash && (asset.Kind == AssetKind.Video || asset.Kind == AssetKind.Sequence)
            select asset).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        var looks = await AssetLook.LoadAsync(db, new[] { source, shot?.Id }.OfType<Guid>(), cancellationToken);
        return new RazorComponentResult<RepairRunPage>(new { Job = job, Preview = MediaRoutes.PreviewUrlOf(folder, job.Id), Source = source, Plate = source is { } plate ? looks.GetValueOrDefault(plate) : null, Shot = shot is null ? null : looks[shot.Id], Message = stopping is not null && !job.HasEnded ? "It is being stopped." : null });
    }
}

/// <summary>The wish for a repair as the form holds it.</summary>
public sealed record RepairForm
{
    public RepairKind Kind { get; init; }

    public Guid? MaskId { get; init; }

    public long Frame { get; init; }

    public int Left { get; init; }

    public int Top { get; init; }

    public int Right { get; init; }

    public int Bottom { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public bool Copy { get; init; }

    /// <summary>All frames of a locked-off shot, rather than one as a still.</summary>
    public bool Whole { get; init; }

    /// <summary>Of a whole shot: what the mask covers passes by.</summary>
    public bool Passing { get; init; }

    public Use Use { get; init; } = Use.Ideation;

    public string Problem { get; init; } = "";

    public static RepairKind KindOf(string? text) => Enum.TryParse<RepairKind>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : RepairKind.Fill;

    public static RepairForm Read(IFormCollection form)
    {
        var problem = "";
        int Number(string name)
        {
            var text = form[name].ToString();
            if (text.Length == 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return text.Length == 0 ? 0 : int.Parse(text, CultureInfo.InvariantCulture);
            problem = $"'{text}' is no number of pixels for '{name}'.";
            return 0;
        }
        if (!UseName.TryParse(form["use"], out var use)) problem = UseName.Problem(form["use"]);
        return new RepairForm
        {
            Kind = KindOf(form["kind"]), MaskId = Guid.TryParse(form["maskId"], out var mask) ? mask : null, Frame = Number("frame"), Left = Number("left"), Top = Number("top"), Right = Number("right"),
            Bottom = Number("bottom"), Width = Number("width"), Height = Number("height"), Copy = form["copy"].Contains("true"), Whole = form["whole"].Contains("true"), Passing = form["passing"].Contains("true"), Use = use, Problem = problem,
        };
    }

    public RequestRepairRequest ToRequest(Guid assetId) => new(assetId, Kind, Use)
    {
        MaskId = MaskId, Margins = (Left, Top, Right, Bottom), Width = Width, Height = Height, Frame = Frame, Copy = Copy, WholeShot = Whole && Kind == RepairKind.Fill, Passing = Passing, Declarations = new Declarations { Alteration = "asRecorded" },
    };
}
