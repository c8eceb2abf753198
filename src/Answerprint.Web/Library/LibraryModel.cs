using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Find;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;

namespace Answerprint.Web.Library;

/// <summary>A page of the library: what was found, how it looks, and by what it can be narrowed.</summary>
public sealed record LibraryModel(
    LibraryFilter Filter, FoundReferences Found, IReadOnlyList<ReferenceCard> Cards, Facets Facets, ReferenceCard? Like, bool IsCurator)
{
    public int Pages => Math.Max(1, (Found.Total + LibraryFilter.PageSize - 1) / LibraryFilter.PageSize);

    internal static async Task<LibraryModel> LoadAsync(LibraryFilter filter, Actor actor, IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<AnswerprintDb>();
        var found = await services.GetRequiredService<FindReferences>().HandleAsync(filter.Request, actor, cancellationToken);
        var facets = await services.GetRequiredService<LibraryFacets>().HandleAsync(actor, cancellationToken);
        var cards = await ReferenceCard.LoadAsync(found.Assets, found.Frames, actor, services, cancellationToken);
        ReferenceCard? like = null;
        if (filter.Like is { } id && await LibraryQuery.FindAsync(db, id, actor, cancellationToken) is { } asset)
            like = (await ReferenceCard.LoadAsync([asset], new Dictionary<Guid, int>(), actor, services, cancellationToken))[0];
        return new LibraryModel(filter, found, cards, facets, like, actor.HasAny([.. LibraryAccess.Curators]));
    }
}

/// <summary>An asset as the contact sheet shows it.</summary>
public sealed record ReferenceCard(Asset Asset, AssetLook Look, ReferenceDetail Detail, Standing Standing, int Frame)
{
    internal static async Task<IReadOnlyList<ReferenceCard>> LoadAsync(
        IReadOnlyList<Asset> assets, IReadOnlyDictionary<Guid, int> frames, Actor actor, IServiceProvider services, CancellationToken cancellationToken)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var looks = await AssetLook.LoadAsync(services.GetRequiredService<AnswerprintDb>(), assets, cancellationToken);
        var details = await services.GetRequiredService<ReferenceDetails>().HandleAsync([.. assets.Select(asset => asset.Id)], actor, cancellationToken);
        return [.. assets.Select(asset => new ReferenceCard(asset, looks[asset.Id], details[asset.Id], Standings.Of(asset, now), frames.GetValueOrDefault(asset.Id)))];
    }

    /// <summary>The class that gives the card its picture's shape: aspect ratios in steps of a twentieth, from 1:2 to 3:1.</summary>
    public string Shape => $"r{(Asset.Width > 0 && Asset.Height > 0 ? Math.Clamp((int)Math.Round(20.0 * Asset.Width / Asset.Height), 10, 60) : 30)}";

    /// <summary>Rights window in as few words as there are.</summary>
    public string Window => (Asset.RightsFrom, Asset.RightsUntil) switch
    {
        (null, null) => "",
        (_, { } until) => $"until {until.UtcDateTime:d MMM yyyy}",
        ({ } from, null) => $"from {from.UtcDateTime:d MMM yyyy}",
    };

    /// <summary>Where in footage the frame lies that was found.</summary>
    public string? At => Frame > 0 && Look is { Tiles: > 0, Seconds: { } seconds } ? Words.Clock(seconds * (2 * Frame - 1) / (2 * Look.Tiles)) : null;
}
