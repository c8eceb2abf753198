using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Assets;

/// <summary>Whose an asset is and how it may be used, as someone now says.</summary>
/// <param name="AssetId">The asset.</param>
/// <param name="Owner">Up to 200 characters; needed unless the rights are unknown.</param>
/// <param name="Rights">How the studio may use it.</param>
/// <param name="Licence">Up to 200 characters; empty where ownership needs none.</param>
/// <param name="From">First instant of use; none for always.</param>
/// <param name="Until">Last instant of use; none for always.</param>
/// <param name="ContributorRelease">The contributor's signed release in words, up to 1,000 characters.</param>
/// <param name="Performers">Whether recognisable performers are in it.</param>
public sealed record SetRightsRequest(
    Guid AssetId, string Owner, RightsKind Rights, string Licence, DateTimeOffset? From, DateTimeOffset? Until, string ContributorRelease, PerformerPresence Performers);

/// <summary>What became of it.</summary>
/// <param name="Asset">The asset as it stands now; none where it was not changed.</param>
/// <param name="Refusal">Why it was not; none where it was.</param>
public sealed record SetRightsResult(Asset? Asset, Refusal? Refusal);

/// <summary>Puts on record whose an asset is. What was said before stays in the audit.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
public sealed class SetRights(AnswerprintDb db, AuditTrail audit)
{
    private const int MaxText = 200;
    private const int MaxRelease = 1000;

    /// <summary>Who may say so: those who answer for it.</summary>
    public static IReadOnlyList<string> ForRoles { get; } = [Roles.Producer, Roles.Counsel];

    /// <summary>Puts it on record.</summary>
    public async Task<SetRightsResult> HandleAsync(SetRightsRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAny([.. ForRoles])) return new(null, Refusal.NotAllowed("rights are the producer's and the counsel's to state"));
        if (Objection(request) is { } refusal) return new(null, refusal);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var asset = await db.Set<Asset>().FirstOrDefaultAsync(asset => asset.Id == request.AssetId, cancellationToken);
        if (asset is null) return new(null, Refusal.NotFound($"there is no asset {request.AssetId}"));
        var before = Describe(asset);
        (asset.Owner, asset.Rights, asset.Licence) = (request.Owner.Trim(), request.Rights, request.Licence.Trim());
        (asset.RightsFrom, asset.RightsUntil) = (request.From, request.Until);
        (asset.ContributorRelease, asset.Performers) = (request.ContributorRelease.Trim(), request.Performers);
        await audit.AppendAsync(db, actor, "asset.rights", "asset", asset.Id.ToString(), new JsonObject { ["before"] = before, ["after"] = Describe(asset) }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(asset, null);
    }

    private static Refusal? Objection(SetRightsRequest request)
    {
        if (request.Owner.Length > MaxText) return Refusal.Invalid("owner", $"The owner has {request.Owner.Length} characters; the limit is {MaxText}.");
        if (request.Licence.Length > MaxText) return Refusal.Invalid("licence", $"The licence has {request.Licence.Length} characters; the limit is {MaxText}.");
        if (request.ContributorRelease.Length > MaxRelease)
            return Refusal.Invalid("contributorRelease", $"The release has {request.ContributorRelease.Length} characters; the limit is {MaxRelease}.");
        if (!Enum.IsDefined(request.Rights)) return Refusal.Invalid("rights", $"'{request.Rights}' is no kind of rights.");
        if (!Enum.IsDefined(request.Performers)) return Refusal.Invalid("performers", $"'{request.Performers}' says nothing of performers.");
        if (request.Rights != RightsKind.Unknown && string.IsNullOrWhiteSpace(request.Owner)) return Refusal.Invalid("owner", "An owner is needed, unless the rights are unknown.");
        return request.Until < request.From
            ? Refusal.Invalid("until", $"The rights end ({request.Until:yyyy-MM-dd}) before they begin ({request.From:yyyy-MM-dd}).")
            : null;
    }

    private static JsonObject Describe(Asset asset) => new()
    {
        ["owner"] = asset.Owner, ["rights"] = asset.Rights.ToString(), ["licence"] = asset.Licence, ["from"] = asset.RightsFrom?.ToString("O"),
        ["until"] = asset.RightsUntil?.ToString("O"), ["contributorRelease"] = asset.ContributorRelease, ["performers"] = asset.Performers.ToString(),
    };
}
