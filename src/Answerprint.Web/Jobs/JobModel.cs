using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Library;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Jobs;

/// <summary>A job with its record.</summary>
public sealed record JobModel(
    Job Job, Production? Production, Decision? Decision, string Asker, string Decider, IReadOnlyList<JobModel.Input> Inputs, IReadOnlyList<(string Key, string Value)> Parameters,
    IReadOnlyList<AssetLook> Outputs, IReadOnlyList<Job> Runs, IReadOnlyList<AuditEntry> Audit, string? Preview, int Place, string ResultJson, bool MayOperate)
{
    private const int MostOutputs = 120;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Summary => Decision is null ? "" : ClearanceDoor.Summary(Decision);

    public sealed record Input(string Part, string Sha256, AssetLook? Look);

    internal static async Task<JobModel?> LoadAsync(AnswerprintDb db, DataFolder folder, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(job => job.Id == id, cancellationToken) is not { } job) return null;
        var decision = await db.Set<Decision>().AsNoTracking().FirstOrDefaultAsync(decision => decision.Id == job.DecisionId, cancellationToken);
        var runs = await db.Set<Job>().AsNoTracking().Where(other => other.Hash == job.Hash).OrderBy(other => other.Run).ToListAsync(cancellationToken);
        var runIds = runs.ConvertAll(run => run.Id);
        // Only the first run puts assets on record; the later ones prove it.
        var outputs = await db.Set<Asset>().AsNoTracking().Where(asset => asset.JobId != null && runIds.Contains(asset.JobId.Value) && asset.Kind != AssetKind.Attribution)
            .OrderBy(asset => asset.CreatedAt).ThenBy(asset => asset.Id).Take(MostOutputs).ToListAsync(cancellationToken);
        var named = InputsIn(job.InputsJson).ToList();
        var looks = await AssetLook.LoadAsync(db, named.Select(input => input.Asset).OfType<Guid>(), cancellationToken);
        var made = await AssetLook.LoadAsync(db, outputs, cancellationToken);
        var names = await People.NamesAsync(db, new[] { job.RequestedBy, decision?.DecidedBy ?? Guid.Empty }, cancellationToken);
        var idText = id.ToString();
        var place = job.State != JobState.Queued ? 0
            : 1 + await db.Set<Job>().CountAsync(other => other.State == JobState.Queued && (other.Priority > job.Priority || (other.Priority == job.Priority && other.CreatedAt < job.CreatedAt)), cancellationToken);
        return new(
            job, await db.Set<Production>().AsNoTracking().FirstOrDefaultAsync(production => production.Id == job.ProductionId, cancellationToken), decision, names.Of(job.RequestedBy),
            decision?.DecidedBy is { } decider ? names.Of(decider) : "", [.. named.Select(input => new Input(input.Part, input.Sha256, input.Asset is { } asset ? looks.GetValueOrDefault(asset) : null))],
            [.. ParametersIn(job.ParametersJson)], [.. outputs.Select(asset => made[asset.Id])], runs,
            await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.SubjectKind == "job" && entry.SubjectId == idText).OrderByDescending(entry => entry.Number).ToListAsync(cancellationToken),
            job.State == JobState.Running ? MediaRoutes.PreviewUrlOf(folder, id) : null, place, Pretty(job.ResultJson), actor.HasAny(ConsoleRoles.Operators));
    }

    private static IEnumerable<(string Part, Guid? Asset, string Sha256)> InputsIn(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(input => (
            input.GetProperty("part").GetString()!, Guid.TryParse(input.GetProperty("asset").GetString(), out var asset) ? asset : (Guid?)null, input.GetProperty("sha256").GetString()!))];
    }

    private static IEnumerable<(string, string)> ParametersIn(string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var field in document.RootElement.EnumerateObject())
        {
            var text = field.Value.ValueKind switch
            {
                JsonValueKind.Null => "",
                JsonValueKind.Array => string.Join(", ", field.Value.EnumerateArray().Select(item => item.ToString())),
                _ => field.Value.ToString(),
            };
            if (text.Length > 0) yield return (Words.Spaced(field.Name), text);
        }
    }

    private static string Pretty(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().Any() ? JsonSerializer.Serialize(document.RootElement, Indented) : "";
    }
}
