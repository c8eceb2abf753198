using Answerprint.Rules.Expressions;

namespace Answerprint.Rules.Packs;

/// <summary>One rule of a pack.</summary>
public sealed class Rule
{
    internal Rule(string id, IReadOnlyList<Clause> clauses, Expression when, RuleAnswer answer, TextTemplate because) =>
        (Id, Clauses, Condition, Answer, BecauseTemplate) = (id, clauses, when, answer, because);

    /// <summary>Identifier within the pack.</summary>
    public string Id { get; }

    /// <summary>The clauses that the rule rests on; at least one.</summary>
    public IReadOnlyList<Clause> Clauses { get; }

    /// <summary>The expression under which the rule speaks.</summary>
    public string When => Condition.Text;

    /// <summary>What it answers.</summary>
    public RuleAnswer Answer { get; }

    /// <summary>Why, with facts in braces.</summary>
    public string Because => BecauseTemplate.Text;

    /// <summary>First day in force, or null for always.</summary>
    public DateOnly? From { get; internal init; }

    /// <summary>Last day in force, or null for no end.</summary>
    public DateOnly? Until { get; internal init; }

    /// <summary>The role that decides where the answer is <see cref="RuleAnswer.Escalate"/>; otherwise null.</summary>
    public string? EscalateTo { get; internal init; }

    /// <summary>The conditions that it sets, whatever the answer; at least one where the answer is <see cref="RuleAnswer.Conditions"/>.</summary>
    public IReadOnlyList<Condition> Conditions { get; internal init; } = [];

    /// <summary>What is to be done in any case.</summary>
    public IReadOnlyList<Duty> Duties { get; internal init; } = [];

    /// <summary>The rule of an earlier pack that this one takes the place of, as <c>pack/rule</c>, or null.</summary>
    public string? Replaces { get; internal init; }

    /// <summary>False where every clause is unverified: the rule is then only shown.</summary>
    public bool IsEnforced => Clauses.Any(c => c.Source.Status is not ClauseStatus.Unverified);

    internal Expression Condition { get; }

    internal TextTemplate BecauseTemplate { get; }

    internal bool IsInForce(DateOnly on) => (From is null || on >= From) && (Until is null || on <= Until);
}
