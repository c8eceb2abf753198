using System.Text;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Tests.Examples;

/// <summary>One example of a document: facts and what the default pack must answer.</summary>
public sealed record RuleExample
{
    public required string Title { get; init; }

    public required FactSet Facts { get; init; }

    public required DateOnly On { get; init; }

    public required string Answer { get; init; }

    /// <summary>Rules that must be among the reasons or notes.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Rules that must not speak: the near misses that the example is about.</summary>
    public required IReadOnlyList<string> Not { get; init; }

    /// <summary>Exactly the clauses that the decision's reasons cite; null where the example does not say.</summary>
    public IReadOnlyList<string>? Clauses { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    public IReadOnlyList<string>? Conditions { get; init; }

    public IReadOnlyList<string>? Unknown { get; init; }

    public IReadOnlyList<string>? Unverified { get; init; }

    public IReadOnlyDictionary<string, string> Principles { get; init; } = new Dictionary<string, string>();

    public override string ToString() => Title;

    /// <summary>Reads the examples of a markdown document: a fenced block "yaml base NAME" names facts, "yaml" under a heading is an example.</summary>
    public static IReadOnlyList<RuleExample> Read(string markdown, FactSchema schema)
    {
        var bases = new Dictionary<string, FactSet>(StringComparer.Ordinal);
        var examples = new List<RuleExample>();
        var (title, block, info) = ("", (StringBuilder?)null, "");
        foreach (var line in markdown.Split('\n'))
        {
            if (block is null && line.StartsWith('#'))
            {
                title = line.TrimStart('#', ' ');
            }
            else if (block is null && line.StartsWith("```yaml", StringComparison.Ordinal))
            {
                (block, info) = (new StringBuilder(), line[7..].Trim());
            }
            else if (block is not null && line.StartsWith("```", StringComparison.Ordinal))
            {
                var bytes = Encoding.UTF8.GetBytes(block.ToString());
                if (info.StartsWith("base ", StringComparison.Ordinal))
                {
                    bases.Add(info[5..], FactSet.Parse(bytes, schema));
                }
                else
                {
                    examples.Add(Example(title, bytes, bases, schema));
                }

                block = null;
            }
            else
            {
                block?.Append(line).Append('\n');
            }
        }

        return block is null ? examples : throw new InvalidOperationException($"the last block, under '{title}', does not end");
    }

    private static RuleExample Example(string title, byte[] yaml, Dictionary<string, FactSet> bases, FactSchema schema)
    {
        var fields = new YamlFields(YamlReader.Read(yaml, PolicyLimits.MaxFactsBytes), title, "base", "on", "facts", "answer", "rules", "not", "clauses", "roles", "conditions", "unknown", "unverified", "principles");
        var facts = bases[fields.Text("base")];
        var given = fields.Optional("facts");
        return new RuleExample
        {
            Title = title,
            Facts = given is null ? facts : facts.With(FactReader.Read(given, schema)),
            On = fields.Date("on") ?? new DateOnly(2026, 11, 21),
            Answer = fields.Text("answer"),
            Rules = fields.Texts("rules"),
            Not = fields.Texts("not"),
            Clauses = Optional(fields, "clauses"),
            Roles = Optional(fields, "roles"),
            Conditions = Optional(fields, "conditions"),
            Unknown = Optional(fields, "unknown"),
            Unverified = Optional(fields, "unverified"),
            Principles = fields.Entries("principles", 20).ToDictionary(p => p.Key.Text, p => ((YamlScalar)p.Value).Text),
        };
    }

    private static IReadOnlyList<string>? Optional(YamlFields fields, string key) => fields.Has(key) ? fields.Texts(key) : null;
}
