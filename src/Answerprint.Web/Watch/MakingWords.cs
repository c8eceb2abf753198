using System.Globalization;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Audience.Making;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Watch;

/// <summary>Says records in words for viewers.</summary>
internal static class MakingWords
{
    public static string Of(RightsKind rights) => rights switch
    {
        RightsKind.StaffMade => "made by the studio's own people",
        RightsKind.Licensed => "licensed to the studio",
        RightsKind.PublicDomain => "in the public domain",
        RightsKind.UserGenerated => "given by a member of the public under a signed release",
        RightsKind.ServiceProprietary => "the service's own material",
        _ => "rights not on record",
    };

    public static string Of(AssetKind kind) => kind switch
    {
        AssetKind.Video => "footage",
        AssetKind.Still => "still",
        AssetKind.Sequence => "image sequence",
        AssetKind.Audio => "sound",
        AssetKind.Subtitles => "subtitles",
        AssetKind.Artwork => "artwork",
        _ => "record",
    };

    public static string Of(Use use) => use switch
    {
        Use.Ideation => "ideation",
        Use.Temp => "temporary use",
        Use.OnScreenBackground => "the on-screen background",
        Use.FinalDeliverable => "the final cut",
        Use.Marketing => "promoting the title",
        _ => "advertising",
    };

    public static string Of(Likeness likeness) => likeness switch
    {
        Likeness.None => "No performer's likeness is used.",
        Likeness.Present => "A performer can be recognised in the material.",
        _ => "It is not on record for every piece whether a performer can be recognised.",
    };

    public static GradeKind Of(Grade grade) => grade switch
    {
        Grade.Exact => GradeKind.Exact,
        Grade.Pinned => GradeKind.Pinned,
        _ => GradeKind.Recorded,
    };

    public static DecisionKind Of(Answer answer) => answer switch
    {
        Answer.Clear => DecisionKind.Clear,
        Answer.Conditions => DecisionKind.ClearWithConditions,
        Answer.Escalate => DecisionKind.Escalate,
        _ => DecisionKind.Refuse,
    };

    /// <summary>Where a decision stands now: what a person answered, otherwise what the rules said.</summary>
    public static (DecisionKind Kind, string? Text) Badge(MakingDecision decision) => decision.State switch
    {
        DecisionState.Approved => (DecisionKind.Clear, "Approved"),
        DecisionState.Denied => (DecisionKind.Refuse, "Denied"),
        _ => (Of(decision.Answer), null),
    };

    /// <summary>What came of a decision, in one clause.</summary>
    public static string Outcome(MakingDecision decision) => decision.State switch
    {
        DecisionState.Approved when decision.DecidedBy.Length > 0 => $"approved by {decision.DecidedBy}",
        DecisionState.Approved => "approved",
        DecisionState.Denied => "denied",
        DecisionState.Pending => "waits for an answer",
        _ => decision.Answer is Answer.Clear or Answer.Conditions ? "allowed by the rules" : "refused by the rules",
    };

    public static string Stage(DecisionStage stage) => stage == DecisionStage.Run ? "Before it was made" : "Before it left the house";

    public static string Share(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    public static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1000)} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000d:0.0} MB");

    public static string Day(DateTimeOffset instant) => instant.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Count(int number, string one, string many) => number == 1 ? $"1 {one}" : $"{number} {many}";
}
