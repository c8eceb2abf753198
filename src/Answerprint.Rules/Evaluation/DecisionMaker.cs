using Answerprint.Rules.Expressions;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Packs;

namespace Answerprint.Rules.Evaluation;

/// <summary>Answers one request.</summary>
internal sealed class DecisionMaker
{
    private readonly Policy _policy;
    private readonly FactSet _facts;
    private readonly DateOnly _on;
    private readonly Dictionary<RulePack, PackView> _views;
    private readonly List<Spoken> _spoken;
    private readonly List<Waiting> _waiting;
    private readonly ConditionLedger _conditions = new();

    public DecisionMaker(Policy policy, FactSet facts, DateOnly on)
    {
        (_policy, _facts, _on) = (policy, facts, on);
        _views = policy.Packs.ToDictionary(p => p, p => new PackView(p, facts));
        var waiting = new List<Waiting>();
        var spoken = new List<Spoken>();
        foreach (var rule in policy.LayeredRules.Where(r => State(r) is RuleState.Matched))
        {
            var unknown = new SortedSet<string>(StringComparer.Ordinal);
            var truth = rule.Rule.Condition.Evaluate(View(rule).Fact, unknown);
            if (truth is Truth.True)
            {
                spoken.Add(new Spoken(rule, rule.Rule.BecauseTemplate.Fill(View(rule).Fact)));
            }
            else if (truth is Truth.Unknown)
            {
                waiting.Add(new Waiting(rule, unknown));
            }
        }

        (_spoken, _waiting) = (spoken, waiting);
    }

