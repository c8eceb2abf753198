using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Productions.Import;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Productions;
using Answerprint.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Library;

/// <summary>Imports of many uploads under /api/v1/library.</summary>
internal static class ImportsApi
{
    public sealed record ImportBody(string? Production, IReadOnlyList<string>? Uploads, IngestApi.RightsBody? Rights, IReadOnlyList<string>? Tags, string? Source);

    public sealed record ImportFileAnswer(string Name, int Files, string Outcome, Guid? Job, string? JobState, Guid? Asset, string? Problem);

    public sealed record ImportAnswer(Guid Id, string Production, string Source, int Done, int AlreadyHere, int Open, int Failed, IReadOnlyList<ImportFileAnswer> Files);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var library = routes.MapGroup("/api/v1/library").WithTags("Library");
        library.MapPost("/import", ImportAsync).ForRoles(ConsoleRoles.Makers).WithName("importUploads")
            .WithSummary("Takes many complete uploads with one statement of rights; what is there already is known by its SHA-256").Produces<ImportAnswer>(202).ProducesProblem(404).ProducesProblem(422).ProducesProblem(507);
        library.MapGet("/imports/{id:guid}", GetAsync).ForRoles(ConsoleRoles.Staff).WithName("getImport").WithSummary("How far an import is, file by file").Produces<ImportAnswer>().ProducesProblem(404);
    }

    private static async Task<IResult> ImportAsync(ImportBody body, HttpContext context, AnswerprintDb db, ImportUploads import, CancellationToken cancellationToken)
    {
        var production = await db.Set<Production>().AsNoTracking().FirstOrDefaultAsync(production => production.Code == body.Production, cancellationToken);
        if (production is null) return Refusal.NotFound($"There is no production '{body.Production}'.").ToProblem();
        var ids = (body.Uploads ?? []).Select(IngestUploads.IdIn).ToList();
        if (ids.Count is 0 or > IngestUploads.MaxFiles || ids.Contains(null)) return Refusal.Invalid("uploads", $"Between 1 and {IngestUploads.MaxFiles} ids or addresses of uploads are needed.").ToProblem();
        var tags = Tag.ParseList(string.Join(',', body.Tags ?? []), out var problem);
        if (problem.Length > 0) return Refusal.Invalid("tags", problem).ToProblem();
        try
        {
            var request = new ImportFilesRequest(production.Id, body.Source ?? "", IngestApi.RightsOf(body.Rights), tags);
            var (made, _) = await import.HandleAsync([.. ids.Select(id => id!.Value)], request, context.User.ToActor(), cancellationToken);
            return Results.Accepted($"/api/v1/library/imports/{made.Id}", Answer((await ImportModel.LoadAsync(db, made.Id, context.User.ToActor(), cancellationToken))!));
        }
        catch (StorageFullException full)
        {
            return Results.Problem(full.Message, statusCode: StatusCodes.Status507InsufficientStorage);
        }
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, AnswerprintDb db, CancellationToken cancellationToken) =>
        await ImportModel.LoadAsync(db, id, context.User.ToActor(), cancellationToken) is { } model ? Results.Ok(Answer(model)) : Refusal.NotFound($"There is no import {id}.").ToProblem();

    private static ImportAnswer Answer(ImportModel model) => new(
        model.Import.Id, model.Production.Code, model.Import.Source, model.Done, model.Known, model.Open, model.Failed,
        [.. model.Lines.Select(line => new ImportFileAnswer(
            line.File.Name, line.File.Files, line.File.Outcome.ToString(), line.File.JobId, line.Job?.State.ToString(), line.AssetId, line.Problem.Length > 0 ? line.Problem : null))]);
}
