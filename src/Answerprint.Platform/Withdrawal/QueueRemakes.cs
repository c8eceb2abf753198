using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Withdrawal.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Withdrawal;

/// <summary>
/// Puts planned remakes into the queue, through the one door like any work. Can be stopped at any line and called again, by several at a time:
/// the same wish is the same job.
/// </summary>
/// <param name="db">Records.</param>
/// <param name="plans">Asks recipes.</param>
/// <param name="desk">Takes jobs.</param>
public sealed class QueueRemakes(AnswerprintDb db, RemakePlans plans, JobDesk desk)
{
    private const int Priority = 5;

    /// <summary>Queues the planned remakes, nearest work first.</summary>
    /// <param name="withdrawalId">Of this withdrawal; none for any.</param>
    /// <param name="most">At most so many, from 1.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    /// <returns>How many were looked at.</returns>
    public async Task<int> HandleAsync(Guid? withdrawalId, int most, CancellationToken cancellationToken)
    {
        await FreeWaitingAsync(withdrawalId, cancellationToken);
        var planned = await (
            from remake in db.Set<Remake>()
            where remake.State == RemakeState.Planned && (withdrawalId == null || remake.WithdrawalId == withdrawalId)
            join withdrawal in db.Set<WithdrawalRecord>() on remake.WithdrawalId equals withdrawal.Id
            where withdrawal.RestoredAt == null
            orderby remake.Steps, remake.Id
            select new { remake, withdrawal }).Take(most).ToListAsync(cancellationToken);
        foreach (var (remake, withdrawal) in planned.Select(row => (row.remake, row.withdrawal))) await QueueAsync(remake, withdrawal, cancellationToken);
        return planned.Count;
    }

    /// <summary>What waited for a remake that came to nothing is planned again: it is made without it.</summary>
    private Task<int> FreeWaitingAsync(Guid? withdrawalId, CancellationToken cancellationToken) => db.Set<Remake>()
        .Where(remake => remake.State == RemakeState.Waiting && (withdrawalId == null || remake.WithdrawalId == withdrawalId))
        .Where(remake => db.Set<Remake>().Any(other => other.Id == remake.WaitsForId && (other.State == RemakeState.Impossible || other.State == RemakeState.Reviewed
            || db.Set<Job>().Any(job => job.Id == other.NewJobId && (job.State == JobState.Failed || job.State == JobState.Cancelled || job.State == JobState.Refused)))))
        .ExecuteUpdateAsync(set => set.SetProperty(remake => remake.State, RemakeState.Planned).SetProperty(remake => remake.WaitsForId, (Guid?)null), cancellationToken);

    private async Task QueueAsync(Remake remake, WithdrawalRecord withdrawal, CancellationToken cancellationToken)
    {
        var job = await db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == remake.OldJobId, cancellationToken);
        var (question, waitsFor) = await AskAsync(remake, job, cancellationToken);
        if (waitsFor is not null)
        {
            await EndAsync(remake, RemakeState.Waiting, "", waitsFor, null, cancellationToken);
            return;
        }
        var answer = await plans.AskAsync(question, cancellationToken);
        if (answer.Impossible.Length > 0)
        {
            await EndAsync(remake, RemakeState.Impossible, answer.Impossible, null, null, cancellationToken);
            return;
        }
        var decision = await db.Set<Decision>().AsNoTracking().FirstOrDefaultAsync(decision => decision.Id == job.DecisionId, cancellationToken);
        var wish = new SubmitJob(
            job.Recipe, job.ProductionId, job.Name, answer.Inputs, JsonNode.Parse(answer.ParametersJson ?? job.ParametersJson)!.AsObject(), job.Seed, job.Use,
            decision is null ? new Declarations() : Declarations.FromFacts(decision.FactsJson)) { Priority = Priority };
        var result = await desk.SubmitAsync(wish, await ActorOfAsync(withdrawal, cancellationToken), cancellationToken);
        if (result.Job is { } made) await EndAsync(remake, RemakeState.Queued, Missing(question.Gone.Count), null, made.Id, cancellationToken);
        else await EndAsync(remake, RemakeState.Impossible, result.Problem, null, null, cancellationToken);
    }

    private static string Missing(int gone) => gone == 1 ? "made without 1 source" : $"made without {gone} sources";

    /// <summary>The inputs that are left, with what was accepted in the place of withdrawn ones; or the remake whose review has to come first.</summary>
    private async Task<(RemakeQuestion Question, Guid? WaitsFor)> AskAsync(Remake remake, Job job, CancellationToken cancellationToken)
    {
        var inputs = RemakePlans.InputsOf(job);
        var ids = inputs.Select(input => input.AssetId).OfType<Guid>().Distinct().ToList();
        var gone = (await db.Set<Asset>().Where(asset => EF.Parameter(ids).Contains(asset.Id) && asset.State == AssetState.Quarantined).Select(asset => asset.Id).ToListAsync(cancellationToken)).ToHashSet();
        var before = await (
            from pair in db.Set<RemadeAsset>().AsNoTracking()
            where EF.Parameter(ids).Contains(pair.OldAssetId)
            join other in db.Set<Remake>().AsNoTracking() on pair.RemakeId equals other.Id
            where other.WithdrawalId == remake.WithdrawalId
            join made in db.Set<Job>().AsNoTracking() on other.NewJobId equals made.Id into jobs
            from made in jobs.DefaultIfEmpty()
            select new { pair, other, Failed = made != null && (made.State == JobState.Failed || made.State == JobState.Cancelled || made.State == JobState.Refused) }).ToListAsync(cancellationToken);
        var open = before.Find(row => row.pair.State == RemadeState.Pending && !row.Failed && row.other.State is RemakeState.Planned or RemakeState.Waiting or RemakeState.Queued);
        var accepted = before.Where(row => row.pair is { State: RemadeState.Accepted, NewAssetId: not null }).ToDictionary(row => row.pair.OldAssetId, row => row.pair.NewAssetId!.Value);
        var left = new List<SubmitInput>();
        var lost = new List<SubmitInput>();
        foreach (var input in inputs)
        {
            if (input.AssetId is not { } id || !gone.Contains(id)) left.Add(input);
            else if (accepted.TryGetValue(id, out var made)) left.Add(input with { AssetId = made });
            else lost.Add(input);
        }
        return (new RemakeQuestion(job, left, lost), open?.other.Id);
    }

    /// <summary>Only while it is planned: somebody else may have queued it, or the withdrawal may have been undone.</summary>
    private Task<int> EndAsync(Remake remake, RemakeState state, string note, Guid? waitsFor, Guid? jobId, CancellationToken cancellationToken) => db.Set<Remake>()
        .Where(other => other.Id == remake.Id && other.State == RemakeState.Planned)
        .ExecuteUpdateAsync(set => set.SetProperty(other => other.State, state).SetProperty(other => other.Note, note)
            .SetProperty(other => other.WaitsForId, waitsFor).SetProperty(other => other.NewJobId, jobId), cancellationToken);

    /// <summary>The remakes are the wish of the person who withdrew.</summary>
    private async Task<Actor> ActorOfAsync(WithdrawalRecord withdrawal, CancellationToken cancellationToken)
    {
        var name = await db.Set<Account>().Where(account => account.Id == withdrawal.MadeBy).Select(account => account.DisplayName).FirstOrDefaultAsync(cancellationToken);
        return new Actor(withdrawal.MadeBy, name ?? "Answerprint", [], ActorVia.Service);
    }
}
