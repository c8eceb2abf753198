using Answerprint.Imaging.Attribution;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Clearance;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Promotion;

/// <summary>One part of one pixel.</summary>
public sealed record PixelPart(string Kind, double Share, string Text, Guid? Source, string SourceName, string Frame, double? X, double? Y, string Owner, string Rights, string Licence)
{
    /// <summary>Width of the source as the map knows it, in pixels.</summary>
    public int SourceWidth { get; init; }

    /// <summary>Height of the source as the map knows it, in pixels.</summary>
    public int SourceHeight { get; init; }
}

/// <summary>Where one pixel came from.</summary>
public sealed record PixelAnswer(int X, int Y, IReadOnlyList<PixelPart> Parts);

/// <summary>One source's share of the picture.</summary>
public sealed record SourceShare(string Kind, double Share, Guid? Source, string SourceName, string Owner, string Rights);

/// <summary>Reads the attribution map of an artwork: for a pixel, as shares, and as a picture tinted by kind.</summary>
internal sealed class PixelStory(AnswerprintDb db, BlobStore blobs, AttributionCache cache)
{
    /// <summary>The map; none where there is none.</summary>
    public Task<AttributionMap?> MapAsync(Artwork artwork, CancellationToken cancellationToken) => MapAsync(artwork.AttributionId, cancellationToken);

    /// <summary>The map that an asset holds; none where there is none.</summary>
    public async Task<AttributionMap?> MapAsync(Guid attributionId, CancellationToken cancellationToken)
    {
        var sha256 = await db.Set<Asset>().Where(asset => asset.Id == attributionId).Select(asset => asset.BlobSha256).FirstOrDefaultAsync(cancellationToken);
        if (string.IsNullOrEmpty(sha256) || !blobs.Exists(sha256)) return null;
        if (cache.Get(sha256) is { } known) return known;
        var map = AttributionFile.Read(await File.ReadAllBytesAsync(blobs.PathOf(sha256), cancellationToken));
        cache.Put(sha256, map);
        return map;
    }

    public Task<PixelAnswer> AtAsync(Artwork artwork, AttributionMap map, int x, int y, CancellationToken cancellationToken) => AtAsync(artwork.AssetId, map, x, y, cancellationToken);

    /// <summary>Where a pixel of an asset came from.</summary>
    public async Task<PixelAnswer> AtAsync(Guid assetId, AttributionMap map, int x, int y, CancellationToken cancellationToken)
    {
        var assets = await SourcesAsync(assetId, cancellationToken);
        var parts = map.At(x, y).Select(part =>
        {
            var source = part.Source >= 0 ? map.Sources[part.Source] : null;
            var asset = source is null ? null : assets.GetValueOrDefault(Convert.ToHexStringLower(source.Digest.Span));
            double? Place(double value) => double.IsNaN(value) ? null : Math.Round(value, 2);
            return new PixelPart(
                ClearanceWords.Camel(part.Kind), Math.Round((double)part.Weight / AttributionMap.PixelWeight, 4), Text(part.Kind), asset?.Id, asset?.Name ?? source?.Label ?? "",
                FrameOf(source?.Label), Place(part.X), Place(part.Y), asset?.Owner ?? "", asset is null ? "" : RightsWords(asset), asset?.Licence ?? "") { SourceWidth = source?.Width ?? 0, SourceHeight = source?.Height ?? 0 };
        });
        return new PixelAnswer(x, y, [.. parts]);
    }

    public Task<IReadOnlyList<SourceShare>> SharesAsync(Artwork artwork, AttributionMap map, CancellationToken cancellationToken) => SharesAsync(artwork.AssetId, map, cancellationToken);

    /// <summary>What each source gave to an asset.</summary>
    public async Task<IReadOnlyList<SourceShare>> SharesAsync(Guid assetId, AttributionMap map, CancellationToken cancellationToken)
    {
        var assets = await SourcesAsync(assetId, cancellationToken);
        return [.. map.Shares().Select(share =>
        {
            var source = share.Source >= 0 ? map.Sources[share.Source] : null;
            var asset = source is null ? null : assets.GetValueOrDefault(Convert.ToHexStringLower(source.Digest.Span));
            return new SourceShare(ClearanceWords.Camel(share.Kind), share.PartsPerMillion / 1e6, asset?.Id, source?.Label ?? "", asset?.Owner ?? "", asset is null ? "" : RightsWords(asset));
        })];
    }