    public Decision Decide()
    {
        var reasons = _spoken.Where(s => s.Rule.Rule.IsEnforced).Select(Reason).ToList();
        var strictest = Strictest(reasons);
        var baseSpoke = _spoken.Any(s => s.Rule.IsBase && s.Rule.Rule is { IsEnforced: true, Answer: > RuleAnswer.Note });
        var unknown = Unknown(strictest, baseSpoke);
        if (unknown.Count > 0)
        {
            reasons.Add(Fallback("onUnknown", $"unknown: {string.Join(", ", unknown.Select(u => u.Fact))}. {_policy.OnUnknown.Because}", _policy.OnUnknown));
        }
        else if (!baseSpoke)
        {
            reasons.Add(Fallback("otherwise", _policy.Otherwise.Because, _policy.Otherwise));
        }

        reasons = [.. reasons.OrderByDescending(r => r.Answer)];
        var answer = Strictest(reasons);
        string[] roles = answer is not RuleAnswer.Escalate ? []
            : [.. reasons.Select(r => r.EscalateTo).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var conditions = _conditions.Answers();
        return new Decision
        {
            Answer = answer,
            Summary = DecisionSummary.Write(answer, reasons, conditions, roles),
            On = _on,
            Packs = [.. _policy.Packs.Where(p => p.IsEffective(_on)).Select(p => new PackIdentity(p.Id, p.Version, p.Sha256))],
            FactsSha256 = _facts.Sha256(),
            Reasons = reasons,
            Principles = [.. _policy.Packs.Where(p => p.IsEffective(_on)).SelectMany(p => _views[p].Principles)],
            Conditions = conditions,
            Roles = roles,
            Duties = [.. _spoken.Where(s => s.Rule.Rule.IsEnforced).SelectMany(s => s.Rule.Rule.Duties).DistinctBy(d => d.Id, StringComparer.Ordinal)],
            Unknown = unknown,
            Unverified = Unverified(),
            Replaced = Replaced(),
        };
    }

    public IReadOnlyList<RuleTrace> Trace() => [.. _policy.LayeredRules.Select(Trace)];

    private RuleTrace Trace(LayeredRule layered)
    {
        var (rule, when) = (layered.Rule, layered.Rule.Condition.Trace(View(layered).Fact));
        var state = (State(layered), when.Result) switch
        {
            (not RuleState.Matched and var silent, _) => silent,
            (_, Truth.True) => RuleState.Matched,
            (_, Truth.False) => RuleState.NotMatched,
            _ => RuleState.Unknown,
        };
        var why = state switch
        {
            RuleState.Replaced => $"'{layered.ReplacedBy!.Name}' took its place",
            RuleState.NotInForce => NotInForce(layered),
            _ => RuleTrace.Explain(state, when),
        };
        return new RuleTrace(layered.Pack.Id, rule.Id, rule.Answer, rule.IsEnforced, state, why, [.. rule.Clauses.Select(c => c.Id)], when);
    }

    private static RuleAnswer Strictest(IEnumerable<Reason> reasons) => reasons.Select(r => r.Answer).DefaultIfEmpty(RuleAnswer.Note).Max();

    private PackView View(LayeredRule rule) => _views[rule.Pack];

    // Matched stands here for "may speak"; the expression decides.
    private RuleState State(LayeredRule rule) =>
        !rule.IsInForce(_on) ? RuleState.NotInForce : rule.ReplacedBy?.IsInForce(_on) == true ? RuleState.Replaced : RuleState.Matched;

    private string NotInForce(LayeredRule rule)
    {
        var (what, from, until) = rule.Pack.IsEffective(_on)
            ? ("the rule", rule.Rule.From, rule.Rule.Until)
            : ($"the pack '{rule.Pack.Id}'", rule.Pack.EffectiveFrom, rule.Pack.EffectiveUntil);
        var period = from > _on ? $"is in force from {from:yyyy-MM-dd}" : $"was in force until {until:yyyy-MM-dd}";
        return $"{what} {period}; asked for {_on:yyyy-MM-dd}";
    }

    private Reason Reason(Spoken spoken)
    {
        var rule = spoken.Rule.Rule;
        var states = rule.Conditions.Select(c => _conditions.Add(c, spoken.Rule.Name, View(spoken.Rule).Fact)).ToArray();
        var answer = rule.Answer is RuleAnswer.Conditions && states.All(s => s is ConditionState.Met) ? RuleAnswer.Clear : rule.Answer;
        return new(spoken.Rule.Pack.Id, rule.Id, answer, spoken.Because, rule.Clauses, rule.EscalateTo, [.. rule.Conditions.Select(c => c.Id)], rule.Replaces);
    }

    private Reason Fallback(string rule, string because, Fallback fallback) =>
        new(_policy.Packs[0].Id, rule, RuleAnswer.Escalate, because, [fallback.Clause], fallback.EscalateTo, [], null);

    // A waiting rule matters when it would set or forbid something; a clearing rule only where nothing else of the first pack speaks.
    private List<UnknownFact> Unknown(RuleAnswer strictest, bool baseSpoke)
    {
        var matter = strictest is RuleAnswer.Refuse ? [] : _waiting.Where(w => w.Rule.Rule is { IsEnforced: true, Answer: var answer } &&
            (answer > RuleAnswer.Clear || (answer is RuleAnswer.Clear && !baseSpoke))).ToArray();
        return [.. matter.SelectMany(w => w.Facts.Select(f => (Fact: f, w.Rule.Name)))
            .Concat(strictest is RuleAnswer.Refuse ? [] : _spoken.SelectMany(UnknownToPrinciples))
            .GroupBy(w => w.Fact, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new UnknownFact(g.Key, _policy.Facts.TryGet(g.Key, out var fact) ? fact.Text : "", [.. g.Select(w => w.Name)]))];
    }

    // A rule that spoke because a principle is unsure waits for what the principle waits for.
    private IEnumerable<(string Fact, string Name)> UnknownToPrinciples(Spoken spoken) =>
        spoken.Rule.Rule is not { IsEnforced: true, Answer: > RuleAnswer.Clear } rule ? [] : View(spoken.Rule).Principles
            .Where(p => p.Unknown.Count > 0 && rule.Condition.Facts.Contains($"principle.{p.Id}", StringComparer.Ordinal))
            .SelectMany(p => p.Unknown.Select(f => (f, spoken.Rule.Name)));

    private UnverifiedNote[] Unverified() =>
        [.. _spoken.Select(s => (s.Rule, s.Because)).Concat(_waiting.Select(w => (w.Rule, Because: $"unknown: {string.Join(", ", w.Facts)}")))
            .SelectMany(s => s.Rule.Rule.Clauses.Where(c => c.Source.Status is ClauseStatus.Unverified)
                .Select(c => new UnverifiedNote(s.Rule.Name, c, s.Rule.Rule.IsEnforced ? null : s.Rule.Rule.Answer, s.Because)))
            .OrderBy(n => n.Rule, StringComparer.Ordinal).ThenBy(n => n.Clause.Id, StringComparer.Ordinal)];

    private Replacement[] Replaced() =>
        [.. _policy.LayeredRules.Where(r => State(r) is RuleState.Replaced).Select(r =>
            new Replacement(r.Name, r.ReplacedBy!.Name, r.Rule.Condition.Trace(View(r).Fact).Result, r.Rule.Answer))];

    private sealed record Spoken(LayeredRule Rule, string Because);

    private sealed record Waiting(LayeredRule Rule, SortedSet<string> Facts);
}
