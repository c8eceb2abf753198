using System.Numerics;
using Answerprint.Imaging.Destruction;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>What a mask became.</summary>
/// <param name="Outline">The building's outline in pixels of the plate, at most <see cref="CollapseMasks.MaxPoints"/> points; empty where it is none.</param>
/// <param name="Problem">Why it is none; empty where it is one.</param>
public sealed record TraceMaskResult(IReadOnlyList<Vector2> Outline, string Problem);

/// <summary>Turns a black and white picture of a plate's size into the outline of a building. Nothing is kept.</summary>
/// <param name="db">Records.</param>
/// <param name="blobs">Has room for the file while it is read.</param>
/// <param name="media">Limits and programs.</param>
public sealed class TraceMask(AnswerprintDb db, BlobStore blobs, MediaOptions media)
{
    /// <summary>Most bytes of a mask.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>Reads a mask of a plate.</summary>
    /// <param name="assetId">The plate.</param>
    /// <param name="mask">The file, at most <see cref="MaxBytes"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<TraceMaskResult> HandleAsync(Guid assetId, ReadOnlyMemory<byte> mask, CancellationToken cancellationToken)
    {
        if (await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == assetId && asset.State == AssetState.Active, cancellationToken) is not { } plate) return Not($"there is no plate {assetId}");
        if (mask.Length > MaxBytes) return Not($"a mask of {mask.Length} bytes is beyond the limit of {MaxBytes}");
        var path = blobs.NewStagingPath(".mask");
        try
        {
            await File.WriteAllBytesAsync(path, mask, cancellationToken);
            var read = await new PictureReader(media).ReadAsync(path, cancellationToken);
            if (!read.Ok) return Not("the mask cannot be read: it is a PNG in grey or black and white");
            return new TraceMaskResult(MaskOutline.Trace(BuildingMask.Of(read.Value.Picture, "the mask", plate.Width, plate.Height), CollapseMasks.MaxPoints), "");
        }
        catch (CollapseException error)
        {
            return Not(error.Message);
        }
        catch (ArgumentException)
        {
            return Not("the mask covers nothing: it is light, 128 or more, where the building is");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static TraceMaskResult Not(string problem) => new([], problem);
}
