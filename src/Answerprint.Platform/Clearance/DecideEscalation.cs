using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Clearance;

/// <summary>A person's answer to an escalation.</summary>
/// <param name="DecisionId">The decision.</param>
/// <param name="Approve">Yes or no.</param>
/// <param name="Comment">Why; required for a no.</param>
public sealed record DecideEscalationRequest(Guid DecisionId, bool Approve, string Comment);

/// <summary>What became of the answer.</summary>
/// <param name="Decision">The decision as it stands now; none where there is none.</param>
/// <param name="Release">What was released by it; none otherwise.</param>
/// <param name="Problem">Why the answer was not taken; empty where it was.</param>
public sealed record DecideEscalationResult(Decision? Decision, Release? Release, string Problem);

/// <summary>Takes a named role's answer to an escalation. Nobody answers a question of their own.</summary>
/// <param name="db">Records.</param>
/// <param name="releases">Releases what was approved.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">Where answers are noted.</param>
public sealed class DecideEscalation(AnswerprintDb db, ReleaseDesk releases, AuditTrail audit, TimeProvider clock, ILogger<DecideEscalation> logger)
{
    /// <summary>Longest comment, in characters.</summary>
    public const int MaxComment = 4000;

    /// <summary>Takes the answer. Where several roles are asked each of them has to approve; one no is enough.</summary>
    public async Task<DecideEscalationResult> HandleAsync(DecideEscalationRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditTrail.EnterAsync(db, cancellationToken);
        var decision = await db.Set<Decision>().FirstOrDefaultAsync(decision => decision.Id == request.DecisionId, cancellationToken);
        if (Objection(decision, request, actor) is { Length: > 0 } problem) return new DecideEscalationResult(decision, null, problem);
        if (request.Approve && decision!.Stage == DecisionStage.Release && await releases.ObstacleAsync(decision, cancellationToken) is { Length: > 0 } obstacle)
            return new DecideEscalationResult(decision, null, obstacle);

        var left = decision!.EscalatedTo.Split(' ').Where(role => !actor.Roles.Contains(role)).ToList();
        decision.Comment = decision.Comment.Length == 0 ? request.Comment : $"{decision.Comment}\n{request.Comment}";
        if (!request.Approve) decision.State = DecisionState.Denied;
        else if (left.Count == 0) decision.State = DecisionState.Approved;
        else decision.EscalatedTo = string.Join(' ', left);
        if (decision.State != DecisionState.Pending) (decision.DecidedBy, decision.DecidedAt) = (actor.AccountId, clock.GetUtcNow());
        await audit.AppendAsync(db, actor, request.Approve ? "decision.approved" : "decision.denied", "decision", decision.Id.ToString(),
            new JsonObject { ["job"] = decision.JobHash, ["comment"] = request.Comment, ["waitsFor"] = decision.State == DecisionState.Pending ? decision.EscalatedTo : "" },
            cancellationToken);

        var release = await FollowAsync(decision, actor, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Decided(logger, decision.Id, decision.State.ToString(), actor.Name);
        return new DecideEscalationResult(decision, release, "");
    }

    private static string Objection(Decision? decision, DecideEscalationRequest request, Actor actor)
    {
        if (decision is null) return $"there is no decision {request.DecisionId}";
        if (decision.State != DecisionState.Pending) return $"the decision was {decision.State.ToString().ToLowerInvariant()} before";
        if (!decision.EscalatedTo.Split(' ').Any(actor.Roles.Contains)) return $"the answer is the {decision.EscalatedTo.Replace(" ", " and the ", StringComparison.Ordinal)}'s to give";
        if (decision.RequestedBy == actor.AccountId) return "nobody approves their own request: someone else who holds the role has to answer";
        if (!request.Approve && string.IsNullOrWhiteSpace(request.Comment)) return "a no needs its reason";
        return request.Comment.Length > MaxComment ? $"the comment has {request.Comment.Length} characters; the limit is {MaxComment}" : "";
    }

    /// <summary>What the answer sets in motion: the job runs or is refused; the release is made.</summary>
    private async Task<Release?> FollowAsync(Decision decision, Actor actor, CancellationToken cancellationToken)
    {
        if (decision.State == DecisionState.Pending) return null;
        if (decision.Stage == DecisionStage.Release)
            return decision.State == DecisionState.Approved ? await releases.PerformAsync(decision, actor, cancellationToken) : null;

        var job = await db.Set<Job>().FirstAsync(job => job.Id == decision.JobId, cancellationToken);
        if (job.State != JobState.AwaitingClearance) return null;
        if (decision.State == DecisionState.Approved) job.State = JobState.Queued;
        else (job.State, job.Error, job.FinishedAt) = (JobState.Refused, $"denied by {actor.Name}: {decision.Comment}", clock.GetUtcNow());
        return null;
    }
}
