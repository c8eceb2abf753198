using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Promotion;

/// <summary>Whether a title's pages are to show a released artwork.</summary>
/// <param name="ArtworkId">The artwork.</param>
/// <param name="Published">True shows it, false takes it off.</param>
public sealed record PublishArtworkRequest(Guid ArtworkId, bool Published);

/// <summary>What became of it.</summary>
/// <param name="Artwork">As it stands now; none where there is none.</param>
/// <param name="Refusal">None where it was done.</param>
public sealed record PublishArtworkResult(Artwork? Artwork, Refusal? Refusal);

/// <summary>Puts released artwork on the title's pages and takes it off. Only what Clearance has let out can be shown.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
public sealed class PublishArtwork(AnswerprintDb db, AuditTrail audit)
{
    /// <summary>Does it.</summary>
    public async Task<PublishArtworkResult> HandleAsync(PublishArtworkRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var artwork = await db.Set<Artwork>().FirstOrDefaultAsync(artwork => artwork.Id == request.ArtworkId, cancellationToken);
        if (artwork is null) return new(null, Refusal.NotFound($"there is no artwork {request.ArtworkId}"));
        if (artwork.IsPublished == request.Published) return new(artwork, null);
        if (request.Published && artwork.ReleaseId is null) return new(artwork, Refusal.Conflict("published", "it is a draft: nothing is shown to viewers before it is released"));
        if (request.Published && await db.Set<Asset>().AnyAsync(asset => asset.Id == artwork.AssetId && asset.State == AssetState.Quarantined, cancellationToken))
            return new(artwork, Refusal.Conflict("published", "it is quarantined"));
        artwork.IsPublished = request.Published;
        if (request.Published) artwork.Kept = true;
        await audit.AppendAsync(db, actor, request.Published ? "artwork.published" : "artwork.unpublished", "artwork", artwork.Id.ToString(),
            new JsonObject { ["asset"] = artwork.AssetId.ToString(), ["release"] = artwork.ReleaseId?.ToString() }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(artwork, null);
    }
}
