using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Productions;

/// <summary>Takes complete uploads into a production, under /api/v1/ingest.</summary>
internal static class IngestApi
{
    public sealed record RightsBody(
        string? Owner, RightsKind? Kind, string? Licence, DateTimeOffset? From, DateTimeOffset? Until, string? ContributorRelease, PerformerPresence? Performers, string? DigitalSource);

    public sealed record IngestBody(string? Production, IReadOnlyList<string>? Uploads, string? Shot, RightsBody? Rights, int? Priority);

    public sealed record IngestedFileAnswer(Guid Upload, string FileName, Guid? Job, string? Problem);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/ingest", IngestAsync).ForRoles(ConsoleRoles.Makers).WithTags("Productions").WithName("ingestUploads")
            .WithSummary("Takes complete uploads into a production: a job for each file, one for the frames of a sequence").ProducesProblem(404).ProducesProblem(422).ProducesProblem(507);

    private static async Task<IResult> IngestAsync(IngestBody body, HttpContext context, AnswerprintDb db, IngestUploads ingest, CancellationToken cancellationToken)
    {
        var production = await db.Set<Production>().AsNoTracking().FirstOrDefaultAsync(production => production.Code == body.Production, cancellationToken);
        if (production is null) return Refusal.NotFound($"There is no production '{body.Production}'.").ToProblem();
        var ids = (body.Uploads ?? []).Select(IngestUploads.IdIn).ToList();
        if (ids.Count is 0 or > IngestUploads.MaxFiles || ids.Contains(null))
            return Refusal.Invalid("uploads", $"Between 1 and {IngestUploads.MaxFiles} ids or addresses of uploads are needed.").ToProblem();
        Guid? shotId = null;
        if (!string.IsNullOrEmpty(body.Shot))
        {
            shotId = await db.Set<Shot>().Where(shot => shot.Code == body.Shot).Select(shot => (Guid?)shot.Id).FirstOrDefaultAsync(cancellationToken);
            if (shotId is null) return Refusal.NotFound($"There is no shot '{body.Shot}'.").ToProblem();
        }
        try
        {
            var taken = await ingest.HandleAsync(
                [.. ids.Select(id => id!.Value)], production.Id, shotId, RightsOf(body.Rights), body.Priority ?? 0, context.User.ToActor(), cancellationToken);
            var answer = taken.Select(file => new IngestedFileAnswer(file.Upload, file.FileName, file.Job?.Id, file.Problem.Length > 0 ? file.Problem : null)).ToList();
            return answer.Exists(file => file.Job is not null)
                ? Results.Accepted(value: answer)
                : Refusal.Invalid("uploads", string.Join(" ", answer.Select(file => file.Problem))).ToProblem();
        }
        catch (StorageFullException full)
        {
            return Results.Problem(full.Message, statusCode: StatusCodes.Status507InsufficientStorage);
        }
    }

    public static IngestRights RightsOf(RightsBody? body) => new(
        body?.Owner ?? "", body?.Kind ?? RightsKind.Unknown, body?.Licence ?? "", body?.From, body?.Until, body?.ContributorRelease ?? "",
        body?.Performers ?? PerformerPresence.Unknown, body?.DigitalSource ?? "");
}
