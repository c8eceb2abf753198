using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Quality.Looks;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Find;

namespace Answerprint.Cli.Library;

/// <summary><c>library find</c>: by words, by colour, by the look of an asset or of any picture.</summary>
internal static class FindVerb
{
    private static readonly Argument<string[]> Words = new("WORD") { Description = "Words that someone wrote of it", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string[]> Colours = new("--colour") { Description = "A colour that it holds, as RRGGBB; up to five", HelpName = "HEX" };
    private static readonly Option<string?> Like = new("--like") { Description = "An asset's id, or a picture's file", HelpName = "ID|FILE" };
    private static readonly Option<string[]> Tags = new("--tag") { Description = "A tag that it has; may be given several times", HelpName = "TAG" };
    private static readonly Option<Standing?> Use = new("--standing") { Description = "Whether it may be used today", HelpName = "STANDING" };
    private static readonly Option<string> Code = new("--production") { Description = "The production's code", HelpName = "CODE", DefaultValueFactory = _ => "" };
    private static readonly Option<int> Count = new("--count") { Description = "How many at most, 1 to 200", DefaultValueFactory = _ => 20 };
    private static readonly Option<bool> Copies = new("--copies") { Description = "Every copy of a picture, not one of each" };

    public static Command Make() => new Command("find", "Find references by words, colour, look, tags and standing").With(Words, Colours, Like, Tags, Use, Code, Count, Copies).OnData(FindAsync);

    private static async Task<VerbResult> FindAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var colours = new List<Rgb24>();
        foreach (var text in parsed.GetValue(Colours) ?? [])
        {
            if (text.TrimStart('#') is not { Length: 6 } digits || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                return VerbResult.Problem(ExitCode.WrongUse, $"'{text}' is no colour; write RRGGBB in hexadecimal");
            colours.Add(new Rgb24((byte)(code >> 16), (byte)(code >> 8), (byte)code));
        }
        if (colours.Count > 5) return VerbResult.Problem(ExitCode.WrongUse, $"{colours.Count} colours were given; the limit is 5");
        var (id, look, problem) = await LikeAsync(session, parsed.GetValue(Like), cancellationToken);
        if (problem.Length > 0) return VerbResult.Problem(ExitCode.Failed, problem);
        var found = await session.Get<FindReferences>().HandleAsync(new FindReferencesRequest
        {
            Words = string.Join(' ', parsed.GetValue(Words) ?? []), Colours = colours, LikeAsset = id, LikeLook = look, Tags = Tag.ParseList(string.Join(',', parsed.GetValue(Tags) ?? []), out _),
            Standing = parsed.GetValue(Use), Production = parsed.GetValue(Code)!, Take = Math.Clamp(parsed.GetValue(Count), 1, 200), OneOfEachGroup = !parsed.GetValue(Copies),
        }, session.Actor, cancellationToken);
        var details = await session.Get<ReferenceDetails>().HandleAsync([.. found.Assets.Select(asset => asset.Id)], session.Actor, cancellationToken);
        var json = new JsonObject
        {
            ["total"] = found.Total, ["partial"] = found.IsPartial,
            ["references"] = new JsonArray([.. found.Assets.Select(asset => (JsonNode)new JsonObject
            {
                ["id"] = asset.Id.ToString(), ["name"] = asset.Name, ["kind"] = asset.Kind.ToString(), ["owner"] = asset.Owner, ["rights"] = asset.Rights.ToString(), ["licence"] = asset.Licence,
                ["standing"] = Standings.Of(asset, DateTimeOffset.UtcNow).ToString(), ["tags"] = new JsonArray([.. details[asset.Id].Tags.Select(tag => (JsonNode)tag)]),
                ["palette"] = new JsonArray([.. details[asset.Id].Palette.Select(swatch => (JsonNode)new JsonObject { ["colour"] = swatch.Colour.ToString(), ["share"] = swatch.PartsPerMillion / 1e6 })]),
                ["frame"] = found.Frames.TryGetValue(asset.Id, out var frame) ? frame : null,
            })]),
        };
        return new VerbResult(found.Assets.Count == 0 ? ExitCode.NothingFound : ExitCode.Done, json,
            found.Assets.Count == 0 ? "nothing fits" : string.Join('\n', found.Assets.Select(asset => $"{asset.Id}  {asset.Name}  {asset.Rights}, {asset.Owner}  {string.Join(", ", details[asset.Id].Tags)}")));
    }

    private static async Task<(Guid? Id, Look? Look, string Problem)> LikeAsync(Session session, string? like, CancellationToken cancellationToken)
    {
        if (like is null) return (null, null, "");
        if (Guid.TryParse(like, out var id)) return (id, null, "");
        if (!File.Exists(like)) return (null, null, $"'{like}' is neither an asset's id nor a file");
        await using var file = File.OpenRead(like);
        var seen = await session.Get<LookOfPicture>().HandleAsync(file, cancellationToken);
        return (null, seen.Look, seen.Refusal?.Reason ?? "");
    }
}
