using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Cli.Productions;

/// <summary><c>productions</c>: list, create.</summary>
internal static class ProductionsVerb
{
    private static readonly Argument<string> Code = new("CODE") { Description = "2 to 8 capitals or digits, such as NLC" };
    private static readonly Argument<string> Name = new("NAME") { Description = "The production's name" };

    public static Command Make() => new Command("productions", "Productions of the data folder")
        .With(new Command("create", "Make a production").With(Code, Name).OnData(CreateAsync)).OnData(ListAsync);

    /// <summary>The production of a code, or of the only one there is.</summary>
    public static async Task<(Production? Production, string Problem)> FindAsync(Session session, string? code, CancellationToken cancellationToken)
    {
        var all = await session.Db.Set<Production>().AsNoTracking().OrderBy(production => production.Code).ToListAsync(cancellationToken);
        if (code is not null) return all.Find(production => production.Code == code) is { } found ? (found, "") : (null, $"there is no production {code}; known are {Names(all)}");
        return all.Count == 1 ? (all[0], "") : (null, all.Count == 0 ? "there is no production yet: 'answerprint productions create CODE NAME'" : $"name one with --production: {Names(all)}");
    }

    private static string Names(List<Production> all) => all.Count == 0 ? "none" : string.Join(", ", all.Select(production => production.Code));

    private static async Task<VerbResult> ListAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var all = await session.Db.Set<Production>().AsNoTracking().OrderBy(production => production.Code).ToListAsync(cancellationToken);
        var json = new JsonObject { ["productions"] = new JsonArray([.. all.Select(Describe)]) };
        return all.Count == 0
            ? new VerbResult(ExitCode.NothingFound, json, "No productions yet. Make one with 'answerprint productions create CODE NAME'.")
            : new VerbResult(ExitCode.Done, json, string.Join('\n', all.Select(production => $"{production.Code,-8} {production.Name}")));
    }

    private static async Task<VerbResult> CreateAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var result = await session.Get<CreateProduction>().HandleAsync(new CreateProductionRequest(parsed.GetValue(Code)!, parsed.GetValue(Name)!), session.Actor, cancellationToken);
        return result.Production is null
            ? VerbResult.Problem(ExitCode.Failed, result.Problem)
            : new VerbResult(ExitCode.Done, Describe(result.Production).AsObject(), $"Made production {result.Production.Code}.");
    }

    private static JsonNode Describe(Production production) => new JsonObject { ["production"] = production.Id.ToString(), ["code"] = production.Code, ["name"] = production.Name };
}
