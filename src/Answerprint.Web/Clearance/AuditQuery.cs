using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Clearance;

/// <summary>What of the audit is looked at.</summary>
/// <param name="Action">An action, or the beginning of one such as <c>decision.</c>; empty for all.</param>
/// <param name="Who">Part of a name; empty for all.</param>
/// <param name="Subject">An id; empty for all.</param>
/// <param name="Before">Only entries with a lower number.</param>
public sealed record AuditQuery(string Action, string Who, string Subject, long? Before)
{
    public const int PageSize = 100;

    public static AuditQuery From(HttpRequest request) => new(
        request.Query["action"].ToString().Trim(), request.Query["who"].ToString().Trim(), request.Query["subject"].ToString().Trim(),
        long.TryParse(request.Query["before"], out var before) ? before : null);

    public bool IsFiltered => Action.Length + Who.Length + Subject.Length > 0;

    public IQueryable<AuditEntry> On(AnswerprintDb db)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (Action.Length > 0) entries = entries.Where(entry => entry.Action.StartsWith(Action));
        if (Who.Length > 0) entries = entries.Where(entry => EF.Functions.Like(entry.ActorName.ToLower(), Pattern(Who), "\\"));
        if (Subject.Length > 0) entries = entries.Where(entry => entry.SubjectId == Subject);
        if (Before is { } before) entries = entries.Where(entry => entry.Number < before);
        return entries;
    }

    private static string Pattern(string part) =>
        $"%{part.ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    public string Url(string path, long? before = null)
    {
        var parts = new[] { ("action", Action), ("who", Who), ("subject", Subject), ("before", before?.ToString() ?? "") }
            .Where(part => part.Item2.Length > 0).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2)}").ToList();
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }
}
