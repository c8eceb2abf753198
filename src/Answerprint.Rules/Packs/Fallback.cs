namespace Answerprint.Rules.Packs;

/// <summary>What a pack says where its rules cannot: a role decides.</summary>
/// <param name="EscalateTo">The role.</param>
/// <param name="Because">Why, in plain words.</param>
/// <param name="Clause">The clause that it rests on.</param>
public sealed record Fallback(string EscalateTo, string Because, Clause Clause);
