using System.Globalization;
using Answerprint.Rules.Facts;

namespace Answerprint.Rules.Expressions;

internal enum Operator
{
    IsTrue,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
    HasAny,
    HasAll,
    HasOnly,
    IsEmpty,
    IsKnown,
    IsUnknown,
}

/// <summary>One fact against literals; unknown where the fact is, except for <c>is known</c> and <c>is unknown</c>.</summary>
internal sealed class Comparison(FactDeclaration fact, Operator op, IReadOnlyList<string> operands, decimal number, string text) : Expression
{
    public override string Text => text;

    public override IEnumerable<string> Facts => [fact.Name];

    public override Truth Evaluate(Func<string, FactValue> facts, ISet<string> unknown)
    {
        var result = Test(facts(fact.Name));
        if (result is Truth.Unknown)
        {
            unknown.Add(fact.Name);
        }

        return result;
    }

    public override ExpressionTrace Trace(Func<string, FactValue> facts)
    {
        var value = facts(fact.Name);
        return new(Text, Test(value), $"{fact.Name} is {value}", []);
    }

    private Truth Test(FactValue value) => op switch
    {
        Operator.IsKnown => Of(!value.IsUnknown),
        Operator.IsUnknown => Of(value.IsUnknown),
        _ => value.IsUnknown ? Truth.Unknown : Of(Holds(value)),
    };

    private bool Holds(FactValue value) => op switch
    {
        Operator.IsTrue => value.Truth,
        Operator.Equal or Operator.In => Matches(value),
        Operator.NotEqual or Operator.NotIn => !Matches(value),
        Operator.Less => value.Number < number,
        Operator.LessOrEqual => value.Number <= number,
        Operator.Greater => value.Number > number,
        Operator.GreaterOrEqual => value.Number >= number,
        Operator.HasAny => operands.Any(o => value.Items.Contains(o, StringComparer.Ordinal)),
        Operator.HasAll => operands.All(o => value.Items.Contains(o, StringComparer.Ordinal)),
        Operator.HasOnly => value.Items.All(i => operands.Contains(i, StringComparer.Ordinal)),
        _ => value.Items.Count == 0,
    };

    private bool Matches(FactValue value) => fact.Kind switch
    {
        FactKind.Bool => operands.Contains(value.Truth ? "true" : "false", StringComparer.Ordinal),
        FactKind.Number => operands.Any(o => decimal.Parse(o, CultureInfo.InvariantCulture) == value.Number),
        _ => operands.Contains(value.Text!, StringComparer.Ordinal),
    };

    private static Truth Of(bool truth) => truth ? Truth.True : Truth.False;
}