    /// <summary>A PNG of at most 960 pixels width in which each kind has its colour; as transparent as the pixel is somebody else's.</summary>
    public static byte[] Overlay(AttributionMap map)
    {
        var width = Math.Min(960, map.Width);
        var height = Math.Max(1, (int)((long)map.Height * width / map.Width));
        var pixels = new byte[width * height * 4];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var part = map.At((int)((x + 0.5) * map.Width / width), (int)((y + 0.5) * map.Height / height))[0];
                Tint(part).CopyTo(pixels.AsSpan((y * width + x) * 4, 4));
            }
        using var picture = StillImage.FromPixels<byte>(pixels, width, height, 4);
        return picture.Encode(new StillEncoding.Png());
    }

    public static string RightsWords(Asset asset) => asset.Rights switch
    {
        RightsKind.StaffMade => "made by staff",
        RightsKind.Licensed => asset.RightsUntil is { } until ? $"licensed until {until.UtcDateTime:d MMM yyyy}" : "licensed",
        RightsKind.PublicDomain => "public domain",
        RightsKind.UserGenerated => "given by a member of the public",
        RightsKind.ServiceProprietary => "the service's own",
        _ => "nobody has said",
    };

    /// <summary>The colours of the shell's attribution bar, so that one legend serves both.</summary>
    private static byte[] Tint(Contribution part)
    {
        var (r, g, b) = part.Kind switch
        {
            AttributionKind.Copied => ((byte)228, (byte)178, (byte)104),
            AttributionKind.Blended => ((byte)92, (byte)184, (byte)145),
            AttributionKind.Rendered => ((byte)88, (byte)168, (byte)216),
            AttributionKind.Painted => ((byte)192, (byte)143, (byte)212),
            _ => ((byte)102, (byte)98, (byte)94),
        };
        return [r, g, b, (byte)(90 + 90 * part.Weight / AttributionMap.PixelWeight)];
    }

    private static string Text(AttributionKind kind) => kind switch
    {
        AttributionKind.Copied => "Copied: the value of one source pixel, bit for bit.",
        AttributionKind.Blended => "Blended: a weighted sum of source pixels around this place, as resizing makes.",
        AttributionKind.Rendered => "Rendered: drawn by the program, type or shade.",
        AttributionKind.Painted => "Painted by a named person.",
        _ => "Not attributable: what made it cannot say.",
    };

    private static string FrameOf(string? label)
    {
        var at = label?.LastIndexOf(", frame ", StringComparison.Ordinal) ?? -1;
        return at < 0 ? "" : label![(at + 8)..];
    }

    private async Task<Dictionary<string, Asset>> SourcesAsync(Guid assetId, CancellationToken cancellationToken)
    {
        var ids = db.Set<AssetInput>().Where(input => input.AssetId == assetId).Select(input => input.SourceId);
        var assets = await db.Set<Asset>().AsNoTracking().Where(asset => ids.Contains(asset.Id)).ToListAsync(cancellationToken);
        return assets.GroupBy(asset => asset.BlobSha256).ToDictionary(group => group.Key, group => group.First());
    }
}

/// <summary>The last few maps that were read: a pointer over a picture asks many times a second.</summary>
internal sealed class AttributionCache
{
    private const int Capacity = 6;
    private readonly Lock gate = new();
    private readonly LinkedList<(string Sha256, AttributionMap Map)> recent = [];

    public AttributionMap? Get(string sha256)
    {
        lock (gate)
        {
            for (var node = recent.First; node is not null; node = node.Next)
                if (node.Value.Sha256 == sha256) return node.Value.Map;
            return null;
        }
    }

    public void Put(string sha256, AttributionMap map)
    {
        lock (gate)
        {
            recent.AddFirst((sha256, map));
            while (recent.Count > Capacity) recent.RemoveLast();
        }
    }
}
