using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Productions;

/// <summary>A wish to bring files in: one file, or the numbered pictures of one sequence.</summary>
/// <param name="ProductionId">The production.</param>
/// <param name="Files">Blobs that are in the store, with the names they came in.</param>
/// <param name="Rights">Whose they are.</param>
/// <param name="ShotId">The shot of which they become the next version; none for the library.</param>
public sealed record IngestFileRequest(Guid ProductionId, IReadOnlyList<IngestedFile> Files, IngestRights Rights, Guid? ShotId = null)
{
    /// <summary>What people will call it; the file's name by default.</summary>
    public string Name { get; init; } = "";

    /// <summary>Tags that the asset gets, as <see cref="Library.Contracts.Tag"/> writes them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; }
}

/// <summary>One file.</summary>
/// <param name="FileName">The name it came in.</param>
/// <param name="BlobSha256">Its bytes.</param>
public sealed record IngestedFile(string FileName, string BlobSha256);

/// <summary>Whose a file is, as the person who brings it says.</summary>
/// <param name="Owner">Up to 200 characters.</param>
/// <param name="Kind">How the studio may use it.</param>
/// <param name="Licence">Up to 200 characters; empty where ownership needs none.</param>
/// <param name="From">First instant of use; none for always.</param>
/// <param name="Until">Last instant of use; none for always.</param>
/// <param name="ContributorRelease">The contributor's signed release in words, for user-generated material.</param>
/// <param name="Performers">Whether recognisable performers are in it.</param>
/// <param name="DigitalSource">How it came to be: an IPTC digital source type such as <c>digitalCapture</c>; empty where nobody knows.</param>
public sealed record IngestRights(
    string Owner, RightsKind Kind, string Licence = "", DateTimeOffset? From = null, DateTimeOffset? Until = null, string ContributorRelease = "",
    PerformerPresence Performers = PerformerPresence.Unknown, string DigitalSource = "");

/// <summary>Puts an ingest on record as a job: a worker probes and decodes, and only then is there an asset.</summary>
/// <param name="db">Records.</param>
/// <param name="desk">Takes the job.</param>
public sealed class IngestFile(AnswerprintDb db, JobDesk desk)
{
    /// <summary>Name of the recipe.</summary>
    public const string Recipe = "ingest";

    /// <summary>Part that the one file of an asset plays.</summary>
    public const string FilePart = "file";

    private const int MaxText = 200;
    private const int MaxFrames = 100_000;

    /// <summary>Puts it on record.</summary>
    public async Task<SubmitJobResult> HandleAsync(IngestFileRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await ObjectionAsync(request, cancellationToken) is { Length: > 0 } problem) return new SubmitJobResult(null, null, problem, Existing: false);
        var rights = request.Rights;
        var name = request.Name.Length > 0 ? request.Name : Path.GetFileNameWithoutExtension(request.Files[0].FileName);
        var parameters = new JsonObject
        {
            ["production"] = request.ProductionId.ToString(),
            ["name"] = name,
            ["fileNames"] = new JsonArray([.. request.Files.Select(file => (JsonNode)Path.GetFileName(file.FileName))]),
            ["shot"] = request.ShotId?.ToString(),
            ["owner"] = rights.Owner.Trim(),
            ["rights"] = rights.Kind.ToString(),
            ["licence"] = rights.Licence.Trim(),
            ["from"] = rights.From?.ToString("O"),
            ["until"] = rights.Until?.ToString("O"),
            ["contributorRelease"] = rights.ContributorRelease.Trim(),
            ["performers"] = rights.Performers.ToString(),
            ["digitalSource"] = rights.DigitalSource,
        };
        // Left out where there are none, so that an ingest without tags stays the job that it always was.
        if (request.Tags.Count > 0) parameters["tags"] = new JsonArray([.. request.Tags.Select(tag => (JsonNode)tag)]);
        var inputs = request.Files.Select(file => new SubmitInput(FilePart, null, file.BlobSha256)).ToList();
        var wish = new SubmitJob(Recipe, request.ProductionId, $"Ingest {name}", inputs, parameters, 0, Use.Ideation, new Declarations()) { Priority = request.Priority };
        return await desk.SubmitAsync(wish, actor, cancellationToken);
    }

    private async Task<string> ObjectionAsync(IngestFileRequest request, CancellationToken cancellationToken)
    {
        if (request.Files.Count is 0 or > MaxFrames) return $"{request.Files.Count} files were given; 1 to {MaxFrames} are taken";
        if (request.Tags.FirstOrDefault(tag => !Tag.TryParse(tag, out var normal) || normal != tag) is { } bad) return $"'{bad}' is no tag";
        var rights = request.Rights;
        if (rights.Owner.Length > MaxText) return $"the owner has {rights.Owner.Length} characters; the limit is {MaxText}";
        if (rights.Licence.Length > MaxText) return $"the licence has {rights.Licence.Length} characters; the limit is {MaxText}";
        if (rights.Kind != RightsKind.Unknown && string.IsNullOrWhiteSpace(rights.Owner)) return "an owner is needed, unless the rights are unknown";
        if (rights.Until < rights.From) return $"the rights end ({rights.Until:yyyy-MM-dd}) before they begin ({rights.From:yyyy-MM-dd})";
        if (!await db.Set<Production>().AnyAsync(production => production.Id == request.ProductionId, cancellationToken)) return $"there is no production {request.ProductionId}";
        if (request.ShotId is not { } shotId) return "";
        var mine = await db.Set<Shot>().AnyAsync(
            shot => shot.Id == shotId && db.Set<Scene>().Any(scene => scene.Id == shot.SceneId && scene.ProductionId == request.ProductionId), cancellationToken);
        return mine ? "" : $"there is no shot {shotId} in this production";
    }
}
