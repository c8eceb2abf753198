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

namespace Answerprint.Web.Make.Collapse;

/// <summary>A collapse: the job, what came of it, and what was made of the same plate besides.</summary>
public sealed record CollapseModel(Job Job, Asset? Plate, AssetLook? PlateLook, Asset? Made, AssetLook? Look, IReadOnlyList<CollapseModel.Account> Accounts, IReadOnlyList<Asset> Files, Decision? Decision,
    IReadOnlyList<CollapseModel.Version> Versions, string Asker)
{
    private const int MostVersions = 24;
    private const int MostShots = 400;

    public string Href => HrefOf(Job.Id);

    /// <summary>Its number among those of its plate.</summary>
    public string Name => Versions.FirstOrDefault(version => version.Job.Id == Job.Id)?.Name ?? "This one";

    public static string HrefOf(Guid job) => $"/make/collapse/jobs/{job}";

    /// <summary>How the pixels of a frame came about, as shares of it that add up to one.</summary>
    public sealed record Account(double Copied, double Filled, double Blended, double Rendered);

    /// <summary>A collapse of the same plate.</summary>
    public sealed record Version(Job Job, AssetLook? Look, string Name, string Pass);

    /// <summary>A shot that a result may become a version of.</summary>
    public sealed record ShotChoice(Guid Id, string Name);

    internal static async Task<CollapseModel?> LoadAsync(AnswerprintDb db, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(job => job.Id == id && job.Recipe == "collapse", cancellationToken) is not { } job) return null;
        var plate = PlateOf(job) is { } plateId ? await LibraryQuery.FindAsync(db, plateId, actor, cancellationToken) : null;
        var versions = plate is null ? [] : await VersionsAsync(db, plate.Id, cancellationToken);
        // What was made already is not made twice: another run of the same work has the result.
        var runs = await db.Set<Job>().AsNoTracking().Where(run => run.Hash == job.Hash).Select(run => (Guid?)run.Id).ToListAsync(cancellationToken);
        var files = job.State != JobState.Done ? [] : await db.Set<Asset>().AsNoTracking()
            .Where(asset => EF.Parameter(runs).Contains(asset.JobId) && asset.State == AssetState.Active).OrderBy(asset => asset.Id).ToListAsync(cancellationToken);
        var made = files.Find(asset => asset.Kind == AssetKind.Video) ?? files.Find(asset => asset.Kind == AssetKind.Still);
        var looks = await AssetLook.LoadAsync(db, [.. new[] { plate, made }.OfType<Asset>()], cancellationToken);
        var names = await People.NamesAsync(db, [job.RequestedBy], cancellationToken);
        return new(job, plate, plate is null ? null : looks[plate.Id], made, made is null ? null : looks[made.Id], AccountsIn(job.ResultJson), files.FindAll(asset => asset.Id != made?.Id),
            await db.Set<Decision>().AsNoTracking().FirstOrDefaultAsync(decision => decision.Id == job.DecisionId, cancellationToken), versions, names.Of(job.RequestedBy));
    }

    /// <summary>Collapses of a plate, the first is number one.</summary>
    internal static async Task<IReadOnlyList<Version>> VersionsAsync(AnswerprintDb db, Guid plate, CancellationToken cancellationToken)
    {
        var text = plate.ToString();
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => job.Recipe == "collapse" && job.Run == 1 && job.InputsJson.Contains(text)).OrderBy(job => job.CreatedAt).ToListAsync(cancellationToken);
        var numbered = jobs.Select((job, i) => (Job: job, Name: $"Take {i + 1}")).TakeLast(MostVersions).ToList();
        var looks = await LatelyMade.LooksAsync(db, [.. numbered.Select(one => one.Job)], cancellationToken);
        return [.. numbered.Select(one => new Version(one.Job, looks.GetValueOrDefault(one.Job.Id), one.Name, PassOf(one.Job))).Reverse()];
    }

    internal static Task<List<ShotChoice>> ShotsAsync(AnswerprintDb db, Guid production, CancellationToken cancellationToken) => (
        from shot in db.Set<Shot>()
        join scene in db.Set<Scene>() on shot.SceneId equals scene.Id
        where scene.ProductionId == production
        orderby shot.Code
        select new ShotChoice(shot.Id, shot.Code)).Take(MostShots).ToListAsync(cancellationToken);

    /// <summary>The plate that a job works on.</summary>
    internal static Guid? PlateOf(Job job)
    {
        using var document = JsonDocument.Parse(job.InputsJson);
        foreach (var input in document.RootElement.EnumerateArray())
            if (input.GetProperty("part").GetString() == "plate" && input.GetProperty("asset") is { ValueKind: JsonValueKind.String } asset) return asset.GetGuid();
        return null;
    }

    /// <summary>The scene that a job was asked for, to be asked for again with other settings.</summary>
    internal static string SceneOf(Job job)
    {
        using var document = JsonDocument.Parse(job.ParametersJson);
        return document.RootElement.TryGetProperty("scene", out var scene) ? scene.GetRawText() : "";
    }

    /// <summary>Whether the building is only taken out, and nothing falls.</summary>
    internal static bool IsRemoval(Job job)
    {
        using var document = JsonDocument.Parse(job.ParametersJson);
        return document.RootElement.TryGetProperty("scene", out var scene) && scene.TryGetProperty("failure", out var failure) && failure.TryGetProperty("kind", out var kind) && kind.ValueEquals("remove");
    }

    /// <summary>The frame of a moving plate that it begins at, from 0.</summary>
    internal static long FirstOf(Job job)
    {
        using var document = JsonDocument.Parse(job.ParametersJson);
        return document.RootElement.TryGetProperty("first", out var first) && first.TryGetInt64(out var frame) ? frame : 0;
    }

    /// <summary>What was made of it, as its parameters name it.</summary>
    internal static string PassOf(Job job)
    {
        using var document = JsonDocument.Parse(job.ParametersJson);
        return document.RootElement.TryGetProperty("pass", out var pass) ? pass.GetString() ?? "" : "";
    }

    private static IReadOnlyList<Account> AccountsIn(string json)
    {
        if (json.Length == 0) return [];
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("pixels", out var pixels) || pixels.ValueKind != JsonValueKind.Array) return [];
        return [.. pixels.EnumerateArray().Select(frame =>
        {
            double Of(string name) => frame.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
            double copied = Of("copied"), filled = Of("filled"), blended = Of("blended"), rendered = Of("rendered"), all = Math.Max(1, copied + filled + blended + rendered);
            return new Account(copied / all, filled / all, blended / all, rendered / all);
        })];
    }
}
