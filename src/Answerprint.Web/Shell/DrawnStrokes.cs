using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Answerprint.Web.Shell;

/// <summary>A drawn review note: strokes in the frame's own pixels.</summary>
public sealed partial class DrawnStrokes
{
    /// <summary>The longest JSON that is read.</summary>
    public const int LongestJson = 256 * 1024;

    /// <summary>The most strokes of a note.</summary>
    public const int MostStrokes = 200;

    /// <summary>The widest or highest frame.</summary>
    public const int LargestSide = 65_536;

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web) { MaxDepth = 4, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private DrawnStrokes(int width, int height, IReadOnlyList<Stroke> items) => (Width, Height, Items) = (width, height, items);

    /// <summary>The colours that a stroke may have.</summary>
    public static IReadOnlyList<string> Inks { get; } = ["lamp", "red", "cyan", "white"];

    /// <summary>The frame's width in pixels.</summary>
    public int Width { get; }

    /// <summary>The frame's height in pixels.</summary>
    public int Height { get; }

    /// <summary>The strokes, first drawn first.</summary>
    public IReadOnlyList<Stroke> Items { get; }

    /// <summary>Reads what the drawing board sent; false for anything that it could not have sent. Never throws.</summary>
    public static bool TryParse(string? json, [NotNullWhen(true)] out DrawnStrokes? strokes)
    {
        strokes = null;
        if (string.IsNullOrEmpty(json) || json.Length > LongestJson)
        {
            return false;
        }
        Sent? sent;
        try
        {
            sent = JsonSerializer.Deserialize<Sent>(json, Reading);
        }
        catch (JsonException)
        {
            return false;
        }
        if (sent is not { Version: 1, Width: > 0 and <= LargestSide, Height: > 0 and <= LargestSide, Strokes.Count: > 0 and <= MostStrokes })
        {
            return false;
        }
        var items = new List<Stroke>(sent.Strokes.Count);
        foreach (var each in sent.Strokes)
        {
            if (each is not { Ink: { } ink, D: { } d, Width: > 0 and <= 1024 } || !Inks.Contains(ink) || !PathOfLines().IsMatch(d))
            {
                return false;
            }
            items.Add(new Stroke(ink, each.Width, d));
        }
        strokes = new DrawnStrokes(sent.Width, sent.Height, items);
        return true;
    }

    // A move and lines, in whole pixels: nothing else reaches the page.
    [GeneratedRegex(@"\AM[0-9]{1,5} [0-9]{1,5}(L[0-9]{1,5} [0-9]{1,5})+\z", RegexOptions.NonBacktracking)]
    private static partial Regex PathOfLines();

    /// <summary>One stroke: a colour, a width in frame pixels, SVG path data of straight lines.</summary>
    public sealed record Stroke(string Ink, int Width, string Path);

    private sealed record Sent(int Version, int Width, int Height, IReadOnlyList<SentStroke?>? Strokes);

    private sealed record SentStroke(string? Ink, int Width, string? D);
}
