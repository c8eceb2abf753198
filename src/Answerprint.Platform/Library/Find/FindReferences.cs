using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Quality.Looks;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Looks;
using Answerprint.Platform.Library.Words;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Library.Find;

/// <summary>What someone looks for. What is left at its default does not narrow.</summary>
public sealed record FindReferencesRequest
{
    /// <summary>Words that someone wrote of it.</summary>
    public string Words { get; init; } = "";

    /// <summary>Colours that its picture has to hold, at most 5.</summary>
    public IReadOnlyList<Rgb24> Colours { get; init; } = [];

    /// <summary>An asset that it should look like.</summary>
    public Guid? LikeAsset { get; init; }

    /// <summary>A look that it should have, of a picture that is no asset.</summary>
    public Look? LikeLook { get; init; }

    /// <summary>Tags that it has to have, all of them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What it is.</summary>
    public AssetKind? Kind { get; init; }

    /// <summary>The code of its production.</summary>
    public string Production { get; init; } = "";

    /// <summary>Whose it is, exactly as stated.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Its licence, exactly as stated.</summary>
    public string Licence { get; init; } = "";

    /// <summary>How it may be used.</summary>
    public RightsKind? Rights { get; init; }

    /// <summary>Whether it may be used today.</summary>
    public Standing? Standing { get; init; }

    /// <summary>A group of copies, all of which are shown.</summary>
    public Guid? Group { get; init; }

    /// <summary>Whether each group of copies is shown as one.</summary>
    public bool OneOfEachGroup { get; init; } = true;

    /// <summary>How many to leave out.</summary>
    public int Skip { get; init; }

    /// <summary>How many to show, 1 to 200.</summary>
    public int Take { get; init; } = 60;
}

/// <summary>What was found.</summary>
/// <param name="Assets">In order: by look, by colour, by words, else the latest first.</param>
/// <param name="Frames">Of footage that was found by one of its frames: which tile of its filmstrip, from 1.</param>
/// <param name="Total">How many there are in all; of a search by look or colour at most <see cref="FindReferences.MostRanked"/>.</param>
/// <param name="IsPartial">Whether nothing holds all of the words and these hold some.</param>
public sealed record FoundReferences(IReadOnlyList<Asset> Assets, IReadOnlyDictionary<Guid, int> Frames, int Total, bool IsPartial);

/// <summary>Finds references by words, by colour, by look, by tags and by rights; never what the person may not see.</summary>
public sealed class FindReferences
{
    /// <summary>How many are ranked by look or colour.</summary>
    public const int MostRanked = 300;

    private const int MostByWords = 2_000;
    private readonly AnswerprintDb db;
    private readonly LookIndex index;
    private readonly TimeProvider clock;

    internal FindReferences(AnswerprintDb db, LookIndex index, TimeProvider clock) => (this.db, this.index, this.clock) = (db, index, clock);

    /// <summary>Finds them.</summary>
    public async Task<FoundReferences> HandleAsync(FindReferencesRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var assets = Narrow(LibraryAccess.Seen(db, actor), request);
        var words = request.Words.Trim().Length == 0 ? null : await WordIndex.FindAsync(db, request.Words, await db.Set<LibraryEntry>().CountAsync(cancellationToken), cancellationToken);
        var pictures = await RankedAsync(request, actor, cancellationToken);
        if (pictures is not null)
        {
            var kept = words is null ? pictures : [.. pictures.Where(picture => words.Scores.ContainsKey(picture.AssetId))];
            var found = await TakeAsync(assets, kept.Select(picture => picture.AssetId).ToList(), request, MostRanked, cancellationToken);
            return found with { Frames = kept.Where(picture => picture.Frame > 0).DistinctBy(picture => picture.AssetId).ToDictionary(picture => picture.AssetId, picture => picture.Frame), IsPartial = words?.IsPartial ?? false };
        }
        if (words is not null)
        {
            var best = words.Scores.OrderByDescending(score => score.Value).ThenByDescending(score => score.Key).Take(MostByWords).Select(score => score.Key).ToList();
            return await TakeAsync(assets, best, request, MostByWords, cancellationToken) with { IsPartial = words.IsPartial };
        }
        if (request is { OneOfEachGroup: true, Group: null }) assets = OneOfEach(assets);
        var total = await assets.CountAsync(cancellationToken);
        var page = await assets.OrderByDescending(asset => asset.CreatedAt).ThenByDescending(asset => asset.Id).Skip(request.Skip).Take(request.Take).ToListAsync(cancellationToken);
        return new FoundReferences(page, new Dictionary<Guid, int>(), total, false);
    }

