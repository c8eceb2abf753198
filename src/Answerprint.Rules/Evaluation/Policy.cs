using System.Security.Cryptography;
using System.Text;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Packs;

namespace Answerprint.Rules.Evaluation;

/// <summary>Rule packs in layers: the first answers, later ones add and tighten, and replace a rule only by naming it.</summary>
public sealed class Policy
{
    private Policy(IReadOnlyList<RulePack> packs, FactSchema facts, IReadOnlyList<LayeredRule> rules) => (Packs, Facts, LayeredRules) = (packs, facts, rules);

    /// <summary>The packs from first to last.</summary>
    public IReadOnlyList<RulePack> Packs { get; }

    /// <summary>The facts that the packs together expect.</summary>
    public FactSchema Facts { get; }

    /// <summary>The identity of the whole: SHA-256, in lower-case hexadecimal, over the packs' hashes in order, a line each.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(Packs.Select(p => p.Sha256 + "\n")))));

    internal IReadOnlyList<LayeredRule> LayeredRules { get; }

    internal Fallback OnUnknown => Packs[0].OnUnknown!;

    internal Fallback Otherwise => Packs[0].Otherwise!;

    /// <summary>Layers packs.</summary>
    /// <param name="packs">1 to 16 packs; the first must say what holds where facts are unknown and where no rule speaks.</param>
    /// <exception cref="PolicyFormatException">Two packs of one name, facts that disagree, a later pack that would loosen, or a replacement of nothing.</exception>
    public static Policy Layer(params IReadOnlyList<RulePack> packs)
    {
        ArgumentNullException.ThrowIfNull(packs);
        return packs.Count is > 0 and <= PolicyLimits.MaxPacks
            ? new Policy([.. packs], PolicyLayering.JoinFacts(packs), PolicyLayering.JoinRules(packs))
            : throw new PolicyFormatException($"a policy has 1 to {PolicyLimits.MaxPacks} packs, not {packs.Count}");
    }

    /// <summary>Answers a requested use. All rules that match speak; the strictest answer wins; what is unknown and matters escalates.</summary>
    /// <param name="facts">The facts; an absent one is unknown.</param>
    /// <param name="on">The day for which it is asked.</param>
    /// <exception cref="PolicyFormatException">A fact that no pack knows, or one of the wrong type.</exception>
    public Decision Evaluate(FactSet facts, DateOnly on) => new DecisionMaker(this, Checked(facts), on).Decide();

    /// <summary>Says of every rule, in order, why it spoke or did not.</summary>
    /// <exception cref="PolicyFormatException">A fact that no pack knows, or one of the wrong type.</exception>
    public IReadOnlyList<RuleTrace> Explain(FactSet facts, DateOnly on) => new DecisionMaker(this, Checked(facts), on).Trace();

    private FactSet Checked(FactSet facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var problems = Facts.Problems(facts);
        return problems.Count == 0 ? facts : throw new PolicyFormatException(string.Join("; ", problems.Take(10)));
    }
}
