using Answerprint.Rules.Expressions;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Packs;

/// <summary>Builds a pack from YAML nodes; every name is resolved and every expression checked here, so that evaluation cannot fail.</summary>
internal sealed partial class RulePackParser
{
    private readonly Dictionary<string, IReadOnlyList<string>> _sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Clause> _clauses = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Condition> _conditions = new(StringComparer.Ordinal);
    private FactSchema _schema = new([]);

    public static RulePack Parse(YamlNode root, string sha256)
    {
        var fields = new YamlFields(
            root, "a rule pack",
            "pack", "version", "title", "effective", "roles", "facts", "sets", "clauses", "principles", "rules", "onUnknown", "otherwise");
        return new RulePackParser().Pack(fields, sha256);
    }

    private RulePack Pack(YamlFields fields, string sha256)
    {
        var (from, until) = Period(fields.Optional("effective"), "effective");
        ReadRoles(fields);
        _schema = new FactSchema(FactDeclarationParser.Parse(fields));
        ReadSets(fields);
        ReadClauses(fields);
        var principles = fields.Items("principles", PolicyLimits.MaxPrinciples).Select(Principle).ToArray();
        RefuseTwins(fields, principles.Select(p => p.Id), "principle");
        var facts = _schema;
        _schema = WithPrinciples(fields, principles);
        var rules = fields.Items("rules", PolicyLimits.MaxRules).Select(Rule).ToArray();
        RefuseTwins(fields, rules.Select(r => r.Id), "rule");
        return new RulePack(fields.Id("pack"), fields.Text("version"), fields.Text("title"), sha256)
        {
            EffectiveFrom = from,
            EffectiveUntil = until,
            Facts = facts,
            Roles = _roles,
            Clauses = [.. _clauses.Values],
            Principles = principles,
            Rules = rules,
            OnUnknown = ReadFallback(fields.Optional("onUnknown"), "onUnknown"),
            Otherwise = ReadFallback(fields.Optional("otherwise"), "otherwise"),
        };
    }

    private void ReadRoles(YamlFields fields)
    {
        foreach (var (key, node) in fields.Entries("roles", PolicyLimits.MaxListItems))
        {
            _roles.Add(YamlFields.Identifier(key, YamlFields.Text(key, "a role")), YamlFields.Text(node, $"role '{key.Text}'"));
        }
    }

    private void ReadSets(YamlFields fields)
    {
        foreach (var (key, node) in fields.Entries("sets", PolicyLimits.MaxListItems))
        {
            var items = YamlFields.List(node, $"set '{key.Text}'", PolicyLimits.MaxListItems).Select(i => YamlFields.Text(i, $"an entry of set '{key.Text}'"));
            if (_schema.Facts.FirstOrDefault(f => f.Values.Contains(key.Text, StringComparer.Ordinal)) is { } fact)
            {
                throw key.Error($"the set '{key.Text}' has the name of a value of '{fact.Name}'");
            }

            _sets.Add(YamlFields.Identifier(key, YamlFields.Text(key, "a set")), [.. items]);
        }
    }

    private void ReadClauses(YamlFields fields)
    {
        foreach (var node in fields.Items("clauses", PolicyLimits.MaxClauses))
        {
            var clause = ClauseParser.Parse(node);
            if (!_clauses.TryAdd(clause.Id, clause))
            {
                throw node.Error($"the clause '{clause.Id}' appears twice");
            }
        }
    }

    private FactSchema WithPrinciples(YamlFields fields, Principle[] principles)
    {
        if (_schema.Facts.FirstOrDefault(f => f.Name.StartsWith("principle.", StringComparison.Ordinal)) is { } taken)
        {
            throw fields.Error($"the fact '{taken.Name}' takes a name that belongs to principles");
        }

        var answers = principles.Select(p => new FactDeclaration($"principle.{p.Id}", FactKind.Enum, ["yes", "no", "unsure"], false, p.Text));
        return new(_schema.Facts.Concat(answers));
    }

    private Clause FindClause(YamlNode node, string what)
    {
        var id = YamlFields.Text(node, what);
        return _clauses.TryGetValue(id, out var clause)
            ? clause
            : throw node.Error($"{what} is '{id}', which is not a clause of the pack{Nearest.Hint(id, _clauses.Keys)}");
    }

    private string FindRole(YamlNode node, string what)
    {
        var id = YamlFields.Text(node, what);
        return _roles.ContainsKey(id) ? id : throw node.Error($"{what} is '{id}', which is not a role of the pack{Nearest.Hint(id, _roles.Keys)}");
    }

    private Fallback? ReadFallback(YamlNode? node, string what)
    {
        if (node is null)
        {
            return null;
        }

        var fields = new YamlFields(node, what, "escalateTo", "because", "clause");
        return new Fallback(
            FindRole(fields.Required("escalateTo"), $"'escalateTo' of {what}"),
            fields.Text("because"),
            FindClause(fields.Required("clause"), $"'clause' of {what}"));
    }

    private static (DateOnly? From, DateOnly? Until) Period(YamlNode? node, string what)
    {
        if (node is null)
        {
            return (null, null);
        }

        var fields = new YamlFields(node, what, "from", "until");
        var (from, until) = (fields.Date("from"), fields.Date("until"));
        return from > until ? throw node.Error($"{what} ends before it starts") : (from, until);
    }

    private static void RefuseTwins(YamlFields fields, IEnumerable<string> ids, string what)
    {
        if (ids.GroupBy(i => i, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twin)
        {
            throw fields.Error($"the {what} '{twin.Key}' appears twice");
        }
    }

    private Expression Parse(YamlNode node) => ExpressionParser.Parse(node, _schema, _sets);

    private TextTemplate Template(YamlFields fields, string key) => TextTemplate.Parse(fields.Required(key), fields.Text(key), _schema);
}
