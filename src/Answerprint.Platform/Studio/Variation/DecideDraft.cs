using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Variation;

/// <summary>A person's word on a draft.</summary>
/// <param name="DraftId">The draft.</param>
/// <param name="Kept">True keeps it, false discards it, none takes the word back.</param>
/// <param name="Note">A note of up to 1,000 characters; none leaves the note as it is.</param>
public sealed record DecideDraftRequest(Guid DraftId, bool? Kept, string? Note);

/// <summary>What became of it.</summary>
/// <param name="Draft">As it stands now; none where there is none.</param>
/// <param name="Refusal">None where it was taken.</param>
public sealed record DecideDraftResult(StudioDraft? Draft, Refusal? Refusal);

/// <summary>Keeps, discards or annotates a draft. Nothing is deleted: what is discarded can be kept again.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
public sealed class DecideDraft(AnswerprintDb db, AuditTrail audit, TimeProvider clock)
{
    private const int MaxNote = 1000;

    /// <summary>Notes it.</summary>
    public async Task<DecideDraftResult> HandleAsync(DecideDraftRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (request.Note is { Length: > MaxNote }) return new(null, Refusal.Invalid("note", $"The note has {request.Note.Length} characters; the limit is {MaxNote}."));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var draft = await db.Set<StudioDraft>().FirstOrDefaultAsync(draft => draft.Id == request.DraftId, cancellationToken);
        if (draft is null) return new(null, Refusal.NotFound($"there is no draft {request.DraftId}"));
        var note = request.Note?.Trim() ?? draft.Note;
        if (draft.Kept == request.Kept && draft.Note == note) return new(draft, null);
        var action = draft.Kept == request.Kept ? "draft.noted" : request.Kept switch { true => "draft.kept", false => "draft.discarded", null => "draft.undecided" };
        (draft.Kept, draft.Note, draft.DecidedBy, draft.DecidedAt) = (request.Kept, note, actor.AccountId, clock.GetUtcNow());
        await audit.AppendAsync(db, actor, action, "draft", draft.Id.ToString(), new JsonObject { ["job"] = draft.JobId.ToString(), ["note"] = note }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(draft, null);
    }
}
