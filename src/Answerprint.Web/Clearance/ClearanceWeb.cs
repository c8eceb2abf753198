using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Answerprint.Web.Withdrawal;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Clearance;

/// <summary>/clearance: requests, decisions, rules, tools, audit, releases.</summary>
internal static class ClearanceWeb
{
    public static IServiceCollection AddClearanceWeb(this IServiceCollection services) =>
        services.AddScoped<DecisionReader>().AddScoped<ReleaseReader>().AddSingleton<ToolVersions>();

    public static void MapClearance(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/clearance").ForRoles(ClearanceRoles.Readers).ExcludeFromDescription();
        pages.MapGet("", QueueAsync);
        pages.MapGet("/{id:guid}", (Guid id) => Results.LocalRedirect($"/clearance/decisions/{id}"));
        pages.MapGet("/decisions/{id:guid}", (Guid id, HttpContext context, DecisionReader reader, CancellationToken cancellationToken) =>
            DecisionAsync(id, context, reader, null, null, cancellationToken));
        pages.MapPost("/decisions/{id:guid}/answer", AnswerAsync);
        pages.MapGet("/rules", (PolicyLibrary library) => new RazorComponentResult<RulesPage>(new { Library = library }));
        pages.MapGet("/rules/try", (PolicyLibrary library, HttpContext context, TimeProvider clock) => new RazorComponentResult<TryPage>(new
        {
            Library = library, Asked = WhatIf.Ask(library, context.Request.Query, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)),
        }));
        pages.MapGet("/tools", async (PolicyLibrary library, ToolVersions versions, CancellationToken cancellationToken) =>
            new RazorComponentResult<ToolsPage>(new { Registry = library.Tools, Found = await versions.FindAsync(cancellationToken) }));
        pages.MapGet("/audit", AuditAsync);
        pages.MapGet("/audit/check", CheckAsync);
        pages.MapGet("/audit.jsonl", ExportAsync);
        pages.MapGet("/releases", ReleasesAsync);
        pages.MapGet("/releases/{id:guid}/file", FileAsync);
        DecisionsApi.Map(routes);
        ReleasesApi.Map(routes);
    }

    private static async Task<RazorComponentResult<QueuePage>> QueueAsync(string? show, long? before, HttpContext context, DecisionReader reader, CancellationToken cancellationToken)
    {
        var shelf = show switch { "mine" => DecisionShelf.Mine, "answered" => DecisionShelf.Answered, _ => DecisionShelf.Waiting };
        var actor = context.User.ToActor();
        var found = await reader.ListAsync(shelf, actor, before is { } ticks && ticks > 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null, cancellationToken);
        var more = found.Count > DecisionReader.PageSize;
        if (more) found.RemoveAt(found.Count - 1);
        var next = more ? $"/clearance?{(show is null ? "" : $"show={Uri.EscapeDataString(show)}&")}before={found[^1].Record.RequestedAt.UtcTicks}" : null;
        return new(new { Decisions = (IReadOnlyList<DecisionView>)found, Actor = actor, Shelf = shelf, Waiting = (await reader.CountAsync(actor, cancellationToken)).Waiting, Next = next });
    }

    private static async Task<IResult> DecisionAsync(Guid id, HttpContext context, DecisionReader reader, string? problem, string? comment, CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(id, cancellationToken) is not { } view) return MissingPage.Show("No such decision", $"There is no decision with the id {id}.", "/clearance", "Clearance");
        return new RazorComponentResult<DecisionPage>(new
        {
            View = view, Actor = context.User.ToActor(), History = (IReadOnlyList<AuditEntry>)await reader.HistoryAsync(view, cancellationToken),
            Facts = Facts(view.Record.FactsJson), Problem = problem, Comment = comment, Done = context.Request.Query.ContainsKey("done"),
        }) { StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict };
    }

    private static async Task<IResult> AnswerAsync(Guid id, HttpContext context, DecideEscalation decide, DecisionReader reader, CancellationToken cancellationToken)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        if (!bool.TryParse(form["approve"], out var approve)) return await DecisionAsync(id, context, reader, "say yes or no", form["comment"], cancellationToken);
        var alike = form["alike"].Contains("true") ? await reader.AlikeAsync(id, cancellationToken) : [];
        var result = await decide.HandleAsync(new DecideEscalationRequest(id, approve, form["comment"].ToString().Trim()), context.User.ToActor(), cancellationToken);
        // The same answer, each on record for itself. One that somebody else answered meanwhile keeps its answer.
        if (result.Problem.Length == 0)
            foreach (var other in alike) await decide.HandleAsync(new DecideEscalationRequest(other, approve, form["comment"].ToString().Trim()), context.User.ToActor(), cancellationToken);
        return result.Problem.Length > 0
            ? await DecisionAsync(id, context, reader, ClearanceWords.Capital(result.Problem), form["comment"], cancellationToken)
            : Results.LocalRedirect($"/clearance/decisions/{id}?done=1");
    }

    private static async Task<RazorComponentResult<AuditPage>> AuditAsync(HttpContext context, AnswerprintDb db, CancellationToken cancellationToken)
    {
        var query = AuditQuery.From(context.Request);
        var entries = await query.On(db).OrderByDescending(entry => entry.Number).Take(AuditQuery.PageSize + 1).ToListAsync(cancellationToken);
        var more = entries.Count > AuditQuery.PageSize;
        if (more) entries.RemoveAt(entries.Count - 1);
        var kinds = await db.Set<AuditEntry>().Select(entry => entry.Action).Distinct().OrderBy(action => action).ToListAsync(cancellationToken);
        return new(new { Query = query, Entries = (IReadOnlyList<AuditEntry>)entries, Kinds = (IReadOnlyList<string>)kinds, Next = more ? entries[^1].Number : (long?)null });
    }

    private static async Task<RazorComponentResult<ChainNotice>> CheckAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        var broken = await AuditTrail.FirstBrokenAsync(db, cancellationToken);
        var last = await db.Set<AuditEntry>().AsNoTracking().OrderByDescending(entry => entry.Number).FirstOrDefaultAsync(cancellationToken);
        return new(new { Broken = broken, Count = last?.Number ?? 0, Last = last?.Sha256 ?? "" });
    }

    private static async Task ExportAsync(HttpContext context, AnswerprintDb db, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/jsonl; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"audit.jsonl\"";
        await foreach (var entry in AuditQuery.From(context.Request).On(db).OrderBy(entry => entry.Number).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, entry, JsonSerializerOptions.Web, cancellationToken);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }
    }

    private static async Task<RazorComponentResult<ReleasesPage>> ReleasesAsync(long? before, ReleaseReader reader, CancellationToken cancellationToken)
    {
        var found = await reader.ListAsync(before is { } ticks && ticks > 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null, cancellationToken);
        var more = found.Count > ReleaseReader.PageSize;
        if (more) found.RemoveAt(found.Count - 1);
        return new(new { Releases = (IReadOnlyList<ReleaseView>)found, Next = more ? $"/clearance/releases?before={found[^1].Record.ReleasedAt.UtcTicks}" : null });
    }

    /// <summary>The signed bytes. Asked for anew each time: what was taken back is gone at once.</summary>
    internal static async Task<IResult> FileAsync(Guid id, HttpContext context, ReleaseReader reader, BlobStore blobs, CancellationToken cancellationToken)
    {
        var view = await reader.FindAsync(id, cancellationToken);
        if (view is null) return Results.NotFound();
        if (view.IsTakenBack) return Quarantined.Gone(context);
        if (!blobs.Exists(view.Record.BlobSha256)) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.File(blobs.PathOf(view.Record.BlobSha256), view.Record.MediaType, view.Record.FileName);
    }

    private static List<KeyValuePair<string, string>> Facts(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(fact => KeyValuePair.Create(fact.Name, fact.Value.ValueKind switch
        {
            JsonValueKind.Array => string.Join(", ", fact.Value.EnumerateArray()),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => fact.Value.ToString(),
        }))];
    }
}
