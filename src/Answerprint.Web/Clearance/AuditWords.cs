using System.Text.Json;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Clearance;

/// <summary>The audit's entries in words; an action that has none here is shown as it is recorded.</summary>
internal static class AuditWords
{
    private static readonly Dictionary<string, (string Words, Tone Tone)> Known = new(StringComparer.Ordinal)
    {
        ["job.submitted"] = ("Asked for a job", Tone.Quiet),
        ["job.done"] = ("The job was done", Tone.Good),
        ["job.failed"] = ("The job failed", Tone.Stop),
        ["job.cancelled"] = ("Stopped the job", Tone.Stop),
        ["release.requested"] = ("Asked for a release", Tone.Note),
        ["asset.released"] = ("Released and signed", Tone.Good),
        ["decision.approved"] = ("Approved", Tone.Good),
        ["decision.denied"] = ("Denied", Tone.Stop),
        ["artwork.kept"] = ("Kept the artwork", Tone.Good),
        ["artwork.dropped"] = ("Dropped the artwork", Tone.Quiet),
        ["artwork.undecided"] = ("Took back the word on the artwork", Tone.Quiet),
        ["artwork.published"] = ("Published the artwork", Tone.Good),
        ["asset.quarantined"] = ("Took the asset down", Tone.Stop),
        ["asset.restored"] = ("Put the asset back", Tone.Good),
        ["asset.withdrawn"] = ("Withdrew the asset", Tone.Stop),
        ["withdrawal.made"] = ("Withdrew", Tone.Stop),
        ["withdrawal.restored"] = ("Undid the withdrawal", Tone.Good),
        ["version.proposed"] = ("Proposed what was made again as the next version", Tone.Note),
        ["remake.accepted"] = ("Accepted what was made again", Tone.Good),
        ["remake.rejected"] = ("Rejected what was made again", Tone.Stop),
        ["artwork.unpublished"] = ("Took the artwork off the title's pages", Tone.Stop),
    };

    public static (string Words, Tone Tone) Of(string action) => Known.GetValueOrDefault(action, (action, Tone.Quiet));

    public static IReadOnlyList<AuditList.Entry> Entries(IReadOnlyList<AuditEntry> entries) =>
        [.. entries.Select(entry => new AuditList.Entry(entry.At, entry.ActorName, Of(entry.Action).Words, Comment(entry), Of(entry.Action).Tone))];

    private static string? Comment(AuditEntry entry)
    {
        using var details = JsonDocument.Parse(entry.DetailsJson);
        return details.RootElement.TryGetProperty("comment", out var comment) && comment.GetString() is { Length: > 0 } text ? text : null;
    }
}
