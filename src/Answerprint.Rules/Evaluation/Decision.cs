using System.Text.Json;
using Answerprint.Rules.Canonical;
using Answerprint.Rules.Expressions;
using Answerprint.Rules.Packs;

namespace Answerprint.Rules.Evaluation;

/// <summary>The answer to a requested use, with everything it rests on, in a stable order.</summary>
public sealed record Decision
{
    /// <summary>The strictest answer: never <see cref="RuleAnswer.Note"/>.</summary>
    public required RuleAnswer Answer { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The day for which it was asked.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The packs that were effective on that day.</summary>
    public required IReadOnlyList<PackIdentity> Packs { get; init; }

    /// <summary>SHA-256 of the facts' canonical JSON in lower-case hexadecimal.</summary>
    public required string FactsSha256 { get; init; }

    /// <summary>Every enforced rule that spoke, strictest first, then in the order of packs and rules; fallbacks come last.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Every principle with its answer.</summary>
    public required IReadOnlyList<PrincipleAnswer> Principles { get; init; }

    /// <summary>The conditions that the rules set, once each.</summary>
    public required IReadOnlyList<ConditionAnswer> Conditions { get; init; }

    /// <summary>The roles that have to decide, sorted; empty unless the answer is <see cref="RuleAnswer.Escalate"/>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>What is to be done in any case, once each.</summary>
    public required IReadOnlyList<Duty> Duties { get; init; }

    /// <summary>The facts that are unknown and could change the answer, with the rules that wait for them.</summary>
    public required IReadOnlyList<UnknownFact> Unknown { get; init; }

    /// <summary>Unverified clauses of rules that spoke or could have: for counsel to see, not enforced.</summary>
    public required IReadOnlyList<UnverifiedNote> Unverified { get; init; }

    /// <summary>Rules of earlier packs that a later pack took the place of, with what they would have answered.</summary>
    public required IReadOnlyList<Replacement> Replaced { get; init; }

    /// <summary>Reads a decision that <see cref="ToCanonicalJson"/> wrote.</summary>
    /// <exception cref="JsonException">Not a decision.</exception>
    public static Decision FromJson(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<Decision>(utf8, CanonicalJson.Options) ?? throw new JsonException("a decision is expected, not null");

    /// <summary>The decision as canonical JSON (RFC 8785) in UTF-8; members that are null are left out.</summary>
    public byte[] ToCanonicalJson() => CanonicalJson.Serialize(this);
}

/// <summary>A pack as a decision names it.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
public sealed record PackIdentity(string Id, string Version, string Sha256);

/// <summary>A rule that spoke.</summary>
/// <param name="Pack">Its pack.</param>
/// <param name="Rule">Its identifier; <c>onUnknown</c> or <c>otherwise</c> for a fallback.</param>
/// <param name="Answer">What it answers; conditions that are all met count as clear.</param>
/// <param name="Because">Why, with the facts filled in.</param>
/// <param name="Clauses">The clauses it rests on.</param>
/// <param name="EscalateTo">The role that decides, or null.</param>
/// <param name="Conditions">Identifiers of the conditions it sets.</param>
/// <param name="Replaces">The rule it took the place of, or null.</param>
public sealed record Reason(
    string Pack, string Rule, RuleAnswer Answer, string Because, IReadOnlyList<Clause> Clauses, string? EscalateTo,
    IReadOnlyList<string> Conditions, string? Replaces);

/// <summary>Yes, no or unsure.</summary>
public enum PrincipleVerdict
{
    /// <summary>The principle holds.</summary>
    Yes,

    /// <summary>It does not hold.</summary>
    No,

    /// <summary>The facts do not say.</summary>
    Unsure,
}

/// <summary>A principle's answer.</summary>
/// <param name="Pack">Its pack.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Text">The principle in plain words.</param>
/// <param name="Answer">Yes, no or unsure.</param>
/// <param name="Because">Why, with the facts filled in.</param>
/// <param name="Clause">The clause that states it.</param>
/// <param name="Unknown">Unknown facts that the answer waits for.</param>
public sealed record PrincipleAnswer(
    string Pack, string Id, string Text, PrincipleVerdict Answer, string Because, Clause Clause, IReadOnlyList<string> Unknown);

/// <summary>Whether a condition is met.</summary>
public enum ConditionState
{
    /// <summary>The facts do not say, or only a person can.</summary>
    Open,

    /// <summary>The facts show that it is met.</summary>
    Met,

    /// <summary>The facts show that it is not met.</summary>
    NotMet,
}

/// <summary>A condition of a decision.</summary>
/// <param name="Id">Identifier that a program can check.</param>
/// <param name="Text">The condition in plain words.</param>
/// <param name="State">Whether it is met.</param>
/// <param name="Rules">The rules that set it, as <c>pack/rule</c>.</param>
public sealed record ConditionAnswer(string Id, string Text, ConditionState State, IReadOnlyList<string> Rules);

/// <summary>An unknown fact that could change the answer.</summary>
/// <param name="Fact">Its name.</param>
/// <param name="Text">What it means.</param>
/// <param name="Rules">The rules that wait for it, as <c>pack/rule</c>.</param>
public sealed record UnknownFact(string Fact, string Text, IReadOnlyList<string> Rules);

/// <summary>An unverified clause for counsel to see.</summary>
/// <param name="Rule">The rule that cites it, as <c>pack/rule</c>.</param>
/// <param name="Clause">The clause.</param>
/// <param name="WouldAnswer">What the rule would answer were it enforced; null where it is enforced on other clauses.</param>
/// <param name="Because">Why, with the facts filled in.</param>
public sealed record UnverifiedNote(string Rule, Clause Clause, RuleAnswer? WouldAnswer, string Because);

/// <summary>A rule whose place another took.</summary>
/// <param name="Rule">The replaced rule, as <c>pack/rule</c>.</param>
/// <param name="By">The rule in its place, as <c>pack/rule</c>.</param>
/// <param name="Result">Whether the replaced rule would have spoken.</param>
/// <param name="WouldAnswer">What it answers when it speaks.</param>
public sealed record Replacement(string Rule, string By, Truth Result, RuleAnswer WouldAnswer);
