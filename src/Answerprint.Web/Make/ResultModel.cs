using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Library;
using Answerprint.Web.Promotion;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Make;

/// <summary>A synthesised picture with everything that a person asks of it.</summary>
public sealed record ResultModel(
    Asset Asset, AssetLook Look, Job Job, Production? Production, Decision? Decision, IReadOnlyList<Decision> Releases, IReadOnlyList<Release> Released, IReadOnlyList<Job> Runs, string Asker,
    IReadOnlyList<ResultModel.Input> Inputs, IReadOnlyList<(string Key, string Value)> Settings, IReadOnlyList<SourceShare> Shares, ResultModel.Copy? Longest, ResultModel.Before? Source,
    StudioDraft? Draft, StudioBoard? Board, IReadOnlyList<ResultModel.ShotChoice> Shots, IReadOnlyList<ResultModel.Sibling> Promotions)
{
    /// <summary>From which share of the picture on one piece taken over in one is warned of.</summary>
    public const double WarnFrom = 0.1;

    private const int MostShots = 400;

    private static readonly HashSet<string> InPixels = ["size", "width", "height", "left", "top", "right", "bottom"];

    public static IReadOnlySet<string> Recipes { get; } = new HashSet<string> { "fill", "extend", "retarget", "vary", "look" };

    public string Href => HrefOf(Asset.Id);

    /// <summary>The address of the maker that this came from.</summary>
    public string Section => SectionOf(Job.Recipe);

    internal static string SectionOf(string recipe) => recipe switch { "vary" => "/make/variations", "look" => "/make/look", _ => "/make/repair" };

    public bool IsRepair => Job.Recipe is "fill" or "extend" or "retarget";

    public bool IsQuarantined => Asset.State == AssetState.Quarantined;

    public bool Warns => !IsRepair && Longest is { } longest && longest.Share >= WarnFrom;

    /// <summary>Shares by owner, largest first.</summary>
    public IReadOnlyList<(string Owner, double Share)> Owners => [.. Shares.Where(share => share.Source is not null)
        .GroupBy(share => share.Owner.Length > 0 ? share.Owner : "owner not stated").Select(group => (group.Key, group.Sum(share => share.Share))).OrderByDescending(owner => owner.Item2)];

    public static string HrefOf(Guid assetId) => $"/make/results/{assetId}";

    /// <summary>An input and the part it played.</summary>
    public sealed record Input(string Part, AssetLook Look, string Owner, string Rights, Painting? Painting, string Painter);

    /// <summary>The largest piece of a source that was taken over in one.</summary>
    public sealed record Copy(Guid Source, string Name, long Area, double Share, int X, int Y, int Width, int Height, int SourceX, int SourceY);

    /// <summary>What the wipe shows on the other side: a source, and where in the result's frame it lies.</summary>
    public sealed record Before(AssetLook Look, string Label, int X, int Y, int Width, int Height, bool IsAligned);

    public sealed record ShotChoice(Guid Id, string Code, string Description, bool HasIt);

    /// <summary>The same work made for another use.</summary>
    public sealed record Sibling(Job Job, Guid? Asset);

    internal static async Task<ResultModel?> LoadAsync(AnswerprintDb db, PixelStory pixels, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (await LibraryQuery.FindAsync(db, id, actor, cancellationToken) is not { JobId: { } jobId } asset || asset.Kind == AssetKind.Attribution) return null;
        var job = await db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == jobId, cancellationToken);
        if (!Recipes.Contains(job.Recipe)) return null;
        var inputs = await InputsAsync(db, job, cancellationToken);
        var map = asset.State == AssetState.Quarantined || asset.AttributionId is not { } attribution ? null : await pixels.MapAsync(attribution, cancellationToken);
        var draft = await (from one in db.Set<StudioDraft>().AsNoTracking()
                           join run in db.Set<Job>() on one.JobId equals run.Id
                           where run.Hash == job.Hash
                           orderby one.Id descending
                           select one).FirstOrDefaultAsync(cancellationToken);
        var names = await People.NamesAsync(db, [job.RequestedBy], cancellationToken);
        return new(
            asset, (await AssetLook.LoadAsync(db, [asset], cancellationToken))[id], job,
            await db.Set<Production>().AsNoTracking().FirstOrDefaultAsync(production => production.Id == job.ProductionId, cancellationToken),
            await db.Set<Decision>().AsNoTracking().FirstOrDefaultAsync(decision => decision.Id == job.DecisionId, cancellationToken),
            await db.Set<Decision>().AsNoTracking().Where(decision => decision.AssetId == id).OrderByDescending(decision => decision.RequestedAt).ToListAsync(cancellationToken),
            await db.Set<Release>().AsNoTracking().Where(release => release.AssetId == id).OrderByDescending(release => release.ReleasedAt).ToListAsync(cancellationToken),
            await db.Set<Job>().AsNoTracking().Where(other => other.Hash == job.Hash).OrderBy(other => other.Run).ToListAsync(cancellationToken), names.Of(job.RequestedBy), inputs,
            [.. SettingsIn(job.ParametersJson)], map is null ? [] : await pixels.SharesAsync(id, map, cancellationToken), CopyIn(job.ResultJson), BeforeOf(asset, job, inputs), draft,
            draft is null ? null : await db.Set<StudioBoard>().AsNoTracking().FirstOrDefaultAsync(board => board.Id == draft.BoardId, cancellationToken),
            await ShotsAsync(db, asset, cancellationToken), await PromotionsAsync(db, job, cancellationToken));
    }

    private static async Task<IReadOnlyList<Input>> InputsAsync(AnswerprintDb db, Job job, CancellationToken cancellationToken)
    {
        var named = InputsIn(job.InputsJson);
        var ids = named.ConvertAll(input => input.Asset);
        var assets = await db.Set<Asset>().AsNoTracking().Where(asset => EF.Parameter(ids).Contains(asset.Id)).ToListAsync(cancellationToken);
        var looks = await AssetLook.LoadAsync(db, assets, cancellationToken);
        var paintings = await db.Set<Painting>().AsNoTracking().Where(painting => EF.Parameter(ids).Contains(painting.AssetId)).ToDictionaryAsync(painting => painting.AssetId, cancellationToken);
        var painters = await People.NamesAsync(db, paintings.Values.Select(painting => painting.PaintedBy), cancellationToken);
        return [.. named.Where(input => looks.ContainsKey(input.Asset)).Select(input =>
        {
            var asset = assets.First(asset => asset.Id == input.Asset);
            var painting = paintings.GetValueOrDefault(input.Asset);
            return new Input(input.Part, looks[input.Asset], asset.Owner, PixelStory.RightsWords(asset), painting, painting is null ? "" : painters.Of(painting.PaintedBy));
        })];
    }

    private static List<(string Part, Guid Asset)> InputsIn(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Where(input => input.GetProperty("asset").ValueKind == JsonValueKind.String)
            .Select(input => (input.GetProperty("part").GetString()!, input.GetProperty("asset").GetGuid()))];
    }

    private static IEnumerable<(string, string)> SettingsIn(string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var field in document.RootElement.EnumerateObject())
        {
            var text = field.Value.ValueKind switch
            {
                // What is built of many things is not told in a line: a grey box is seen on its own page.
                JsonValueKind.Null or JsonValueKind.Object => "",
                JsonValueKind.Array when field.Value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object) =>
                    string.Join(", ", field.Value.EnumerateArray().Select(item => item.TryGetProperty("region", out var region) ? region.ToString() : "").Where(name => name.Length > 0)),
                JsonValueKind.True => "yes",
                JsonValueKind.False => "no",
                JsonValueKind.Array => string.Join(", ", field.Value.EnumerateArray().Select(item => item.ToString())),
                _ => field.Value.ToString(),
            };
            if (text.Length == 0 || (field.Name, text) is ("aspect", "0")) continue;
            yield return (field.Name == "size" ? "long side" : Words.Spaced(field.Name), InPixels.Contains(field.Name) ? $"{text} pixels" : text);
        }
    }

    private static Copy? CopyIn(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("verbatim", out var copy) || copy.ValueKind != JsonValueKind.Object) return null;
        int Number(string name) => copy.GetProperty(name).GetInt32();
        return new(
            copy.GetProperty("source").GetGuid(), copy.GetProperty("name").GetString() ?? "", copy.GetProperty("area").GetInt64(), copy.GetProperty("share").GetDouble(),
            Number("x"), Number("y"), Number("width"), Number("height"), Number("sourceX"), Number("sourceY"));
    }

    private static Before? BeforeOf(Asset asset, Job job, IReadOnlyList<Input> inputs)
    {
        if (inputs.FirstOrDefault(input => input.Part is "source" or "reference" && input.Look.Poster is not null) is not { } first) return null;
        using var parameters = JsonDocument.Parse(job.ParametersJson);
        int Number(string name) => parameters.RootElement.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;
        var label = first.Part == "source" ? "Source" : "First reference";
        return job.Recipe == "extend"
            ? new(first.Look, label, Number("left"), Number("top"), first.Look.Width, first.Look.Height, IsAligned: true)
            : new(first.Look, label, 0, 0, asset.Width, asset.Height, IsAligned: job.Recipe == "fill" && (first.Look.Width, first.Look.Height) == (asset.Width, asset.Height));
    }

    private static async Task<IReadOnlyList<ShotChoice>> ShotsAsync(AnswerprintDb db, Asset asset, CancellationToken cancellationToken) => await (
        from shot in db.Set<Shot>()
        join scene in db.Set<Scene>() on shot.SceneId equals scene.Id
        where scene.ProductionId == asset.ProductionId
        orderby shot.Code
        select new ShotChoice(shot.Id, shot.Code, shot.Description, db.Set<ShotVersion>().Any(version => version.ShotId == shot.Id && version.AssetId == asset.Id))).Take(MostShots).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<Sibling>> PromotionsAsync(AnswerprintDb db, Job job, CancellationToken cancellationToken)
    {
        var others = await db.Set<Job>().AsNoTracking()
            .Where(other => other.Recipe == job.Recipe && other.InputsJson == job.InputsJson && other.ParametersJson == job.ParametersJson && other.Seed == job.Seed && other.Use != job.Use && other.Run == 1)
            .OrderByDescending(other => other.CreatedAt).ToListAsync(cancellationToken);
        var ids = others.ConvertAll(other => (Guid?)other.Id);
        var made = await db.Set<Asset>().AsNoTracking().Where(asset => EF.Parameter(ids).Contains(asset.JobId) && asset.Kind == AssetKind.Still).Select(asset => new { asset.JobId, asset.Id }).ToListAsync(cancellationToken);
        return [.. others.Select(other => new Sibling(other, made.Find(asset => asset.JobId == other.Id)?.Id))];
    }
}
