namespace Answerprint.Rules.Expressions;

/// <summary>How an expression came to its truth on given facts.</summary>
/// <param name="Text">The expression as canonical text.</param>
/// <param name="Result">Its truth.</param>
/// <param name="Actual">For a comparison, the fact and its value, such as <c>use is ideation</c>; otherwise null.</param>
/// <param name="Parts">The traces of its parts.</param>
public sealed record ExpressionTrace(string Text, Truth Result, string? Actual, IReadOnlyList<ExpressionTrace> Parts)
{
    /// <summary>The comparisons that decided the result, in order.</summary>
    public IEnumerable<ExpressionTrace> Decisive() =>
        Parts.Count == 0 ? [this] : Parts.Where(p => Parts.Count == 1 || p.Result == Result).SelectMany(p => p.Decisive());
}
