using System.Text;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Rules.Evaluation;
using Answerprint.Rules.Packs;

namespace Answerprint.Platform.Clearance.Contracts;

/// <summary>The one door: asks the rules before a job runs and before its result is released. It answers; it does not store.</summary>
/// <param name="library">Rules and tools.</param>
/// <param name="clock">The day for which is asked.</param>
public sealed class ClearanceDoor(PolicyLibrary library, TimeProvider clock)
{
    /// <summary>The role that answers where the rules name none.</summary>
    public const string DefaultRole = Roles.Counsel;

    /// <summary>May this job run?</summary>
    public Decision AskToRun(Job job, IRecipe recipe, IReadOnlyList<Asset> inputs, Declarations declarations, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(job);
        return Ask(DecisionStage.Run, job, null, recipe, inputs, declarations, actor, job.Use);
    }

    /// <summary>May this result be released for this use?</summary>
    public Decision AskToRelease(Job job, Asset asset, Use use, IRecipe recipe, IReadOnlyList<Asset> inputs, Declarations declarations, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(asset);
        return Ask(DecisionStage.Release, job, asset, recipe, inputs, declarations, actor, use);
    }

    /// <summary>A decision's answer in one sentence.</summary>
    public static string Summary(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        using var document = JsonDocument.Parse(decision.ExplanationJson);
        return document.RootElement.TryGetProperty("summary", out var summary) ? summary.GetString() ?? "" : "";
    }

    private Decision Ask(
        DecisionStage stage, Job job, Asset? asset, IRecipe recipe, IReadOnlyList<Asset> inputs, Declarations declarations, Actor actor, Use use)
    {
        var now = clock.GetUtcNow();
        var facts = FactSheet.Of(stage, job, use, recipe, inputs, asset?.Kind, declarations, actor, library.Tools, now);
        var answer = library.Policy.Evaluate(facts, DateOnly.FromDateTime(now.UtcDateTime));
        var roles = RolesFor(stage, answer);
        return new Decision
        {
            Id = Guid.CreateVersion7(now),
            Stage = stage,
            JobId = job.Id,
            JobHash = job.Hash,
            AssetId = asset?.Id,
            ProductionId = job.ProductionId,
            Use = use,
            Answer = roles.Length > 0 ? Answer.Escalate : Translate(answer.Answer),
            State = roles.Length > 0 ? DecisionState.Pending : DecisionState.Answered,
            EscalatedTo = roles,
            ExplanationJson = Encoding.UTF8.GetString(answer.ToCanonicalJson()),
            FactsJson = Encoding.UTF8.GetString(facts.ToCanonicalJson()),
            Packs = library.Identity,
            RequestedBy = actor.AccountId,
            RequestedAt = now,
        };
    }

    /// <summary>The roles that have to answer, separated by spaces. At a release an unmet condition is a question too: nobody is left to meet it later.</summary>
    private static string RolesFor(DecisionStage stage, Rules.Evaluation.Decision answer)
    {
        if (answer.Answer == RuleAnswer.Escalate) return answer.Roles.Count > 0 ? string.Join(' ', answer.Roles) : DefaultRole;
        var unmet = stage == DecisionStage.Release && answer.Answer == RuleAnswer.Conditions && answer.Conditions.Any(condition => condition.State == ConditionState.NotMet);
        return unmet ? DefaultRole : "";
    }

    private static Answer Translate(RuleAnswer answer) => answer switch
    {
        RuleAnswer.Refuse => Answer.Refuse,
        RuleAnswer.Escalate => Answer.Escalate,
        RuleAnswer.Conditions => Answer.Conditions,
        _ => Answer.Clear,
    };
}
