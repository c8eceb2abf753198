using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Words;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Library.Tagging;

/// <summary>A wish to tag assets.</summary>
/// <param name="Assets">1 to 2,000 assets.</param>
/// <param name="Add">Tags that all of them get.</param>
/// <param name="Remove">Tags that all of them lose.</param>
public sealed record ChangeTagsRequest(IReadOnlyCollection<Guid> Assets, IReadOnlyList<string> Add, IReadOnlyList<string> Remove);

/// <summary>What became of it.</summary>
/// <param name="Changed">How many assets have other tags now.</param>
/// <param name="Refusal">Why nothing was changed; none where it was.</param>
public sealed record ChangeTagsResult(int Changed, Refusal? Refusal);

/// <summary>Adds and removes tags of one asset or many, in one transaction with the words under which they are found.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
public sealed class ChangeTags(AnswerprintDb db, AuditTrail audit, TimeProvider clock)
{
    private const int MostAssets = 2_000;

    /// <summary>Changes them.</summary>
    public async Task<ChangeTagsResult> HandleAsync(ChangeTagsRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAny([.. LibraryAccess.Curators])) return Refuse(Refusal.NotAllowed("Tags are for those who make and those who clear."));
        if (request.Assets.Count is 0 or > MostAssets) return Refuse(Refusal.Invalid("assets", $"{request.Assets.Count} assets were named; 1 to {MostAssets} can be tagged at once."));
        if (Parse(request.Add, out var add) is { } bad) return Refuse(Refusal.Invalid("add", bad));
        if (Parse(request.Remove, out var remove) is { } worse) return Refuse(Refusal.Invalid("remove", worse));
        if (add.Count + remove.Count == 0) return Refuse(Refusal.Invalid("add", "No tag was given."));

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var wanted = request.Assets.Distinct().ToList();
        var assets = await LibraryAccess.Seen(db, actor).Where(asset => wanted.Contains(asset.Id)).Select(asset => asset.Id).ToListAsync(cancellationToken);
        if (assets.Count < wanted.Count) return Refuse(Refusal.NotFound($"There is no asset {wanted.Except(assets).First()}."));
        var before = (await db.Set<LibraryTag>().Where(tag => assets.Contains(tag.AssetId)).ToListAsync(cancellationToken)).ToLookup(tag => tag.AssetId);
        var changed = new List<Guid>();
        foreach (var id in assets)
        {
            var own = before[id].ToDictionary(tag => tag.Tag);
            var gone = remove.Except(add).Where(own.ContainsKey).ToList();
            var come = add.Where(tag => !own.ContainsKey(tag)).ToList();
            if (own.Count - gone.Count + come.Count > Tag.MostOnAsset) return Refuse(Refusal.Invalid("add", $"An asset has at most {Tag.MostOnAsset} tags; {id} would have {own.Count - gone.Count + come.Count}."));
            db.RemoveRange(gone.Select(tag => own[tag]));
            db.AddRange(come.Select(tag => new LibraryTag { AssetId = id, Tag = tag, AddedBy = actor.AccountId, AddedAt = clock.GetUtcNow() }));
            if (gone.Count + come.Count > 0) changed.Add(id);
        }
        if (changed.Count == 0) return new ChangeTagsResult(0, null);
        await audit.AppendAsync(db, actor, "library.tagged", "library", "tags", Details(changed, add, remove), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await WordIndex.WriteAsync(db, changed, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ChangeTagsResult(changed.Count, null);
    }

    private static JsonObject Details(List<Guid> assets, List<string> add, List<string> remove) => new()
    {
        ["added"] = new JsonArray([.. add.Select(tag => (JsonNode)tag)]), ["removed"] = new JsonArray([.. remove.Select(tag => (JsonNode)tag)]),
        ["assets"] = new JsonArray([.. assets.Select(id => (JsonNode)id.ToString())]),
    };

    /// <summary>Why a text is no tag; none where all are.</summary>
    private static string? Parse(IReadOnlyList<string> texts, out List<string> tags)
    {
        tags = [];
        foreach (var text in texts)
        {
            if (!Tag.TryParse(text, out var tag)) return $"A tag has 1 to {Tag.MaxLength} characters and no comma; one that was given has not.";
            if (!tags.Contains(tag)) tags.Add(tag);
        }
        return null;
    }

    private static ChangeTagsResult Refuse(Refusal refusal) => new(0, refusal);
}
