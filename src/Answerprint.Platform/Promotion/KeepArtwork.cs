using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Promotion;

/// <summary>A person's word on a draft.</summary>
/// <param name="ArtworkId">The artwork.</param>
/// <param name="Kept">True keeps it, false drops it, none takes the word back.</param>
public sealed record KeepArtworkRequest(Guid ArtworkId, bool? Kept);

/// <summary>What became of it.</summary>
/// <param name="Artwork">As it stands now; none where there is none.</param>
/// <param name="Refusal">None where it was taken.</param>
public sealed record KeepArtworkResult(Artwork? Artwork, Refusal? Refusal);

/// <summary>Notes whether people keep a draft: the keep rate is the released and kept over all that was made.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
public sealed class KeepArtwork(AnswerprintDb db, AuditTrail audit)
{
    /// <summary>Notes it.</summary>
    public async Task<KeepArtworkResult> HandleAsync(KeepArtworkRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var artwork = await db.Set<Artwork>().FirstOrDefaultAsync(artwork => artwork.Id == request.ArtworkId, cancellationToken);
        if (artwork is null) return new(null, Refusal.NotFound($"there is no artwork {request.ArtworkId}"));
        if (artwork.Kept == request.Kept) return new(artwork, null);
        if (request.Kept != true && artwork.IsPublished) return new(artwork, Refusal.Conflict("kept", "it is published; take it off the title's pages first"));
        artwork.Kept = request.Kept;
        var action = request.Kept switch { true => "artwork.kept", false => "artwork.dropped", null => "artwork.undecided" };
        await audit.AppendAsync(db, actor, action, "artwork", artwork.Id.ToString(), new JsonObject { ["asset"] = artwork.AssetId.ToString() }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(artwork, null);
    }
}
