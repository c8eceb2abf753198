using System.Text.RegularExpressions;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Rules.Evaluation;
using Answerprint.Rules.Packs;
using Answerprint.Web.Shell;
using Decision = Answerprint.Platform.Clearance.Contracts.Decision;

namespace Answerprint.Web.Clearance;

/// <summary>What the terms of the record are called on a page.</summary>
internal static partial class ClearanceWords
{
    public static string Of(Use use) => use switch
    {
        Use.Ideation => "ideation",
        Use.Temp => "temp",
        Use.OnScreenBackground => "on-screen background",
        Use.FinalDeliverable => "final deliverable",
        Use.Marketing => "marketing",
        _ => "advertising",
    };

    public static string Hint(Use use) => use switch
    {
        Use.Ideation => "to think with; stays inside",
        Use.Temp => "stands in until the real thing is there",
        Use.OnScreenBackground => "seen behind the action",
        Use.FinalDeliverable => "part of the cut",
        Use.Marketing => "promotes the title",
        _ => "sells something else",
    };

    public static IReadOnlyList<Select.Option> Uses { get; } = [.. Enum.GetValues<Use>().Select(use => new Select.Option(use.ToString(), $"{Capital(Of(use))}: {Hint(use)}"))];

    /// <summary>A term of the record as JSON spells it.</summary>
    public static string Camel(Enum value)
    {
        var text = value.ToString();
        return char.ToLowerInvariant(text[0]) + text[1..];
    }

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary><c>onScreenBackground</c> to <c>on screen background</c>.</summary>
    public static string Spaced(string term) => WordStart().Replace(term, match => " " + match.Value.ToLowerInvariant());

    public static (DecisionKind Kind, string Text) Badge(Decision decision) => decision.State switch
    {
        DecisionState.Pending => (DecisionKind.Escalate, $"Waits for {Roles(decision.EscalatedTo)}"),
        DecisionState.Approved => (DecisionKind.Clear, "Approved"),
        DecisionState.Denied => (DecisionKind.Refuse, "Denied"),
        _ => decision.Answer switch
        {
            Answer.Clear => (DecisionKind.Clear, "Clear"),
            Answer.Conditions => (DecisionKind.ClearWithConditions, "Clear with conditions"),
            Answer.Escalate => (DecisionKind.Escalate, "Escalated"),
            _ => (DecisionKind.Refuse, "Refused"),
        },
    };

    public static (DecisionKind Kind, string Text) Badge(RuleAnswer answer) => answer switch
    {
        RuleAnswer.Refuse => (DecisionKind.Refuse, "Refuse"),
        RuleAnswer.Escalate => (DecisionKind.Escalate, "Escalate"),
        RuleAnswer.Conditions => (DecisionKind.ClearWithConditions, "Conditions"),
        RuleAnswer.Clear => (DecisionKind.Clear, "Clear"),
        _ => (DecisionKind.Clear, "Note"),
    };

    public static string Roles(string spaced) => spaced.Replace(" ", " and ", StringComparison.Ordinal);

    public static (Tone Tone, string Text, string Meaning) Of(ClauseStatus status) => status switch
    {
        ClauseStatus.Primary => (Tone.Good, "Primary", "read in the primary text; enforced"),
        ClauseStatus.Secondary => (Tone.Note, "Secondary", "known from press or a law firm's summary; enforced"),
        _ => (Tone.Wait, "Unverified", "not verified; shown to counsel, never enforced"),
    };

    public static (Tone Tone, string Text) Of(PrincipleVerdict verdict) => verdict switch
    {
        PrincipleVerdict.Yes => (Tone.Good, "Yes"),
        PrincipleVerdict.No => (Tone.Stop, "No"),
        _ => (Tone.Wait, "Unsure"),
    };

    public static (Tone Tone, string Text) Of(ConditionState state) => state switch
    {
        ConditionState.Met => (Tone.Good, "Met"),
        ConditionState.NotMet => (Tone.Stop, "Not met"),
        _ => (Tone.Wait, "Open"),
    };

    public static string Stage(Decision decision) => decision.Stage == DecisionStage.Run ? "Run" : "Release";

    public static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => $"{bytes / (double)(1L << 30):0.0} GiB",
        >= 1L << 20 => $"{bytes / (double)(1L << 20):0.0} MiB",
        >= 1L << 10 => $"{bytes / (double)(1L << 10):0} KiB",
        _ => $"{bytes} bytes",
    };

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex WordStart();
}
