using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Clearance.Contracts;

/// <summary>A wish to let an asset out.</summary>
/// <param name="AssetId">The asset.</param>
/// <param name="Use">What it will be used for outside.</param>
/// <param name="Declarations">What only the person who asks can say.</param>
public sealed record RequestRelease(Guid AssetId, Use Use, Declarations Declarations);

/// <summary>What became of it.</summary>
/// <param name="Decision">Clearance's answer; none where the wish was not understood.</param>
/// <param name="Release">The release; none while a person has to answer, or where it was refused.</param>
/// <param name="Problem">Why nothing was released; empty where something was or may be.</param>
public sealed record ReleaseResult(Decision? Decision, Release? Release, string Problem);

/// <summary>The only way out: asks Clearance, signs, and records a release in one transaction.</summary>
/// <param name="db">Records.</param>
/// <param name="door">Clearance.</param>
/// <param name="signer">Signs.</param>
/// <param name="audit">The audit.</param>
/// <param name="recipes">Every recipe there is.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">Where releases are noted.</param>
public sealed class ReleaseDesk(
    AnswerprintDb db, ClearanceDoor door, ReleaseSigner signer, AuditTrail audit, IEnumerable<IRecipe> recipes, TimeProvider clock, ILogger<ReleaseDesk> logger)
{
    /// <summary>Asks to let an asset out. The same wish that waits, or was granted, is returned again.</summary>
    public async Task<ReleaseResult> RequestAsync(RequestRelease wish, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(actor);
        var asset = await db.Set<Asset>().FirstOrDefaultAsync(asset => asset.Id == wish.AssetId, cancellationToken);
        if (asset is null) return Problem($"there is no asset {wish.AssetId}");
        if (asset.State == AssetState.Quarantined) return Problem($"'{asset.Name}' is quarantined: {asset.StateReason}");
        if (asset.JobId is null) return Problem($"'{asset.Name}' was not made by a job; only what a job made is released");
        if (!ReleaseSigner.CanSign(asset.MediaType)) return Problem($"'{asset.Name}' is {asset.MediaType}; credentials are written into JPEG, PNG and MP4 so far, and nothing leaves without one");
        var job = await db.Set<Job>().FirstAsync(job => job.Id == asset.JobId, cancellationToken);
        if (job.MadeEarlier) return Problem($"'{asset.Name}' was made elsewhere, earlier; make it again here, and release that");
        if (RecipeOf(job) is not { } recipe) return Problem($"this build has no recipe '{job.Recipe}'");

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditTrail.EnterAsync(db, cancellationToken);
        // Looked at again: it may have been taken back since.
        if (await db.Set<Asset>().Where(other => other.Id == asset.Id && other.State == AssetState.Quarantined).Select(other => other.StateReason).FirstOrDefaultAsync(cancellationToken) is { } why)
            return Problem($"'{asset.Name}' is quarantined: {why}");
        var inputs = await SourcesAsync(asset.Id, cancellationToken);
        var said = await db.Set<Decision>().Where(one => one.Id == job.DecisionId).Select(one => one.FactsJson).FirstOrDefaultAsync(cancellationToken);
        var declared = said is null ? wish.Declarations : wish.Declarations.Keeping(Declarations.FromFacts(said));
        var decision = door.AskToRelease(job, asset, wish.Use, recipe, inputs, declared, actor);
        var useName = wish.Use;
        // The same wish is the same facts: what was granted for one territory is not granted for another.
        if (await db.Set<Decision>().Where(other => other.AssetId == asset.Id && other.Use == useName && other.Stage == DecisionStage.Release)
            .OrderByDescending(other => other.RequestedAt).FirstOrDefaultAsync(other => other.FactsJson == decision.FactsJson, cancellationToken) is { } earlier
            && earlier.State is DecisionState.Pending or DecisionState.Approved or DecisionState.Answered && earlier.Answer != Answer.Refuse)
        {
            var made = await db.Set<Release>().FirstOrDefaultAsync(release => release.DecisionId == earlier.Id, cancellationToken);
            return new ReleaseResult(earlier, made, "");
        }

        db.Add(decision);
        await audit.AppendAsync(db, actor, "release.requested", "asset", asset.Id.ToString(), new JsonObject
        {
            ["decision"] = decision.Id.ToString(), ["use"] = wish.Use.ToString(), ["answer"] = decision.Answer.ToString(), ["job"] = job.Hash,
        }, cancellationToken);
        var release = decision.Allows ? await PerformAsync(decision, actor, cancellationToken) : null;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ReleaseResult(decision, release, decision.Answer == Answer.Refuse ? ClearanceDoor.Summary(decision) : "");
    }

    /// <summary>Signs and records, inside the caller's transaction, after the decision allowed it.</summary>
    internal async Task<Release> PerformAsync(Decision decision, Actor actor, CancellationToken cancellationToken)
    {
        var asset = await db.Set<Asset>().FirstAsync(asset => asset.Id == decision.AssetId, cancellationToken);
        var job = await db.Set<Job>().FirstAsync(job => job.Id == decision.JobId, cancellationToken);
        var lineage = await db.Set<AssetInput>().Where(input => input.AssetId == asset.Id).ToListAsync(cancellationToken);
        var signed = await signer.SignAsync(asset, job, decision, ClausesOf(decision), await SourcesAsync(asset.Id, cancellationToken), lineage, cancellationToken);
        var release = new Release
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            AssetId = asset.Id,
            Use = decision.Use.ToString(),
            DecisionId = decision.Id,
            BlobSha256 = signed.Blob.Sha256,
            Length = signed.Blob.Length,
            MediaType = asset.MediaType,
            FileName = asset.FileName,
            ManifestLabel = signed.ManifestLabel,
            ReleasedBy = actor.AccountId,
            ReleasedAt = clock.GetUtcNow(),
        };
        db.Add(release);
        if (RecipeOf(job) is { } recipe) await recipe.ReleasedAsync(db, asset, release, cancellationToken);
        await audit.AppendAsync(db, actor, "asset.released", "asset", asset.Id.ToString(), new JsonObject
        {
            ["release"] = release.Id.ToString(), ["decision"] = decision.Id.ToString(), ["sha256"] = release.BlobSha256, ["manifest"] = release.ManifestLabel,
        }, cancellationToken);
        Log.Released(logger, asset.Id, release.Use, release.FileName, release.BlobSha256);
        return release;
    }

    /// <summary>Why what was asked for may no longer leave: an approval can come days after the question, and rights end meanwhile. Empty where it may.</summary>
    internal async Task<string> ObstacleAsync(Decision decision, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var asset = await db.Set<Asset>().AsNoTracking().FirstAsync(asset => asset.Id == decision.AssetId, cancellationToken);
        foreach (var used in (await SourcesAsync(asset.Id, cancellationToken)).Prepend(asset))
        {
            if (used.State == AssetState.Quarantined) return $"'{used.Name}' is quarantined: {used.StateReason}";
            if (used.RightsFrom > now) return $"the rights in '{used.Name}' begin on {used.RightsFrom:yyyy-MM-dd}";
            if (used.RightsUntil < now) return $"the rights in '{used.Name}' ended on {used.RightsUntil:yyyy-MM-dd}";
        }
        return "";
    }

    private IRecipe? RecipeOf(Job job) => recipes.FirstOrDefault(recipe => recipe.Name == job.Recipe);

    private async Task<List<Asset>> SourcesAsync(Guid assetId, CancellationToken cancellationToken)
    {
        var ids = db.Set<AssetInput>().Where(input => input.AssetId == assetId).Select(input => input.SourceId);
        return await db.Set<Asset>().Where(asset => ids.Contains(asset.Id)).OrderBy(asset => asset.Id).ToListAsync(cancellationToken);
    }

    private static List<string> ClausesOf(Decision decision)
    {
        using var explanation = JsonDocument.Parse(decision.ExplanationJson);
        return [.. explanation.RootElement.GetProperty("reasons").EnumerateArray()
            .SelectMany(reason => reason.GetProperty("clauses").EnumerateArray())
            .Select(clause => clause.GetProperty("id").GetString()!).Distinct()];
    }

    private static ReleaseResult Problem(string problem) => new(null, null, problem);
}
