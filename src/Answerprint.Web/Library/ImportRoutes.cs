using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Productions.Import;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Productions;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Library;

/// <summary>/library/import: many files with one statement of rights; /library/imports/ID: how far they are.</summary>
internal static class ImportRoutes
{
    private const int MostRecent = 12;
    private static readonly string[] Carried = ["production", "rights", "owner", "licence", "from", "until", "performers", "contributorRelease", "tags"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/library").ExcludeFromDescription();
        pages.MapGet("/import", (HttpContext context, AnswerprintDb db) => PageAsync(context, db)).ForRoles(ConsoleRoles.Makers);
        pages.MapPost("/import", ImportAsync).ForRoles(ConsoleRoles.Makers);
        pages.MapGet("/imports/{id:guid}", ProgressAsync).ForRoles(ConsoleRoles.Staff);
    }

    private static async Task<IResult> ImportAsync(HttpContext context, AnswerprintDb db, ImportUploads import)
    {
        var form = await PageForm.ReadAsync(context);
        var values = Carried.ToDictionary(name => name, name => form[name]);
        var production = await db.Set<Production>().AsNoTracking().FirstOrDefaultAsync(production => production.Code == form["production"], context.RequestAborted);
        var ids = form.All("upload").Select(IngestUploads.IdIn).OfType<Guid>().ToList();
        var tags = Tag.ParseList(form["tags"], out var tagProblem);
        var problem = production is null ? $"There is no production '{form["production"]}'."
            : ids.Count == 0 ? "No file has arrived yet: choose some, and wait until each is complete."
            : ids.Count > IngestUploads.MaxFiles ? $"{ids.Count} files were sent; {IngestUploads.MaxFiles} are taken at once."
            : tagProblem;
        if (!ProductionsRoutes.TryRights(form, out var rights, out var rightsProblem) || problem.Length > 0) return await PageAsync(context, db, [problem.Length > 0 ? problem : rightsProblem], values);
        // Said before anything is taken, so that the form comes back whole.
        if (rights.Kind != RightsKind.Unknown && string.IsNullOrWhiteSpace(rights.Owner)) return await PageAsync(context, db, ["An owner is needed, unless the rights are not stated."], values);
        if (rights.Until < rights.From) return await PageAsync(context, db, ["The rights end before they begin."], values);
        try
        {
            var (made, _) = await import.HandleAsync(ids, new ImportFilesRequest(production!.Id, $"{Words.Count(ids.Count, "file", "files")}{(rights.Owner.Length > 0 ? $" of {rights.Owner}" : "")}", rights, tags), context.User.ToActor(), context.RequestAborted);
            return Results.LocalRedirect($"/library/imports/{made.Id}");
        }
        catch (StorageFullException full)
        {
            return await PageAsync(context, db, [full.Message], values, StatusCodes.Status507InsufficientStorage);
        }
    }

    private static async Task<IResult> ProgressAsync(Guid id, string? part, HttpContext context, AnswerprintDb db)
    {
        if (await ImportModel.LoadAsync(db, id, context.User.ToActor(), context.RequestAborted) is not { } model) return MissingPage.Show("No such import", $"There is no import {id}.", "/library/import", "Bring in");
        return part == "lines" ? new RazorComponentResult<ImportLines>(new { Model = model }) : new RazorComponentResult<ImportProgressPage>(new { Model = model });
    }

    private static async Task<IResult> PageAsync(
        HttpContext context, AnswerprintDb db, IReadOnlyList<string>? problems = null, IReadOnlyDictionary<string, string>? values = null, int status = StatusCodes.Status422UnprocessableEntity)
    {
        var productions = await ProductionChoice.ListAsync(db, context.RequestAborted);
        var recent = await db.Set<FileImport>().AsNoTracking().OrderByDescending(import => import.CreatedAt).Take(MostRecent).ToListAsync(context.RequestAborted);
        return new RazorComponentResult<ImportPage>(new
        {
            Productions = (IReadOnlyList<Production>)productions, Recent = (IReadOnlyList<FileImport>)recent, Problems = problems ?? [], Values = values ?? new Dictionary<string, string>(),
        })
        { StatusCode = problems is null ? StatusCodes.Status200OK : status };
    }
}
