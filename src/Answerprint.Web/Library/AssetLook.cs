using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Library;

/// <summary>What a page needs to show an asset: addresses of its pictures and its measures.</summary>
public sealed record AssetLook(Guid Id, string Name, AssetKind Kind, bool IsQuarantined, int Width, int Height, long Frames, double FrameRate)
{
    public string? Thumbnail { get; init; }

    public string? Poster { get; init; }

    public string? Proxy { get; init; }

    public string? Strip { get; init; }

    public int Tiles { get; init; }

    public int StripWidth { get; init; }

    public int StripHeight { get; init; }

    public double? Seconds => FrameRate > 0 && Frames > 1 ? Frames / FrameRate : null;

    public string? Timecode => Seconds is { } seconds ? Words.Clock(seconds) : null;

    /// <summary>The looks of assets. What is quarantined has no pictures.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, AssetLook>> LoadAsync(AnswerprintDb db, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToList();
        var assets = await db.Set<Asset>().AsNoTracking().Where(asset => wanted.Contains(asset.Id)).ToListAsync(cancellationToken);
        return await LoadAsync(db, assets, cancellationToken);
    }

    internal static async Task<IReadOnlyDictionary<Guid, AssetLook>> LoadAsync(AnswerprintDb db, IReadOnlyList<Asset> assets, CancellationToken cancellationToken)
    {
        var ids = assets.Select(asset => asset.Id).ToList();
        var renditions = (await db.Set<Rendition>().AsNoTracking().Where(made => ids.Contains(made.AssetId)).ToListAsync(cancellationToken)).ToLookup(made => made.AssetId);
        return assets.ToDictionary(asset => asset.Id, asset => Of(asset, renditions[asset.Id]));
    }

    private static AssetLook Of(Asset asset, IEnumerable<Rendition> renditions)
    {
        var rate = Rational.TryParse(asset.FrameRate, out var parsed) ? parsed.ToDouble() : 0;
        var look = new AssetLook(asset.Id, asset.Name, asset.Kind, asset.State == AssetState.Quarantined, asset.Width, asset.Height, asset.Frames, rate);
        // Nobody sees what is quarantined here; those who may clear look at it on the withdrawal's own pages.
        if (look.IsQuarantined) return look;
        var made = renditions.ToDictionary(rendition => rendition.Kind);
        string? Url(RenditionKind kind) => made.ContainsKey(kind) ? MediaRoutes.UrlOf(asset.Id, kind) : null;
        var strip = made.GetValueOrDefault(RenditionKind.Filmstrip);
        return look with
        {
            Thumbnail = Url(RenditionKind.Thumbnail) ?? Url(RenditionKind.Poster), Poster = Url(RenditionKind.Poster) ?? Url(RenditionKind.Thumbnail), Proxy = Url(RenditionKind.Proxy),
            Strip = Url(RenditionKind.Filmstrip), Tiles = strip?.Tiles ?? 0, StripWidth = strip?.Width ?? 0, StripHeight = strip?.Height ?? 0,
        };
    }
}
