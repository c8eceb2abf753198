using System.Globalization;
using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Packs;

/// <summary>Reads a clause and its source.</summary>
internal static class ClauseParser
{
    private static readonly string[] DateFormats = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    public static Clause Parse(YamlNode node)
    {
        var fields = new YamlFields(node, "a clause", "id", "title", "text", "source");
        return new Clause(fields.Id("id"), fields.Text("title"), fields.Text("text"), Source(fields.Required("source")));
    }

    private static ClauseSource Source(YamlNode node)
    {
        var fields = new YamlFields(node, "a source", "name", "reference", "date", "status", "url");
        var status = fields.Choice("status", ("P", ClauseStatus.Primary), ("S", ClauseStatus.Secondary), ("U", ClauseStatus.Unverified));
        var date = fields.TextOrNull("date");
        if (date is not null && !DateOnly.TryParseExact(date, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            throw fields.Required("date").Error($"the date '{date}' must be a year, a month or a day, such as 2025-11");
        }

        return new ClauseSource(fields.Text("name"), fields.Text("reference"), date, status, fields.AddressOrNull("url"));
    }
}
