using Answerprint.Rules.Expressions;

namespace Answerprint.Rules.Packs;

/// <summary>A principle that every request is asked about: yes, no or unsure. Rules read the answer as the fact <c>principle.ID</c>.</summary>
public sealed class Principle
{
    internal Principle(string id, Clause clause, string text, Expression holds, Expression? unsure, TextTemplate yes, TextTemplate no, TextTemplate doubt) =>
        (Id, Clause, Text, Holds, Unsure, Yes, No, Doubt) = (id, clause, text, holds, unsure, yes, no, doubt);

    /// <summary>Identifier within the pack.</summary>
    public string Id { get; }

    /// <summary>The clause that states it.</summary>
    public Clause Clause { get; }

    /// <summary>The principle in plain words.</summary>
    public string Text { get; }

    /// <summary>The expression under which it holds.</summary>
    public string HoldsWhen => Holds.Text;

    /// <summary>The expression under which nobody can be sure, or null; it is asked first.</summary>
    public string? UnsureWhen => Unsure?.Text;

    internal Expression Holds { get; }

    internal Expression? Unsure { get; }

    internal TextTemplate Yes { get; }

    internal TextTemplate No { get; }

    internal TextTemplate Doubt { get; }
}
