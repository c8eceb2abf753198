using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Withdrawal;
using Answerprint.Platform.Withdrawal.Contracts;
using Answerprint.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Withdrawal;

/// <summary>
/// The one place where what is quarantined can still be looked at, by those who may clear and by nobody else: without it nobody could say whether a
/// remake stands in for what it replaces, or whether a withdrawal was an error. No cache may keep an answer.
/// </summary>
internal static class EvidenceRoutes
{
    private static readonly string[] Shown = ["image/jpeg", "image/png", "image/webp", "image/gif"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var evidence = routes.MapGroup("/clearance/withdraw/evidence").ForRoles([.. WithdrawSource.ForRoles]).ExcludeFromDescription();
        evidence.MapGet("/{id:guid}", PictureAsync);
        evidence.MapGet("/{id:guid}/lit", LitAsync);
    }

    /// <summary>The address of an asset's picture, quarantined or not.</summary>
    public static string UrlOf(Guid assetId) => $"/clearance/withdraw/evidence/{assetId}";

    /// <summary>The address of its small picture.</summary>
    public static string SmallUrlOf(Guid assetId) => $"/clearance/withdraw/evidence/{assetId}?small=true";

    /// <summary>The address of the picture in which the pixels that came from what is withdrawn are lit.</summary>
    public static string LitUrlOf(Guid assetId, string of) => $"/clearance/withdraw/evidence/{assetId}/lit?{of}";

    private static async Task<IResult> PictureAsync(Guid id, HttpContext context, AnswerprintDb db, BlobStore blobs, CancellationToken cancellationToken, bool small = false)
    {
        if (await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == id, cancellationToken) is not { } asset) return Results.NotFound();
        var made = await db.Set<Rendition>().AsNoTracking().Where(made => made.AssetId == id && (made.Kind == RenditionKind.Thumbnail || made.Kind == RenditionKind.Poster)).ToListAsync(cancellationToken);
        var (little, large) = (made.Find(each => each.Kind == RenditionKind.Thumbnail), made.Find(each => each.Kind == RenditionKind.Poster));
        var (sha256, type) = small && (little ?? large) is { } first ? (first.BlobSha256, first.MediaType)
            : Shown.Contains(asset.MediaType) ? (asset.BlobSha256, asset.MediaType)
            : (large ?? little) is { } second ? (second.BlobSha256, second.MediaType) : ("", "");
        if (sha256.Length == 0 || !blobs.Exists(sha256)) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.File(blobs.PathOf(sha256), type);
    }

    private static async Task<IResult> LitAsync(
        Guid id, HttpContext context, AnswerprintDb db, LitPixels lit, CancellationToken cancellationToken, Guid? withdrawal = null, Guid? asset = null, string? owner = null)
    {
        if (await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(each => each.Id == id, cancellationToken) is not { } picture) return Results.NotFound();
        HashSet<Guid> sources = withdrawal is { } of
            ? [.. await db.Set<WithdrawnAsset>().Where(each => each.WithdrawalId == of && each.Steps == 0).Select(each => each.AssetId).ToListAsync(cancellationToken)]
            : asset is { } one ? [one]
            : [.. await db.Set<Asset>().Where(each => each.Owner == owner && !db.Set<AssetInput>().Any(input => input.AssetId == each.Id && db.Set<Asset>().Any(from => from.Id == input.SourceId && from.Owner == owner))).Select(each => each.Id).ToListAsync(cancellationToken)];
        if (sources.Count == 0 || await lit.OfAsync(picture, sources, cancellationToken) is not { } mask) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.Bytes(Paint(mask), "image/png");
    }

    /// <summary>The lamp's hue over what is withdrawn, darkness over the rest; through both the picture is still seen.</summary>
    private static byte[] Paint(LitMask mask)
    {
        const int Lamp = 118, Dark = 196;
        var pixels = new byte[mask.Width * mask.Height * 4];
        for (var i = 0; i < mask.Shares.Length; i++)
        {
            var share = mask.Shares[i];
            var pixel = pixels.AsSpan(i * 4, 4);
            (pixel[0], pixel[1], pixel[2]) = ((byte)(244 * share / 255), (byte)(182 * share / 255), (byte)(84 * share / 255));
            pixel[3] = (byte)((Lamp * share + Dark * (255 - share)) / 255);
        }
        using var picture = StillImage.FromPixels<byte>(pixels, mask.Width, mask.Height, 4);
        return picture.Encode(new StillEncoding.Png());
    }
}
