using System.Globalization;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Authorship;

/// <summary>Gathers what is on record of who did what for a picture. It states facts and draws no conclusion from them.</summary>
/// <param name="db">Records.</param>
public sealed class GetAuthorship(AnswerprintDb db)
{
    /// <summary>The sheet of a made picture; none where there is no such picture, or it was taken back.</summary>
    public async Task<AuthorshipSheet?> HandleAsync(Guid assetId, CancellationToken cancellationToken)
    {
        var asset = await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == assetId && asset.State == AssetState.Active, cancellationToken);
        if (asset?.JobId is not { } jobId) return null;
        var job = await db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == jobId, cancellationToken);
        var inputs = JobInputs.Read(job.InputsJson).ToList();
        var ids = inputs.Select(input => input.AssetId).OfType<Guid>().ToList();
        var used = await db.Set<Asset>().AsNoTracking().Where(other => EF.Parameter(ids).Contains(other.Id)).ToDictionaryAsync(other => other.Id, cancellationToken);
        var paintings = await db.Set<Painting>().AsNoTracking().Where(painting => EF.Parameter(ids).Contains(painting.AssetId)).ToListAsync(cancellationToken);
        var drafts = await DraftsAsync(job.Hash, cancellationToken);
        var names = await NamesAsync([job.RequestedBy, .. paintings.Select(painting => painting.PaintedBy), .. drafts.Select(draft => draft.DecidedBy ?? Guid.Empty)], cancellationToken);

        var acts = new List<AuthorshipAct>();
        acts.AddRange(paintings.Select(painting => Painted(painting, used, names)));
        var references = inputs.Where(input => input.Part is "reference" or "source" && input.AssetId is { } id && used.ContainsKey(id)).Select(input => used[input.AssetId!.Value]).ToList();
        if (references.Count > 0)
            acts.Add(new(names(job.RequestedBy), job.CreatedAt, "chose", $"Chose {Several(references.Count, "source picture")}: {string.Join(", ", references.Select(reference => reference.Name))}.", ""));
        acts.Add(new(names(job.RequestedBy), job.CreatedAt, "set", $"Asked for it by recipe '{job.Recipe}', seed {job.Seed}{Settings(job.ParametersJson)}; use: {Spaced(job.Use)}.", job.Hash));
        foreach (var draft in drafts.Where(draft => draft.DecidedBy is not null)) acts.AddRange(await JudgedAsync(draft, names, cancellationToken));

        var shares = await db.Set<AssetInput>().AsNoTracking().Where(input => input.AssetId == assetId && input.ShareMillionths > 0).ToListAsync(cancellationToken);
        return new AuthorshipSheet(
            asset.Id, asset.Name, asset.PixelSha256, asset.Width, asset.Height, $"{job.Recipe} {job.RecipeVersion}", job.Engine, job.Seed, asset.CreatedAt, asset.Shares,
            [.. acts.OrderBy(act => act.At)],
            [.. shares.Where(share => used.ContainsKey(share.SourceId)).Select(share => (share, of: used[share.SourceId])).Select(pair =>
                new AuthorshipSource(pair.of.Id, pair.of.Name, pair.of.Owner, pair.of.Rights, pair.share.ShareMillionths / 1e6)).OrderByDescending(source => source.Share)],
            Told(job.ResultJson, "maskShare"))
        {
            LaidOutShare = Told(job.ResultJson, "layoutShare"),
        };
    }

    private Task<List<StudioDraft>> DraftsAsync(string hash, CancellationToken cancellationToken) => (
        from draft in db.Set<StudioDraft>().AsNoTracking()
        join run in db.Set<Job>() on draft.JobId equals run.Id
        where run.Hash == hash
        select draft).ToListAsync(cancellationToken);

    private async Task<Func<Guid, string>> NamesAsync(IEnumerable<Guid> people, CancellationToken cancellationToken)
    {
        var wanted = people.Distinct().ToList();
        var found = await db.Set<Account>().Where(account => EF.Parameter(wanted).Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, cancellationToken);
        return id => found.GetValueOrDefault(id, "a person no longer on record");
    }

    private static AuthorshipAct Painted(Painting painting, Dictionary<Guid, Asset> used, Func<Guid, string> names)
    {
        var tools = JsonSerializer.Deserialize<Dictionary<string, int>>(painting.ToolsJson) ?? [];
        var with = tools.Count == 0 ? "" : $" ({string.Join(", ", tools.OrderByDescending(tool => tool.Value).Select(tool => $"{tool.Key} {tool.Value}"))})";
        var what = painting.Kind == PaintingKind.Mask ? "Painted a mask that says which pixels are remade" : "Painted a layout that says where colours and areas are to be";
        return new(names(painting.PaintedBy), painting.PaintedAt, "painted", $"{what}, in {Several(painting.Strokes, "stroke")}{with}.", used[painting.AssetId].BlobSha256);
    }

    private async Task<IEnumerable<AuthorshipAct>> JudgedAsync(StudioDraft draft, Func<Guid, string> names, CancellationToken cancellationToken)
    {
        var among = await db.Set<StudioDraft>().CountAsync(other => other.BoardId == draft.BoardId, cancellationToken);
        var kept = await db.Set<StudioDraft>().CountAsync(other => other.BoardId == draft.BoardId && other.Kept == true, cancellationToken);
        var (person, at) = (names(draft.DecidedBy!.Value), draft.DecidedAt!.Value);
        var acts = new List<AuthorshipAct>();
        if (draft.Kept == true) acts.Add(new(person, at, "kept", kept == 1 ? $"Kept it, alone of {Several(among, "draft")} on the board." : $"Kept it, one of {kept} kept of {Several(among, "draft")} on the board.", draft.Id.ToString()));
        if (draft.Note.Length > 0) acts.Add(new(person, at, "noted", $"Wrote: {draft.Note}", draft.Id.ToString()));
        return acts;
    }

    private static double? Told(string resultJson, string name)
    {
        using var document = JsonDocument.Parse(resultJson);
        return document.RootElement.TryGetProperty(name, out var share) ? share.GetDouble() : null;
    }

    private static string Settings(string parametersJson)
    {
        using var document = JsonDocument.Parse(parametersJson);
        var settings = document.RootElement.EnumerateObject()
            .Where(field => !(field.Name == "aspect" && field.Value is { ValueKind: JsonValueKind.Number } shape && shape.GetDouble() == 0))
            .Where(field => field.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String || (field.Value.ValueKind == JsonValueKind.Array && field.Value.GetArrayLength() > 0))
            .Select(field => $"{field.Name} {(field.Value.ValueKind == JsonValueKind.Array ? string.Join(' ', field.Value.EnumerateArray()) : field.Value.ToString())}").ToList();
        return settings.Count == 0 ? "" : ", " + string.Join(", ", settings);
    }

    private static string Several(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Spaced(Use use) => string.Concat(use.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
}
