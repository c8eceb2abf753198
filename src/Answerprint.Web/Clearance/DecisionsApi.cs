using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Clearance;

/// <summary>Decisions under /api/v1.</summary>
internal static class DecisionsApi
{
    public sealed record DecisionJson(
        Guid Id, string Stage, string Use, string Answer, string State, bool Allows, string WaitsFor, Guid Job, string JobSha256, Guid? Asset, string Subject,
        Guid RequestedBy, DateTimeOffset RequestedAt, Guid? DecidedBy, DateTimeOffset? DecidedAt, string Comment, Guid? Release, string Packs,
        JsonElement Explanation, JsonElement Facts);

    public sealed record AnswerRequest(bool? Approve, string? Comment);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/decisions").WithTags("Clearance").ForRoles(ClearanceRoles.Readers);
        api.MapGet("", ListAsync).WithName("listDecisions").WithSummary("Decisions, newest first; show is waiting, mine or answered").ProducesProblem(422);
        api.MapGet("/{id:guid}", GetAsync).WithName("getDecision").WithSummary("A decision with its facts and its explanation").ProducesProblem(404);
        api.MapPost("/{id:guid}/answer", AnswerAsync).WithName("answerDecision").WithSummary("A named role's answer to an escalation; nobody answers a question of their own")
            .ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    public static DecisionJson Show(DecisionView view)
    {
        var decision = view.Record;
        return new DecisionJson(
            decision.Id, ClearanceWords.Camel(decision.Stage), ClearanceWords.Camel(decision.Use), ClearanceWords.Camel(decision.Answer), ClearanceWords.Camel(decision.State),
            decision.Allows, decision.State == Answerprint.Platform.Clearance.Contracts.DecisionState.Pending ? decision.EscalatedTo : "", decision.JobId, decision.JobHash, decision.AssetId,
            view.Subject, decision.RequestedBy, decision.RequestedAt, decision.DecidedBy, decision.DecidedAt, decision.Comment, view.ReleaseId, decision.Packs,
            Parse(decision.ExplanationJson), Parse(decision.FactsJson));
    }

    private static async Task<Results<Ok<List<DecisionJson>>, ProblemHttpResult>> ListAsync(string? show, HttpContext context, DecisionReader reader, CancellationToken cancellationToken)
    {
        if (show is not (null or "waiting" or "mine" or "answered")) return TypedResults.Problem($"'{show}' is not a list; known are waiting, mine, answered", statusCode: 422);
        var shelf = show switch { "mine" => DecisionShelf.Mine, "answered" => DecisionShelf.Answered, _ => DecisionShelf.Waiting };
        var found = await reader.ListAsync(shelf, context.User.ToActor(), null, cancellationToken);
        return TypedResults.Ok(found.Take(DecisionReader.PageSize).Select(Show).ToList());
    }

    private static async Task<Results<Ok<DecisionJson>, ProblemHttpResult>> GetAsync(Guid id, DecisionReader reader, CancellationToken cancellationToken) =>
        await reader.FindAsync(id, cancellationToken) is { } view ? TypedResults.Ok(Show(view)) : TypedResults.Problem($"there is no decision {id}", statusCode: 404);

    private static async Task<Results<Ok<DecisionJson>, ProblemHttpResult>> AnswerAsync(
        Guid id, AnswerRequest body, HttpContext context, DecideEscalation decide, DecisionReader reader, CancellationToken cancellationToken)
    {
        if (body.Approve is not { } approve) return TypedResults.Problem("approve must be true or false", statusCode: 422);
        var actor = context.User.ToActor();
        if (await reader.FindAsync(id, cancellationToken) is not { } before) return TypedResults.Problem($"there is no decision {id}", statusCode: 404);
        var result = await decide.HandleAsync(new DecideEscalationRequest(id, approve, body.Comment?.Trim() ?? ""), actor, cancellationToken);
        if (result.Problem.Length > 0) return TypedResults.Problem(result.Problem, statusCode: before.Hindrance(actor).Length > 0 ? 403 : 409);
        return TypedResults.Ok(Show((await reader.FindAsync(id, cancellationToken))!));
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
