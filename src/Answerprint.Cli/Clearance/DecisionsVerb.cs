using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Cli.Clearance;

/// <summary><c>decisions</c>: list what waits, approve, deny.</summary>
internal static class DecisionsVerb
{
    private static readonly Argument<Guid> Id = new("ID") { Description = "The decision's id" };
    private static readonly Option<string> Comment = new("--comment") { Description = "Why; a denial needs it", DefaultValueFactory = _ => "" };

    public static Command Make() => new Command("decisions", "Escalations that wait for a person").With(
        new Command("approve", "Approve an escalation").With(Id, Comment).OnData((session, parsed, cancellationToken) => AnswerAsync(session, parsed, true, cancellationToken)),
        new Command("deny", "Deny an escalation").With(Id, Comment).OnData((session, parsed, cancellationToken) => AnswerAsync(session, parsed, false, cancellationToken))).OnData(ListAsync);

    private static async Task<VerbResult> ListAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var waiting = await session.Db.Set<Decision>().AsNoTracking().Where(decision => decision.State == DecisionState.Pending)
            .OrderBy(decision => decision.RequestedAt).ToListAsync(cancellationToken);
        var json = new JsonObject
        {
            ["decisions"] = new JsonArray([.. waiting.Select(decision => (JsonNode)new JsonObject
            {
                ["decision"] = decision.Id.ToString(), ["stage"] = decision.Stage.ToString().ToLowerInvariant(), ["use"] = decision.Use.ToString(),
                ["waitsFor"] = decision.EscalatedTo, ["summary"] = ClearanceDoor.Summary(decision),
            })]),
        };
        return waiting.Count == 0
            ? new VerbResult(ExitCode.NothingFound, json, "Nothing waits for an answer.")
            : new VerbResult(ExitCode.Done, json, string.Join('\n', waiting.Select(decision => $"{decision.Id}  {decision.EscalatedTo,-10} {ClearanceDoor.Summary(decision)}")));
    }

    private static async Task<VerbResult> AnswerAsync(Session session, ParseResult parsed, bool approve, CancellationToken cancellationToken)
    {
        var request = new DecideEscalationRequest(parsed.GetValue(Id), approve, parsed.GetValue(Comment)!);
        var result = await session.Get<DecideEscalation>().HandleAsync(request, session.Actor, cancellationToken);
        if (result.Problem.Length > 0) return VerbResult.Problem(result.Decision is null ? ExitCode.NothingFound : ExitCode.RefusedOrWaiting, result.Problem);
        if (result.Release is not null) return ReleaseVerb.Describe(session, new ReleaseResult(result.Decision, result.Release, ""), null);
        var state = result.Decision!.State.ToString().ToLowerInvariant();
        return new VerbResult(ExitCode.Done, new JsonObject { ["decision"] = result.Decision.Id.ToString(), ["state"] = state }, $"The decision is {state}.");
    }
}
