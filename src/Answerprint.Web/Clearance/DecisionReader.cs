using System.Text;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using RuleDecision = Answerprint.Rules.Evaluation.Decision;

namespace Answerprint.Web.Clearance;

/// <summary>A decision with everything a person needs to answer or to check it.</summary>
public sealed record DecisionView(
    Decision Record, RuleDecision? Rules, Job? Job, Asset? Asset, string Production, string RequestedBy, string DecidedBy, Guid? ReleaseId)
{
    /// <summary>What is asked, in words.</summary>
    public string Subject => Asset?.Name ?? Job?.Name ?? "a job that is not on record";

    public string Question => Record.Stage == DecisionStage.Run
        ? $"May this run for {ClearanceWords.Of(Record.Use)}?"
        : $"May this leave the house for {ClearanceWords.Of(Record.Use)}?";

    /// <summary>Why this person cannot answer it, or empty where they can.</summary>
    public string Hindrance(Actor actor)
    {
        if (Record.State != DecisionState.Pending) return "";
        if (!Record.EscalatedTo.Split(' ').Any(actor.Roles.Contains)) return $"The answer is for {ClearanceWords.Roles(Record.EscalatedTo)} to give.";
        return Record.RequestedBy == actor.AccountId ? "You asked for this yourself. Nobody approves their own request: someone else who holds the role answers it." : "";
    }

    /// <summary>What requests have in common that differ in their seed alone: one answer may go for all of them.</summary>
    public string SameWork => Record.Stage == DecisionStage.Run && Job is not null
        ? string.Join('\n', Record.RequestedBy, Record.ProductionId, Record.Use, Record.EscalatedTo, Record.FactsJson, Job.Recipe, Job.RecipeVersion, Job.InputsJson, Job.ParametersJson) : Record.Id.ToString();

    public bool WaitsFor(Actor actor) => Record.State == DecisionState.Pending && Hindrance(actor).Length == 0;
}

/// <summary>Which decisions a list shows.</summary>
public enum DecisionShelf
{
    Waiting,
    Mine,
    Answered,
}

/// <summary>Reads decisions with their job, asset and people.</summary>
internal sealed class DecisionReader(AnswerprintDb db)
{
    public const int PageSize = 50;
    private const int MostAlike = 500;

    public async Task<DecisionView?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<Decision>().AsNoTracking().FirstOrDefaultAsync(decision => decision.Id == id, cancellationToken) is { } found
            ? (await DressAsync([found], cancellationToken))[0] : null;

    public async Task<List<DecisionView>> ListAsync(DecisionShelf shelf, Actor actor, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        var decisions = db.Set<Decision>().AsNoTracking();
        decisions = shelf switch
        {
            DecisionShelf.Waiting => decisions.Where(decision => decision.State == DecisionState.Pending),
            DecisionShelf.Mine => decisions.Where(decision => decision.RequestedBy == actor.AccountId),
            _ => decisions.Where(decision => decision.State != DecisionState.Pending),
        };
        if (before is { } instant) decisions = decisions.Where(decision => decision.RequestedAt < instant);
        var found = await decisions.OrderByDescending(decision => decision.RequestedAt).Take(PageSize + 1).ToListAsync(cancellationToken);
        return await DressAsync(found, cancellationToken);
    }

    /// <summary>Other open requests for the same work with other seeds.</summary>
    public async Task<List<Guid>> AlikeAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } view) return [];
        var (by, stage) = (view.Record.RequestedBy, view.Record.Stage);
        var open = await db.Set<Decision>().AsNoTracking().Where(other => other.State == DecisionState.Pending && other.RequestedBy == by && other.Stage == stage && other.Id != id)
            .OrderBy(other => other.RequestedAt).Take(MostAlike).ToListAsync(cancellationToken);
        return [.. (await DressAsync(open, cancellationToken)).Where(other => other.SameWork == view.SameWork).Select(other => other.Record.Id)];
    }

    public async Task<(int Waiting, int Mine)> CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        var pending = await db.Set<Decision>().AsNoTracking().Where(decision => decision.State == DecisionState.Pending)
            .Select(decision => new { decision.EscalatedTo, decision.RequestedBy }).ToListAsync(cancellationToken);
        return (pending.Count(one => one.RequestedBy != actor.AccountId && one.EscalatedTo.Split(' ').Any(actor.Roles.Contains)),
            await db.Set<Decision>().CountAsync(decision => decision.RequestedBy == actor.AccountId, cancellationToken));
    }

    public Task<List<AuditEntry>> HistoryAsync(DecisionView view, CancellationToken cancellationToken)
    {
        string[] subjects = [view.Record.Id.ToString(), view.Record.JobId.ToString(), view.Record.AssetId?.ToString() ?? ""];
        return db.Set<AuditEntry>().AsNoTracking().Where(entry => subjects.Contains(entry.SubjectId)).OrderBy(entry => entry.Number).Take(200).ToListAsync(cancellationToken);
    }

    /// <summary>The rules' answer as it was recorded; none where the record holds none.</summary>
    public static RuleDecision? ReadRules(Decision decision)
    {
        try
        {
            return RuleDecision.FromJson(Encoding.UTF8.GetBytes(decision.ExplanationJson));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<List<DecisionView>> DressAsync(List<Decision> decisions, CancellationToken cancellationToken)
    {
        var jobIds = decisions.ConvertAll(decision => decision.JobId);
        var assetIds = decisions.Where(decision => decision.AssetId is not null).Select(decision => decision.AssetId!.Value).ToList();
        var productionIds = decisions.ConvertAll(decision => decision.ProductionId);
        var ids = decisions.ConvertAll(decision => decision.Id);
        var peopleIds = decisions.SelectMany(decision => new[] { decision.RequestedBy, decision.DecidedBy ?? Guid.Empty }).Distinct().ToList();
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => jobIds.Contains(job.Id)).ToDictionaryAsync(job => job.Id, cancellationToken);
        var assets = await db.Set<Asset>().AsNoTracking().Where(asset => assetIds.Contains(asset.Id)).ToDictionaryAsync(asset => asset.Id, cancellationToken);
        var productions = await db.Set<Production>().Where(production => productionIds.Contains(production.Id)).ToDictionaryAsync(production => production.Id, production => production.Name, cancellationToken);
        var releases = await db.Set<Release>().Where(release => ids.Contains(release.DecisionId)).ToDictionaryAsync(release => release.DecisionId, release => release.Id, cancellationToken);
        var people = await db.Users.Where(account => peopleIds.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, cancellationToken);
        string Name(Guid? id) => id is { } known ? people.GetValueOrDefault(known, "the program") : "";
        return decisions.ConvertAll(decision => new DecisionView(
            decision, ReadRules(decision), jobs.GetValueOrDefault(decision.JobId), decision.AssetId is { } asset ? assets.GetValueOrDefault(asset) : null,
            productions.GetValueOrDefault(decision.ProductionId, ""), Name(decision.RequestedBy), Name(decision.DecidedBy),
            releases.TryGetValue(decision.Id, out var release) ? release : null));
    }
}
