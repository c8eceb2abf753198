using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Productions;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Cli.Titles;

/// <summary><c>titles</c>: list those with a production, add one.</summary>
internal static class TitlesVerb
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The title's name" };
    private static readonly Option<string?> Code = new("--production") { Description = "The production that makes it (default: the only one)", HelpName = "CODE" };
    private static readonly Option<string> Logline = new("--logline") { Description = "One line about it", DefaultValueFactory = _ => "" };
    private static readonly Option<string> Genre = new("--genre") { Description = "Main genre", DefaultValueFactory = _ => "" };

    public static Command Make() => new Command("titles", "Titles that have a production here")
        .With(new Command("add", "Give a production its title in the catalogue").With(Name, Code, Logline, Genre).OnData(AddAsync)).OnData(ListAsync);

    private static async Task<VerbResult> ListAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var titles = await session.Db.Set<Title>().AsNoTracking().Where(title => title.ProductionId != null).OrderBy(title => title.Slug).ToListAsync(cancellationToken);
        var json = new JsonObject { ["titles"] = new JsonArray([.. titles.Select(title => (JsonNode)new JsonObject { ["title"] = title.Id.ToString(), ["slug"] = title.Slug, ["name"] = title.Name })]) };
        return titles.Count == 0
            ? new VerbResult(ExitCode.NothingFound, json, "No title has a production yet. Add one with 'answerprint titles add NAME --production CODE'.")
            : new VerbResult(ExitCode.Done, json, string.Join('\n', titles.Select(title => $"{title.Slug,-30} {title.Name}")));
    }

    private static async Task<VerbResult> AddAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (production, problem) = await ProductionsVerb.FindAsync(session, parsed.GetValue(Code), cancellationToken);
        if (production is null) return VerbResult.Problem(ExitCode.NothingFound, problem);
        if (await session.Db.Set<Title>().AnyAsync(title => title.ProductionId == production.Id, cancellationToken))
            return VerbResult.Problem(ExitCode.Failed, $"production {production.Code} has a title already");
        var request = new AddTitleRequest(parsed.GetValue(Name)!) { ProductionId = production.Id, Logline = parsed.GetValue(Logline)!, Genre = parsed.GetValue(Genre)! };
        var added = await session.Get<AddTitle>().HandleAsync(request, session.Actor, cancellationToken);
        return added.Title is not { } title
            ? VerbResult.Problem(ExitCode.Failed, added.Refusal ?? "the title was not added")
            : new VerbResult(ExitCode.Done, new JsonObject { ["title"] = title.Id.ToString(), ["slug"] = title.Slug, ["name"] = title.Name }, $"Added '{title.Name}' as {title.Slug}.");
    }
}
