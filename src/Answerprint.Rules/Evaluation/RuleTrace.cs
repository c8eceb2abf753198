using Answerprint.Rules.Expressions;
using Answerprint.Rules.Packs;

namespace Answerprint.Rules.Evaluation;

/// <summary>What became of a rule.</summary>
public enum RuleState
{
    /// <summary>It spoke.</summary>
    Matched,

    /// <summary>It did not apply.</summary>
    NotMatched,

    /// <summary>It waits for an unknown fact.</summary>
    Unknown,

    /// <summary>It, or its pack, is not in force on the day.</summary>
    NotInForce,

    /// <summary>A rule of a later pack took its place.</summary>
    Replaced,
}

/// <summary>Why a rule spoke or did not.</summary>
/// <param name="Pack">Its pack.</param>
/// <param name="Rule">Its identifier.</param>
/// <param name="Answer">What it answers when it speaks.</param>
/// <param name="IsEnforced">False where every clause is unverified.</param>
/// <param name="State">What became of it.</param>
/// <param name="Explanation">Why, in one sentence that names the deciding facts.</param>
/// <param name="Clauses">Identifiers of its clauses.</param>
/// <param name="When">How its expression came to its result.</param>
public sealed record RuleTrace(
    string Pack, string Rule, RuleAnswer Answer, bool IsEnforced, RuleState State, string Explanation, IReadOnlyList<string> Clauses, ExpressionTrace When)
{
    internal static string Explain(RuleState state, ExpressionTrace when) => state switch
    {
        RuleState.Matched => $"it applies: {Facts(when)}",
        RuleState.NotMatched => $"it does not apply: {Facts(when)}",
        _ => $"unknown: {Facts(when)}",
    };

    private static string Facts(ExpressionTrace when) =>
        string.Join("; ", when.Decisive().Select(Fact).Distinct(StringComparer.Ordinal));

    // A bare boolean says all by its value; a comparison also shows what was asked.
    private static string Fact(ExpressionTrace part) =>
        part.Actual is null ? part.Text
        : part.Actual.StartsWith(part.Text + " ", StringComparison.Ordinal) ? part.Actual
        : $"{part.Actual} ('{part.Text}' is {part.Result.ToString().ToLowerInvariant()})";
}
