using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Productions;

/// <summary>A reviewer's verdict on a version.</summary>
public enum Verdict
{
    /// <summary>Send it to review.</summary>
    Submit,

    /// <summary>Only a note.</summary>
    Note,

    /// <summary>It is good.</summary>
    Approve,

    /// <summary>Take it again; a note or a drawing says why.</summary>
    Retake,

    /// <summary>Show it on the title's page; it has to be approved before.</summary>
    Publish,

    /// <summary>Show it no longer.</summary>
    Withdraw,
}

/// <summary>What a reviewer says.</summary>
/// <param name="VersionId">The version.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Text">Words, up to 4,000 characters.</param>
/// <param name="Frame">The frame it is about, from 0; none for the whole version.</param>
/// <param name="DrawingJson">Strokes as <see cref="ReviewNote.DrawingJson"/> has them, up to 200,000 characters; empty for none.</param>
public sealed record ReviewVersionRequest(Guid VersionId, Verdict Verdict, string Text = "", long? Frame = null, string DrawingJson = "");

/// <summary>What became of it.</summary>
/// <param name="Version">The version as it stands now; none where there is none.</param>
/// <param name="Problem">What is wrong; empty where nothing is.</param>
public sealed record ReviewVersionResult(ShotVersion? Version, string Problem);

/// <summary>Moves a version through review. Nobody approves a version of their own.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
public sealed class ReviewVersion(AnswerprintDb db, AuditTrail audit, TimeProvider clock)
{
    private const int MaxText = 4000;
    private const int MaxDrawing = 200_000;

    /// <summary>Takes the verdict.</summary>
    public async Task<ReviewVersionResult> HandleAsync(ReviewVersionRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (request.Text.Length > MaxText) return new(null, $"the note has {request.Text.Length} characters; the limit is {MaxText}");
        if (request.DrawingJson.Length > MaxDrawing) return new(null, $"the drawing has {request.DrawingJson.Length} characters; the limit is {MaxDrawing}");
        if (!IsDrawing(request.DrawingJson)) return new(null, "the drawing is not a JSON list of strokes");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var version = await db.Set<ShotVersion>().FirstOrDefaultAsync(version => version.Id == request.VersionId, cancellationToken);
        if (version is null) return new(null, $"there is no version {request.VersionId}");
        if (Objection(version, request, actor) is { Length: > 0 } problem) return new(version, problem);

        var shot = await db.Set<Shot>().FirstAsync(shot => shot.Id == version.ShotId, cancellationToken);
        Move(version, shot, request.Verdict, actor);
        if (request.Verdict == Verdict.Publish) await UnpublishOthersAsync(version, cancellationToken);
        if (request.Text.Length > 0 || request.DrawingJson.Length > 0)
        {
            db.Add(new ReviewNote
            {
                Id = Guid.CreateVersion7(), VersionId = version.Id, AuthorId = actor.AccountId, Text = request.Text, Frame = request.Frame,
                DrawingJson = request.DrawingJson.Length > 0 ? request.DrawingJson : "[]", CreatedAt = clock.GetUtcNow(),
            });
        }
        await audit.AppendAsync(db, actor, $"version.{request.Verdict.ToString().ToLowerInvariant()}", "version", version.Id.ToString(),
            new JsonObject { ["shot"] = shot.Code, ["number"] = version.Number, ["text"] = request.Text }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(version, "");
    }

    private static string Objection(ShotVersion version, ReviewVersionRequest request, Actor actor) => request.Verdict switch
    {
        Verdict.Submit when version.Status is not (VersionStatus.Draft or VersionStatus.Retake) => $"the version is {version.Status} and cannot be sent to review",
        Verdict.Approve or Verdict.Retake when version.Status != VersionStatus.InReview => $"the version is {version.Status}, not in review",
        Verdict.Approve when version.CreatedBy == actor.AccountId => "nobody approves their own version: someone else has to look at it",
        Verdict.Retake when request.Text.Length == 0 && request.DrawingJson.Length == 0 => "a retake needs a note or a drawing that says why",
        Verdict.Publish when version.Status != VersionStatus.Approved => $"the version is {version.Status}; only an approved one is published",
        Verdict.Withdraw when version.Status != VersionStatus.Published => $"the version is {version.Status}, not published",
        Verdict.Note when request.Text.Length == 0 && request.DrawingJson.Length == 0 => "the note is empty",
        _ => "",
    };

    private void Move(ShotVersion version, Shot shot, Verdict verdict, Actor actor)
    {
        if (verdict == Verdict.Note) return;
        (version.Status, shot.Status) = verdict switch
        {
            Verdict.Submit => (VersionStatus.InReview, ShotStatus.InReview),
            Verdict.Retake => (VersionStatus.Retake, ShotStatus.Retake),
            Verdict.Publish => (VersionStatus.Published, ShotStatus.Published),
            _ => (VersionStatus.Approved, ShotStatus.Approved),
        };
        if (verdict is Verdict.Approve or Verdict.Retake) (version.ReviewedBy, version.ReviewedAt) = (actor.AccountId, clock.GetUtcNow());
    }

    private async Task UnpublishOthersAsync(ShotVersion version, CancellationToken cancellationToken)
    {
        var others = await db.Set<ShotVersion>()
            .Where(other => other.ShotId == version.ShotId && other.Id != version.Id && other.Status == VersionStatus.Published).ToListAsync(cancellationToken);
        foreach (var other in others) other.Status = VersionStatus.Approved;
    }

    private static bool IsDrawing(string json)
    {
        if (json.Length == 0) return true;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement.ValueKind == JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
