using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Audience.Catalogue;

/// <summary>
/// The catalogue as it is now, from memory. Every call looks whether the database has changed; only then it reads what is published, and only
/// where that differs it builds a new snapshot. So a publication, a quarantine in any process and the end of a right hold from the next call on.
/// </summary>
public sealed class LiveCatalogue : IDisposable
{
    private readonly IDbContextFactory<AnswerprintDb> _contexts;
    private readonly TimeProvider _clock;
    private readonly DatabaseChanges _changes;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private State? _state;

    /// <summary>Made once in a process.</summary>
    /// <param name="contexts">Makes connections.</param>
    /// <param name="clock">Decides on rights windows.</param>
    public LiveCatalogue(IDbContextFactory<AnswerprintDb> contexts, TimeProvider clock)
    {
        (_contexts, _clock) = (contexts, clock);
        _changes = new DatabaseChanges(contexts);
    }

    /// <summary>The catalogue as it is now.</summary>
    public ValueTask<CatalogueSnapshot> CurrentAsync(CancellationToken cancellationToken)
    {
        // Looked at before anything is read: what is committed while we read is noticed by the next call.
        var version = _changes.Look();
        var state = Volatile.Read(ref _state);
        return state is not null && state.IsCurrent(version, _clock.GetUtcNow())
            ? ValueTask.FromResult(state.Snapshot)
            : RefreshAsync(cancellationToken);
    }

    /// <summary>A number that differs from the one before whenever anything at all was committed in between.</summary>
    internal long Look() => _changes.Look();

    /// <inheritdoc/>
    public void Dispose()
    {
        _changes.Dispose();
        _gate.Dispose();
    }

    private async ValueTask<CatalogueSnapshot> RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var (version, now, known) = (_changes.Look(), _clock.GetUtcNow(), _state);
            if (known is not null && known.IsCurrent(version, now)) return known.Snapshot;
            var read = await ReadAsync(known, version, now, cancellationToken);
            Volatile.Write(ref _state, read);
            return read.Snapshot;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<State> ReadAsync(State? known, long version, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var signature = await CatalogueQueries.SignatureAsync(db, cancellationToken);
        var artworks = await CatalogueQueries.ArtworksAsync(db, cancellationToken);
        var clips = await CatalogueQueries.ClipsAsync(db, cancellationToken);
        var titles = known is not null && known.Signature == signature
            ? known.Titles
            : await db.Set<Title>().AsNoTracking().ToListAsync(cancellationToken);

        var (shown, played) = (Servable(artworks, now), Servable(clips, now));
        var changesAt = artworks.SelectMany(artwork => artwork.Boundaries).Concat(clips.SelectMany(clip => clip.Boundaries))
            .Where(instant => instant > now).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var same = known is not null && ReferenceEquals(titles, known.Titles) && shown.SequenceEqual(known.Artworks) && played.SequenceEqual(known.Clips);
        var snapshot = same ? known!.Snapshot : Build(titles, shown, played);
        return new State(snapshot, version, changesAt, signature, titles, shown, played);
    }

    private static CatalogueSnapshot Build(List<Title> titles, List<ArtworkImage> artworks, List<FilmClip> clips)
    {
        var artworksOf = artworks.ToLookup(artwork => artwork.TitleId);
        var clipsOf = clips.ToLookup(clip => clip.ProductionId);
        return new CatalogueSnapshot([.. titles.Select(title => new CatalogueTitle(
            title, [.. artworksOf[title.Id]], title.ProductionId is { } production ? [.. clipsOf[production]] : []))]);
    }

    private static List<T> Servable<T>(List<Published<T>> published, DateTimeOffset now) =>
        [.. published.Where(item => item.MayBeServed(now)).Select(item => item.Item)];

    private sealed record State(
        CatalogueSnapshot Snapshot, long Version, DateTimeOffset ChangesAt, TitleSignature Signature,
        List<Title> Titles, List<ArtworkImage> Artworks, List<FilmClip> Clips)
    {
        public bool IsCurrent(long version, DateTimeOffset now) => Version == version && now < ChangesAt;
    }
}
