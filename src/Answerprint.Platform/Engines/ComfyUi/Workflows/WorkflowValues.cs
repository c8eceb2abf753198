using System.Globalization;
using System.Text.Json.Nodes;

namespace Answerprint.Platform.Engines.ComfyUi.Workflows;

/// <summary>Turns what a person wrote into the values of marks.</summary>
internal static class WorkflowValues
{
    private const int MaxSide = 16_384;

    /// <summary>The values by key. What is left out keeps the workflow's own.</summary>
    /// <param name="marks">The marks.</param>
    /// <param name="given">What was written, by key.</param>
    /// <param name="problems">One sentence for each value that cannot be taken.</param>
    public static JsonObject Read(IReadOnlyList<WorkflowMark> marks, IReadOnlyDictionary<string, string> given, List<string> problems)
    {
        var values = new JsonObject();
        foreach (var unknown in given.Keys.Where(key => !marks.Any(mark => mark.Key == key && mark.IsValue)))
            problems.Add($"The workflow has no value '{OutsideText.Clean(unknown, 80)}'; it has {List(marks.Where(mark => mark.IsValue))}.");
        foreach (var mark in marks.Where(mark => mark.IsValue && given.ContainsKey(mark.Key)))
        {
            var text = given[mark.Key];
            var (value, problem) = mark.Kind is MarkKind.Width or MarkKind.Height or MarkKind.Number ? Number(mark, text) : Text(mark, text);
            if (value is null) problems.Add(problem);
            else values[mark.Key] = value;
        }
        return values;
    }

    public static string List(IEnumerable<WorkflowMark> marks) => string.Join(", ", marks.Select(mark => mark.Key)) is { Length: > 0 } list ? list : "none";

    private static (JsonNode?, string) Text(WorkflowMark mark, string text)
    {
        // Forms send line ends as two characters; the same words are to be the same work.
        text = text.ReplaceLineEndings("\n");
        var limit = mark.Kind == MarkKind.Choice ? 1000 : ComfyUiLimits.MaxText;
        if (text.Length > limit) return (null, $"{mark.Label} has {text.Length} characters; the limit is {limit}.");
        if (!IsUnicode(text)) return (null, $"{mark.Label} holds half a character.");
        return (JsonValue.Create(text), "");
    }

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return false;
        return true;
    }

    private static (JsonNode?, string) Number(WorkflowMark mark, string text)
    {
        if (mark.Kind != MarkKind.Number)
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is >= 1 and <= MaxSide
                ? (JsonValue.Create(side), "") : (null, $"{mark.Label} is '{OutsideText.Clean(text, 40)}'; 1 to {MaxSide} pixels are taken.");
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && Math.Abs((double)whole) <= 1L << 53) return (JsonValue.Create(whole), "");
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && Math.Abs(number) < 1e15
            ? (JsonValue.Create(number), "") : (null, $"{mark.Label} is '{OutsideText.Clean(text, 40)}', which is no number that can be sent.");
    }
}
