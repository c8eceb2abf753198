using System.Globalization;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Quality;

namespace Answerprint.Platform.Promotion.Making;

/// <summary>Why a picture looks as it does, for the board and the record.</summary>
internal static class ArtworkExplanation
{
    public static JsonObject Of(FootageFrames frames, FrameChoice choice, string aspect, Composition made, TitleTreatment treatment)
    {
        var source = frames.SourceOf(choice.Candidate);
        var number = FootageFrames.NumberOf(choice.Candidate);
        var crop = made.Plan.Crop;
        return new JsonObject
        {
            ["key"] = string.Create(CultureInfo.InvariantCulture, $"artwork-{choice.Rank + 1}-{aspect.Replace(':', 'x')}{(made.Title is null ? "-clean" : "")}"),
            ["aspect"] = aspect,
            ["variant"] = choice.Rank + 1,
            ["source"] = source.Input.Asset!.Name,
            ["sourceId"] = source.Input.Asset.Id.ToString(),
            ["frame"] = number,
            ["seconds"] = Math.Round(source.SecondsOf(number), 3),
            ["score"] = Math.Round(choice.Candidate.Score.Total, 4),
            ["summary"] = choice.Candidate.Score.Explain(),
            ["judgements"] = new JsonArray([.. choice.Candidate.Score.Terms.Select((term, i) => (JsonNode)new JsonObject
            {
                ["aspect"] = term.Aspect.ToString(), ["value"] = Math.Round(term.Value, 4), ["weight"] = term.Weight, ["reason"] = choice.Reasons[i],
            })]),
            ["crop"] = new JsonObject { ["x"] = crop.X, ["y"] = crop.Y, ["width"] = crop.Width, ["height"] = crop.Height, ["reason"] = made.Plan.Reason },
            ["width"] = made.Pixels.Width,
            ["height"] = made.Pixels.Height,
            ["enlargement"] = Math.Round(made.Enlargement, 3),
            ["title"] = made.Title is null ? "no title is set" : made.Plan.Title.Reason,
            ["treatment"] = made.Title is null ? "" : treatment.Name,
            ["lines"] = new JsonArray([.. (made.Title?.Lines ?? []).Select(line => (JsonNode)line)]),
            ["contrast"] = Math.Round(made.Contrast, 2),
        };
    }
}
