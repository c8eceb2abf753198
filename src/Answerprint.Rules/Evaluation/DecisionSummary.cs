using Answerprint.Rules.Packs;

namespace Answerprint.Rules.Evaluation;

/// <summary>Says a decision in one sentence.</summary>
internal static class DecisionSummary
{
    public static string Write(RuleAnswer answer, IReadOnlyList<Reason> reasons, IReadOnlyList<ConditionAnswer> conditions, IReadOnlyList<string> roles)
    {
        var why = reasons.First(r => r.Answer == answer).Because;
        var more = reasons.Count(r => r.Answer == answer) - 1;
        var others = more > 0 ? $" ({more} more reason{(more == 1 ? "" : "s")})" : "";
        return answer switch
        {
            RuleAnswer.Refuse => $"Refused: {why}{others}",
            RuleAnswer.Escalate => $"Waits for {string.Join(" and ", roles)}: {why}{others}",
            RuleAnswer.Conditions => $"Clear with conditions: {string.Join(" ", conditions.Where(c => c.State is not ConditionState.Met).Select(c => c.Text))}",
            _ => $"Clear: {why}{others}",
        };
    }
}
