using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Quality.Looks;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Library.Looks;

/// <summary>A picture of the library that fits.</summary>
/// <param name="AssetId">Its asset.</param>
/// <param name="Frame">0 for the asset's own picture, from 1 the frames of its filmstrip.</param>
/// <param name="Score">Distance of looks, or fit of colours.</param>
/// <param name="IsMirrored">Whether it is nearer when turned left to right.</param>
internal readonly record struct SeenPicture(Guid AssetId, int Frame, double Score, bool IsMirrored = false);

/// <summary>All looks and palettes in memory, searched exactly. It holds nothing that the records do not: each search first takes in what they have anew.</summary>
internal sealed class LookIndex(IDbContextFactory<AnswerprintDb> contexts) : IDisposable
{
    // Transactions commit in another order than they read the clock: what is a little older than the newest is read again.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim gate = new(1, 1);
    private Held held = new();

    private sealed class Held
    {
        public LookList Looks { get; } = new();
        public PaletteList Palettes { get; } = new();
        public List<(Guid AssetId, int Frame)> Pictures { get; } = [];
        public Dictionary<(Guid AssetId, int Frame), int> Places { get; } = [];
        public DateTimeOffset Newest { get; set; } = DateTimeOffset.MinValue;
    }

    /// <summary>How many pictures are searched.</summary>
    public int Count => held.Pictures.Count;

    /// <summary>The nearest looks, nearest first, one picture for each asset.</summary>
    public Task<IReadOnlyList<SeenPicture>> NearestAsync(Look look, int count, bool mirrored, CancellationToken cancellationToken) => AskAsync(
        now => FirstOfEach(now.Looks.Nearest(look, count, mirrored).Select(near => new SeenPicture(now.Pictures[near.Index].AssetId, now.Pictures[near.Index].Frame, near.Distance, near.IsMirrored))),
        cancellationToken);

    /// <summary>The pictures that hold most of the colours, best first, one for each asset.</summary>
    public Task<IReadOnlyList<SeenPicture>> OfColoursAsync(IReadOnlyList<Rgb24> colours, CancellationToken cancellationToken) => AskAsync(
        now => FirstOfEach(now.Palettes.Rank([.. colours.Select(OkLab.FromRgb)]).Select(fit => new SeenPicture(now.Pictures[fit.Index].AssetId, now.Pictures[fit.Index].Frame, fit.Score))),
        cancellationToken);

    /// <summary>The look of an asset's own picture; none where it has none.</summary>
    public async Task<Look?> FindAsync(Guid assetId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await db.Set<LibraryLook>().AsNoTracking().Where(look => look.AssetId == assetId && look.Frame == 0).Select(look => look.Look).FirstOrDefaultAsync(cancellationToken);
        return stored is { Length: Look.Size } ? Look.FromBytes(stored) : null;
    }

    public void Dispose() => gate.Dispose();

    private static List<SeenPicture> FirstOfEach(IEnumerable<SeenPicture> ranked)
    {
        var seen = new HashSet<Guid>();
        return [.. ranked.Where(picture => seen.Add(picture.AssetId))];
    }

    private async Task<IReadOnlyList<SeenPicture>> AskAsync(Func<Held, List<SeenPicture>> ask, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await RefreshAsync(db, cancellationToken);
            return ask(held);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task RefreshAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        var count = await db.Set<LibraryLook>().CountAsync(cancellationToken);
        var newest = count == 0 ? DateTimeOffset.MinValue : await db.Set<LibraryLook>().MaxAsync(look => look.IndexedAt, cancellationToken);
        if (count == Count && newest == held.Newest) return;
        if (count < Count) held = new Held();
        var since = held.Newest > DateTimeOffset.MinValue + Overlap ? held.Newest - Overlap : DateTimeOffset.MinValue;
        await TakeAsync(db, since, cancellationToken);
        // Something went and something came: begin anew.
        if (Count != count)
        {
            held = new Held();
            await TakeAsync(db, DateTimeOffset.MinValue, cancellationToken);
        }
        held.Newest = newest;
    }

    private async Task TakeAsync(AnswerprintDb db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var rows = db.Set<LibraryLook>().AsNoTracking().Where(look => look.IndexedAt >= since).OrderBy(look => look.IndexedAt).ThenBy(look => look.AssetId).ThenBy(look => look.Frame)
            .Select(look => new { look.AssetId, look.Frame, look.Look, look.Palette });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (row.Look.Length != Look.Size) continue;
            var (look, palette) = (Look.FromBytes(row.Look), PaletteBytes.Read(row.Palette));
            if (held.Places.TryGetValue((row.AssetId, row.Frame), out var place))
            {
                held.Looks.Replace(place, look);
                held.Palettes.Replace(place, palette);
                continue;
            }
            held.Places.Add((row.AssetId, row.Frame), held.Pictures.Count);
            held.Pictures.Add((row.AssetId, row.Frame));
            held.Looks.Add(look);
            held.Palettes.Add(palette);
        }
    }
}