    private IQueryable<Asset> Narrow(IQueryable<Asset> assets, FindReferencesRequest request)
    {
        assets = assets.Where(asset => (asset.Kind != AssetKind.Attribution && asset.Kind != AssetKind.Painting && asset.Kind != AssetKind.Model) || asset.Kind == request.Kind);
        if (request.Kind is { } kind) assets = assets.Where(asset => asset.Kind == kind);
        if (request.Rights is { } rights) assets = assets.Where(asset => asset.Rights == rights);
        if (request.Owner.Length > 0) assets = assets.Where(asset => asset.Owner == request.Owner);
        if (request.Licence.Length > 0) assets = assets.Where(asset => asset.Licence == request.Licence);
        if (request.Standing is { } standing) assets = assets.Where(Standings.Where(standing, clock.GetUtcNow()));
        if (request.Production.Length > 0)
            assets = assets.Where(asset => db.Set<Production>().Any(production => production.Id == asset.ProductionId && production.Code == request.Production));
        if (request.Group is { } group) assets = assets.Where(asset => db.Set<LibraryEntry>().Any(entry => entry.AssetId == asset.Id && entry.GroupId == group));
        foreach (var tag in request.Tags) assets = assets.Where(asset => db.Set<LibraryTag>().Any(own => own.AssetId == asset.Id && own.Tag == tag));
        return assets;
    }

    /// <summary>Of each group the first that is among them, so that a group whose first is taken down still shows.</summary>
    private IQueryable<Asset> OneOfEach(IQueryable<Asset> assets)
    {
        // Few assets are in a group at all, so those that give way are found once, not asked about for each asset.
        var others = db.Set<LibraryEntry>().Where(entry => entry.GroupId != null
            && db.Set<LibraryEntry>().Any(other => other.GroupId == entry.GroupId && other.GroupPlace < entry.GroupPlace && assets.Any(shown => shown.Id == other.AssetId))).Select(entry => entry.AssetId);
        return assets.Where(asset => !others.Contains(asset.Id));
    }

    private async Task<IReadOnlyList<SeenPicture>?> RankedAsync(FindReferencesRequest request, Actor actor, CancellationToken cancellationToken)
    {
        // What may not be seen may not be asked for its look either.
        var look = request.LikeLook ?? (request.LikeAsset is { } id && await LibraryAccess.Seen(db, actor).AnyAsync(asset => asset.Id == id, cancellationToken) ? await index.FindAsync(id, cancellationToken) : null);
        if (look is null && request.LikeAsset is not null) return [];
        var colours = request.Colours.Count == 0 ? null : await index.OfColoursAsync(request.Colours, cancellationToken);
        if (look is not { } wanted) return colours;
        // Filters are asked of the database, so the index gives more than a page holds; all of it where the library is small.
        var near = await index.NearestAsync(wanted, Math.Max(4_000, 10 * (request.Skip + request.Take)), mirrored: true, cancellationToken);
        if (colours is null) return near;
        var fitting = colours.Select(picture => picture.AssetId).ToHashSet();
        return [.. near.Where(picture => fitting.Contains(picture.AssetId))];
    }

    /// <summary>Those of a ranked list that are among the assets, in its order.</summary>
    private async Task<FoundReferences> TakeAsync(IQueryable<Asset> assets, List<Guid> ranked, FindReferencesRequest request, int most, CancellationToken cancellationToken)
    {
        var (shown, groups) = (new List<Guid>(), new HashSet<Guid>());
        foreach (var some in ranked.Chunk(500))
        {
            if (shown.Count >= most) break;
            var ids = some.ToList();
            var there = (await assets.Where(asset => ids.Contains(asset.Id)).Select(asset => asset.Id).ToListAsync(cancellationToken)).ToHashSet();
            var grouped = request is { OneOfEachGroup: true, Group: null }
                ? await db.Set<LibraryEntry>().Where(entry => entry.GroupId != null && ids.Contains(entry.AssetId)).ToDictionaryAsync(entry => entry.AssetId, entry => entry.GroupId!.Value, cancellationToken)
                : [];
            shown.AddRange(ids.Where(id => there.Contains(id) && (!grouped.TryGetValue(id, out var group) || groups.Add(group))));
        }
        if (shown.Count > most) shown.RemoveRange(most, shown.Count - most);
        var page = shown.Skip(request.Skip).Take(request.Take).ToList();
        var rows = await db.Set<Asset>().AsNoTracking().Where(asset => page.Contains(asset.Id)).ToDictionaryAsync(asset => asset.Id, cancellationToken);
        return new FoundReferences([.. page.Where(rows.ContainsKey).Select(id => rows[id])], new Dictionary<Guid, int>(), shown.Count, false);
    }
}
