using Answerprint.Imaging.Attribution;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Withdrawal.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Withdrawal;

/// <summary>Which pixels of a picture came from what is withdrawn.</summary>
/// <param name="Width">Of the grid.</param>
/// <param name="Height">Of the grid.</param>
/// <param name="Shares">0 to 255 for each cell, row by row: how much of it came from what is withdrawn.</param>
/// <param name="IsMapped">Whether an attribution map says so; otherwise all cells have the share that lineage has on record.</param>
public sealed record LitMask(int Width, int Height, byte[] Shares, bool IsMapped);

/// <summary>Lights the pixels that came from withdrawn sources, through any number of steps: a pixel copied from a picture that was itself made is as lit as the pixel it was copied from.</summary>
/// <param name="db">Records.</param>
/// <param name="blobs">Maps.</param>
public sealed class LitPixels(AnswerprintDb db, BlobStore blobs)
{
    /// <summary>Widest grid, in cells.</summary>
    public const int MaxWidth = 640;

    private const int MaxSteps = 8;

    /// <summary>The mask of an asset; none where it has no pixels or is not reached.</summary>
    /// <param name="asset">The picture.</param>
    /// <param name="sources">The withdrawn sources.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<LitMask?> OfAsync(Asset asset, IReadOnlySet<Guid> sources, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asset);
        ArgumentNullException.ThrowIfNull(sources);
        return asset.Width < 1 || asset.Height < 1 ? null : await MaskAsync(asset, sources, 0, cancellationToken);
    }

    /// <summary>The name of a withdrawn source that the attribution map of an asset names; none where it names none, or there is no map.</summary>
    public async Task<string?> NamesWithdrawnAsync(Asset asset, Guid withdrawalId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asset);
        if (await MapAsync(asset, cancellationToken) is not { } map) return null;
        var digests = map.Sources.Select(source => Convert.ToHexStringLower(source.Digest.Span)).ToHashSet();
        return await (
            from withdrawn in db.Set<WithdrawnAsset>()
            where withdrawn.WithdrawalId == withdrawalId
            join other in db.Set<Asset>() on withdrawn.AssetId equals other.Id
            where EF.Parameter(digests).Contains(other.BlobSha256) || EF.Parameter(digests).Contains(other.PixelSha256)
            select other.Name).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<LitMask> MaskAsync(Asset asset, IReadOnlySet<Guid> sources, int step, CancellationToken cancellationToken)
    {
        var width = Math.Min(MaxWidth, asset.Width);
        var height = Math.Max(1, (int)((long)asset.Height * width / asset.Width));
        if (sources.Contains(asset.Id)) return Even(width, height, 1_000_000, isMapped: true);
        var inputs = await db.Set<AssetInput>().AsNoTracking().Where(input => input.AssetId == asset.Id).ToListAsync(cancellationToken);
        var ids = inputs.Select(input => input.SourceId).Distinct().ToList();
        var parents = await db.Set<Asset>().AsNoTracking().Where(other => EF.Parameter(ids).Contains(other.Id)).ToListAsync(cancellationToken);
        var map = await MapAsync(asset, cancellationToken);

        var masks = new Dictionary<Guid, LitMask>();
        foreach (var parent in parents.Where(parent => parent is { Width: > 0, Height: > 0 } || sources.Contains(parent.Id)))
            if (step < MaxSteps) masks[parent.Id] = sources.Contains(parent.Id) ? Even(1, 1, 1_000_000, isMapped: true) : await MaskAsync(parent, sources, step + 1, cancellationToken);
        if (map is null) return Even(width, height, inputs.Sum(input => input.ShareMillionths * MeanOf(masks.GetValueOrDefault(input.SourceId))), isMapped: inputs.Count == 1 && inputs[0].ShareMillionths == 1_000_000);
        var bySource = map.Sources.Select(source => Convert.ToHexStringLower(source.Digest.Span))
            .Select(digest => parents.Find(parent => parent.BlobSha256 == digest || parent.PixelSha256 == digest)).Select(parent => parent is null ? null : masks.GetValueOrDefault(parent.Id)).ToArray();
        return Trace(map, bySource, width, height);
    }

    private static LitMask Trace(AttributionMap map, LitMask?[] bySource, int width, int height)
    {
        var shares = new byte[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                double lit = 0;
                foreach (var part in map.At((int)((x + 0.5) * map.Width / width), (int)((y + 0.5) * map.Height / height)))
                {
                    if (part.Source < 0 || part.Kind is not (AttributionKind.Copied or AttributionKind.Blended) || bySource[part.Source] is not { } mask) continue;
                    var source = map.Sources[part.Source];
                    lit += part.Weight * At(mask, part.X / Math.Max(1, source.Width), part.Y / Math.Max(1, source.Height));
                }
                shares[y * width + x] = (byte)Math.Clamp(Math.Round(lit / AttributionMap.PixelWeight * 255), 0, 255);
            }
        return new LitMask(width, height, shares, IsMapped: true);
    }

    /// <summary>The share at a place from 0 to 1 each way.</summary>
    private static double At(LitMask mask, double x, double y)
    {
        var column = double.IsNaN(x) ? 0 : Math.Clamp((int)(x * mask.Width), 0, mask.Width - 1);
        var row = double.IsNaN(y) ? 0 : Math.Clamp((int)(y * mask.Height), 0, mask.Height - 1);
        return mask.Shares[row * mask.Width + column] / 255.0;
    }

    private static double MeanOf(LitMask? mask) => mask is null ? 0 : mask.Shares.Average(share => share / 255.0);

    private static LitMask Even(int width, int height, double millionths, bool isMapped)
    {
        var shares = new byte[width * height];
        Array.Fill(shares, (byte)Math.Clamp(Math.Round(millionths / 1_000_000 * 255), 0, 255));
        return new LitMask(width, height, shares, isMapped);
    }

    private async Task<AttributionMap?> MapAsync(Asset asset, CancellationToken cancellationToken)
    {
        if (asset.AttributionId is not { } id) return null;
        var sha256 = await db.Set<Asset>().Where(map => map.Id == id).Select(map => map.BlobSha256).FirstOrDefaultAsync(cancellationToken);
        return string.IsNullOrEmpty(sha256) || !blobs.Exists(sha256) ? null : AttributionFile.Read(await File.ReadAllBytesAsync(blobs.PathOf(sha256), cancellationToken));
    }
}
