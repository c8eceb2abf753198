using System.Text.Json;

namespace Answerprint.Platform.Audience.Making;

/// <summary>Reads a decision's explanation: the sentence that sums it up and the clauses it cites. What is not there is left out.</summary>
internal static class Explanation
{
    private const int MaxDepth = 32;

    public static (string Summary, IReadOnlyList<CitedClause> Clauses) Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var clauses = new List<CitedClause>();
            foreach (var reason in Items(document.RootElement, "reasons"))
                foreach (var clause in Items(reason, "clauses"))
                    if (Clause(clause) is { } cited && !clauses.Contains(cited)) clauses.Add(cited);
            return (Text(document.RootElement, "summary"), clauses);
        }
        catch (JsonException)
        {
            return ("", []);
        }
    }

    private static CitedClause? Clause(JsonElement clause)
    {
        var (title, text) = (Text(clause, "title"), Text(clause, "text"));
        if (title.Length == 0 && text.Length == 0) return null;
        var source = clause.ValueKind == JsonValueKind.Object && clause.TryGetProperty("source", out var found) ? found : default;
        return new(title, text, string.Join(", ", new[] { Text(source, "name"), Text(source, "reference") }.Where(part => part.Length > 0)));
    }

    // The enumerator of nothing is empty.
    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;

    private static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
