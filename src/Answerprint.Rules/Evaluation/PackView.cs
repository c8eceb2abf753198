using Answerprint.Rules.Expressions;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Packs;

namespace Answerprint.Rules.Evaluation;

/// <summary>The facts as one pack's rules see them: those given, and the answers of the pack's own principles.</summary>
internal sealed class PackView
{
    private readonly Dictionary<string, FactValue> _principles = new(StringComparer.Ordinal);
    private readonly FactSet _facts;

    public PackView(RulePack pack, FactSet facts)
    {
        (Pack, _facts) = (pack, facts);
        Principles = [.. pack.Principles.Select(Ask)];
        foreach (var principle in Principles)
        {
            _principles.Add($"principle.{principle.Id}", FactValue.Of(principle.Answer.ToString().ToLowerInvariant()));
        }
    }

    public RulePack Pack { get; }

    public IReadOnlyList<PrincipleAnswer> Principles { get; }

    public FactValue Fact(string name) => _principles.TryGetValue(name, out var principle) ? principle : _facts[name];

    private PrincipleAnswer Ask(Principle principle)
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var doubt = principle.Unsure?.Evaluate(Fact, unknown) ?? Truth.False;
        var holds = principle.Holds.Evaluate(Fact, unknown);

        // A doubt that is itself unknown leaves the answer unsure, unless the principle is broken whatever the doubt says.
        var (answer, because) = (doubt, holds) switch
        {
            (Truth.True, _) => (PrincipleVerdict.Unsure, principle.Doubt),
            (_, Truth.False) => (PrincipleVerdict.No, principle.No),
            (Truth.False, Truth.True) => (PrincipleVerdict.Yes, principle.Yes),
            _ => (PrincipleVerdict.Unsure, null),
        };
        string[] waits = because is null ? [.. unknown] : [];
        return new(Pack.Id, principle.Id, principle.Text, answer, because?.Fill(Fact) ?? $"unknown: {string.Join(", ", waits)}", principle.Clause, waits);
    }
}
