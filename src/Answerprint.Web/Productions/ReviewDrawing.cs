using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Productions;

/// <summary>Translates between what the drawing board sends, in frame pixels, and what a review note keeps, in fractions of the frame.</summary>
internal static class ReviewDrawing
{
    private const int Digits = 5;
    private const int MostPoints = 100_000;

    private static readonly Dictionary<string, string> Colours = new() { ["lamp"] = "#ffb54a", ["red"] = "#ff6257", ["cyan"] = "#5fd4ff", ["white"] = "#ffffff" };

    /// <summary>The note's form of a drawing.</summary>
    public static string ToNote(DrawnStrokes strokes)
    {
        var list = new JsonArray();
        foreach (var stroke in strokes.Items)
        {
            var points = stroke.Path[1..].Split('L').Select(point => point.Split(' ')).Select(point => (JsonNode)new JsonArray(
                Share(int.Parse(point[0], CultureInfo.InvariantCulture), strokes.Width), Share(int.Parse(point[1], CultureInfo.InvariantCulture), strokes.Height)));
            list.Add(new JsonObject { ["colour"] = Colours[stroke.Ink], ["width"] = Share(stroke.Width, strokes.Width), ["points"] = new JsonArray([.. points]) });
        }
        return list.ToJsonString();
    }

    /// <summary>The strokes of a note on a frame of a size; false where nothing is drawn, or it is nothing that can be drawn.</summary>
    public static bool TryRead(string json, int width, int height, [NotNullWhen(true)] out DrawnStrokes? strokes)
    {
        strokes = null;
        if (width <= 0 || height <= 0) return false;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            var sent = new JsonArray();
            foreach (var stroke in document.RootElement.EnumerateArray())
            {
                if (Stroke(stroke, width, height) is { } made) sent.Add(made);
            }
            return DrawnStrokes.TryParse(new JsonObject { ["version"] = 1, ["width"] = width, ["height"] = height, ["strokes"] = sent }.ToJsonString(), out strokes);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    private static JsonObject? Stroke(JsonElement stroke, int width, int height)
    {
        var points = stroke.GetProperty("points").EnumerateArray().Take(MostPoints).Select(point => (X: Pixel(point[0], width), Y: Pixel(point[1], height))).ToList();
        if (points.Count == 0) return null;
        if (points.Count == 1) points.Add(points[0]);
        var colour = stroke.GetProperty("colour").GetString() ?? "";
        return new JsonObject
        {
            ["ink"] = Colours.FirstOrDefault(pair => pair.Value.Equals(colour, StringComparison.OrdinalIgnoreCase)).Key ?? "white",
            ["width"] = Math.Clamp((int)Math.Round(stroke.GetProperty("width").GetDouble() * width), 1, 1024),
            ["d"] = "M" + string.Join('L', points.Select(point => $"{point.X} {point.Y}")),
        };
    }

    private static double Share(int pixels, int of) => Math.Round((double)pixels / of, Digits);

    private static int Pixel(JsonElement share, int of) => (int)Math.Round(Math.Clamp(share.GetDouble(), 0, 1) * of);
}
