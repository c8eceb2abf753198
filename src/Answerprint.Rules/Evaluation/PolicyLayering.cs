using Answerprint.Rules.Facts;
using Answerprint.Rules.Packs;
using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Evaluation;

/// <summary>A rule in its pack, and the rule of a later pack that takes its place, if any.</summary>
internal sealed class LayeredRule(RulePack pack, Rule rule, bool isBase)
{
    public RulePack Pack { get; } = pack;

    public Rule Rule { get; } = rule;

    /// <summary>Of the first pack, or in the place of a rule: only such a rule can make a use clear.</summary>
    public bool IsBase { get; } = isBase;

    public LayeredRule? ReplacedBy { get; set; }

    public string Name => $"{Pack.Id}/{Rule.Id}";

    public bool IsInForce(DateOnly on) => Pack.IsEffective(on) && Rule.IsInForce(on);
}

/// <summary>Joins packs and refuses what would loosen an earlier one without saying so.</summary>
internal static class PolicyLayering
{
    public static FactSchema JoinFacts(IReadOnlyList<RulePack> packs)
    {
        var facts = new Dictionary<string, FactDeclaration>(StringComparer.Ordinal);
        foreach (var pack in packs)
        {
            foreach (var fact in pack.Facts.Facts)
            {
                if (facts.TryGetValue(fact.Name, out var earlier))
                {
                    CheckSame(pack, fact, earlier);
                }
                else
                {
                    facts.Add(fact.Name, fact);
                }
            }
        }

        return new FactSchema(facts.Values);
    }

    public static IReadOnlyList<LayeredRule> JoinRules(IReadOnlyList<RulePack> packs)
    {
        if (packs[0].OnUnknown is null || packs[0].Otherwise is null)
        {
            throw new PolicyFormatException($"the first pack, '{packs[0].Id}', must have 'onUnknown' and 'otherwise'");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var rules = new Dictionary<string, LayeredRule>(StringComparer.Ordinal);
        foreach (var pack in packs)
        {
            var isFirst = ReferenceEquals(pack, packs[0]);
            if (!ids.Add(pack.Id))
            {
                throw new PolicyFormatException($"the pack '{pack.Id}' is layered twice");
            }

            if (!isFirst && (pack.OnUnknown is not null || pack.Otherwise is not null))
            {
                throw new PolicyFormatException($"'onUnknown' and 'otherwise' belong to the first pack; '{pack.Id}' is a later one");
            }

            // A pack's own rules are added after its replacements are resolved, so that it replaces only rules of earlier packs.
            var added = pack.Rules.Select(rule => Place(pack, rule, isFirst, rules)).ToArray();
            foreach (var rule in added)
            {
                rules.Add(rule.Name, rule);
            }
        }

        return [.. rules.Values];
    }

    private static LayeredRule Place(RulePack pack, Rule rule, bool isFirst, Dictionary<string, LayeredRule> earlier)
    {
        var placed = new LayeredRule(pack, rule, isFirst || rule.Replaces is not null);
        if (rule.Replaces is not { } name)
        {
            return isFirst || rule.Answer is not RuleAnswer.Clear
                ? placed
                : throw new PolicyFormatException(
                    $"rule '{placed.Name}' clears a use; a later pack may only add or tighten unless it names the rule it replaces");
        }

        if (!earlier.TryGetValue(name, out var replaced))
        {
            throw new PolicyFormatException($"rule '{placed.Name}' replaces '{name}', which no earlier pack has{Nearest.Hint(name, earlier.Keys)}");
        }

        if (!rule.IsEnforced)
        {
            throw new PolicyFormatException($"rule '{placed.Name}' rests on unverified clauses only and cannot replace '{name}'");
        }

        if (replaced.ReplacedBy is { } other)
        {
            throw new PolicyFormatException($"rules '{other.Name}' and '{placed.Name}' both replace '{name}'");
        }

        replaced.ReplacedBy = placed;
        return placed;
    }

    private static void CheckSame(RulePack pack, FactDeclaration fact, FactDeclaration earlier)
    {
        if (fact.Kind != earlier.Kind || fact.IsTerritory != earlier.IsTerritory || (fact.Values.Count == 0) != (earlier.Values.Count == 0))
        {
            throw new PolicyFormatException($"pack '{pack.Id}' declares '{fact.Name}' as {fact.Describe()}; an earlier pack has {earlier.Describe()}");
        }

        if (fact.Values.FirstOrDefault(v => !earlier.Values.Contains(v, StringComparer.Ordinal)) is { } extra)
        {
            throw new PolicyFormatException(
                $"pack '{pack.Id}' gives '{fact.Name}' the value '{extra}', which an earlier pack does not have{Nearest.Hint(extra, earlier.Values)}");
        }
    }
}
