using Answerprint.Rules.Expressions;

namespace Answerprint.Rules.Packs;

/// <summary>A condition that a rule sets.</summary>
public sealed class Condition
{
    internal Condition(string id, string text, Expression? met) => (Id, Text, Met) = (id, text, met);

    /// <summary>Identifier that a program can check; the same id in two rules is the same condition.</summary>
    public string Id { get; }

    /// <summary>The condition in plain words.</summary>
    public string Text { get; }

    /// <summary>The expression by which facts show that it is met, or null where only a person can say so.</summary>
    public string? MetWhen => Met?.Text;

    internal Expression? Met { get; }
}

/// <summary>Something that is done in any case, such as reporting a use; it does not hold an answer up.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Text">The duty in plain words.</param>
public sealed record Duty(string Id, string Text);
