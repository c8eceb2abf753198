using Answerprint.Rules.Facts;

namespace Answerprint.Rules.Expressions;

/// <summary>A total expression over facts: no loops, bounded depth, checked against a schema when it was read.</summary>
internal abstract class Expression
{
    public abstract string Text { get; }

    /// <summary>The facts that it reads.</summary>
    public abstract IEnumerable<string> Facts { get; }

    /// <summary>Evaluates; where the result is unknown, adds the facts that it waits for.</summary>
    public abstract Truth Evaluate(Func<string, FactValue> facts, ISet<string> unknown);

    public abstract ExpressionTrace Trace(Func<string, FactValue> facts);
}

internal sealed class Always : Expression
{
    public override string Text => "always";

    public override IEnumerable<string> Facts => [];

    public override Truth Evaluate(Func<string, FactValue> facts, ISet<string> unknown) => Truth.True;

    public override ExpressionTrace Trace(Func<string, FactValue> facts) => new(Text, Truth.True, null, []);
}

internal sealed class Negation(Expression inner) : Expression
{
    public override string Text => inner is Combination ? $"not ({inner.Text})" : $"not {inner.Text}";

    public override IEnumerable<string> Facts => inner.Facts;

    public override Truth Evaluate(Func<string, FactValue> facts, ISet<string> unknown) => Truth.True - (int)inner.Evaluate(facts, unknown);

    public override ExpressionTrace Trace(Func<string, FactValue> facts)
    {
        var part = inner.Trace(facts);
        return new(Text, Truth.True - (int)part.Result, null, [part]);
    }
}

/// <summary><c>and</c> (the least true of the parts) or <c>or</c> (the most true).</summary>
internal sealed class Combination(bool all, IReadOnlyList<Expression> parts) : Expression
{
    public override string Text => string.Join(all ? " and " : " or ", parts.Select(p => p is Combination ? $"({p.Text})" : p.Text));

    public override IEnumerable<string> Facts => parts.SelectMany(p => p.Facts);

    public override Truth Evaluate(Func<string, FactValue> facts, ISet<string> unknown)
    {
        var waiting = new SortedSet<string>(StringComparer.Ordinal);
        var result = Join(parts.Select(p => p.Evaluate(facts, waiting)));
        if (result is Truth.Unknown)
        {
            unknown.UnionWith(waiting);
        }

        return result;
    }

    public override ExpressionTrace Trace(Func<string, FactValue> facts)
    {
        var traces = parts.Select(p => p.Trace(facts)).ToArray();
        return new(Text, Join(traces.Select(t => t.Result)), null, traces);
    }

    private Truth Join(IEnumerable<Truth> truths) => all ? truths.Min() : truths.Max();
}
