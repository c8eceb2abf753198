using System.Globalization;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Home;

/// <summary>How the console says things: states with their tones, sizes, lengths of time.</summary>
public static class Words
{
    public static (string Text, Tone Tone) Of(ShotStatus status) => status switch
    {
        ShotStatus.InReview => ("In review", Tone.Wait),
        ShotStatus.Retake => ("Retake", Tone.Note),
        ShotStatus.Approved => ("Approved", Tone.Good),
        ShotStatus.Published => ("Published", Tone.Good),
        _ => ("In progress", Tone.Quiet),
    };

    public static (string Text, Tone Tone) Of(VersionStatus status) => status switch
    {
        VersionStatus.InReview => ("In review", Tone.Wait),
        VersionStatus.Retake => ("Retake", Tone.Note),
        VersionStatus.Approved => ("Approved", Tone.Good),
        VersionStatus.Published => ("Published", Tone.Good),
        _ => ("Draft", Tone.Quiet),
    };

    public static (string Text, Tone Tone) Of(JobState state) => state switch
    {
        JobState.AwaitingClearance => ("Waits for clearance", Tone.Wait),
        JobState.Queued => ("Queued", Tone.Quiet),
        JobState.Running => ("Running", Tone.Live),
        JobState.Done => ("Done", Tone.Good),
        JobState.Cancelled => ("Stopped", Tone.Quiet),
        JobState.Refused => ("Refused", Tone.Stop),
        _ => ("Failed", Tone.Stop),
    };

    public static DecisionKind Of(Answer answer) => answer switch
    {
        Answer.Clear => DecisionKind.Clear,
        Answer.Conditions => DecisionKind.ClearWithConditions,
        Answer.Escalate => DecisionKind.Escalate,
        _ => DecisionKind.Refuse,
    };

    public static GradeKind Of(Grade grade) => grade switch
    {
        Grade.Exact => GradeKind.Exact,
        Grade.Pinned => GradeKind.Pinned,
        _ => GradeKind.Recorded,
    };

    public static string Of(RightsKind rights) => rights switch
    {
        RightsKind.StaffMade => "Staff-made",
        RightsKind.Licensed => "Licensed",
        RightsKind.PublicDomain => "Public domain",
        RightsKind.UserGenerated => "User-generated",
        RightsKind.ServiceProprietary => "Service proprietary",
        _ => "Not stated",
    };

    public static string Of(PerformerPresence performers) => performers switch
    {
        PerformerPresence.None => "None",
        PerformerPresence.Present => "Present",
        _ => "Not stated",
    };

    public static string Of(Use use) => use switch
    {
        Use.OnScreenBackground => "On-screen background",
        Use.FinalDeliverable => "Final deliverable",
        _ => use.ToString(),
    };

    public static string Size(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1000 && unit < units.Length - 1; unit++) value /= 1000;
        return unit == 0 || value >= 100 ? Invariant($"{value:0} {units[unit]}") : Invariant($"{value:0.0} {units[unit]}");
    }

    /// <summary>A length of film: 0:04, 1:10, 1:02:33.</summary>
    public static string Clock(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Max(0, double.IsFinite(seconds) ? seconds : 0));
        return time.TotalHours >= 1 ? Invariant($"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}") : Invariant($"{time.Minutes}:{time.Seconds:00}");
    }

    /// <summary>An effort: 0.4 s, 12 s, 3 min 10 s, 2 h 05 min.</summary>
    public static string Effort(double seconds) => seconds switch
    {
        < 10 => Invariant($"{seconds:0.0} s"),
        < 60 => Invariant($"{seconds:0} s"),
        < 3600 => Invariant($"{(int)seconds / 60} min {(int)seconds % 60:00} s"),
        _ => Invariant($"{(int)seconds / 3600} h {(int)seconds / 60 % 60:00} min"),
    };

    /// <summary>How long ago, in words, as one glances at it.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalMinutes: < 60 } span => Invariant($"{(int)span.TotalMinutes} min ago"),
        { TotalHours: < 24 } span => Invariant($"{(int)span.TotalHours} h ago"),
        { TotalDays: < 7 } span => (int)span.TotalDays == 1 ? "yesterday" : Invariant($"{(int)span.TotalDays} days ago"),
        _ => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };

    public static string Count(int count, string one, string many) => Invariant($"{count} {(count == 1 ? one : many)}");

    /// <summary>A word in camel or Pascal case as words: <c>pixelFormat</c> becomes <c>Pixel format</c>.</summary>
    public static string Spaced(string name)
    {
        var text = string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) && !char.IsUpper(name[i - 1]) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
        return text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
