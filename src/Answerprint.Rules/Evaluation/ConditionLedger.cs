using Answerprint.Rules.Expressions;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Packs;

namespace Answerprint.Rules.Evaluation;

/// <summary>Collects conditions by id; where two packs define one id, the worse state holds, so that a later pack cannot loosen it.</summary>
internal sealed class ConditionLedger
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, (string Text, ConditionState State, List<string> Rules)> _byId = new(StringComparer.Ordinal);

    public ConditionState Add(Condition condition, string rule, Func<string, FactValue> facts)
    {
        var state = (condition.Met?.Evaluate(facts, new HashSet<string>(StringComparer.Ordinal)) ?? Truth.Unknown) switch
        {
            Truth.True => ConditionState.Met,
            Truth.False => ConditionState.NotMet,
            _ => ConditionState.Open,
        };
        if (_byId.TryGetValue(condition.Id, out var known))
        {
            known.Rules.Add(rule);
            _byId[condition.Id] = known with { State = Worse(known.State, state) };
        }
        else
        {
            _order.Add(condition.Id);
            _byId.Add(condition.Id, (condition.Text, state, [rule]));
        }

        return state;
    }

    public ConditionAnswer[] Answers() => [.. _order.Select(id => new ConditionAnswer(id, _byId[id].Text, _byId[id].State, _byId[id].Rules))];

    private static ConditionState Worse(ConditionState a, ConditionState b) =>
        a is ConditionState.NotMet || b is ConditionState.NotMet ? ConditionState.NotMet
        : a is ConditionState.Open || b is ConditionState.Open ? ConditionState.Open
        : ConditionState.Met;
}
