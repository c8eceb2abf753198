using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Packs;

internal sealed partial class RulePackParser
{
    private static readonly (string, RuleAnswer)[] Answers =
    [
        ("note", RuleAnswer.Note), ("clear", RuleAnswer.Clear), ("conditions", RuleAnswer.Conditions), ("escalate", RuleAnswer.Escalate),
        ("refuse", RuleAnswer.Refuse),
    ];

    private Principle Principle(YamlNode node)
    {
        var fields = new YamlFields(node, "a principle", "id", "clause", "text", "holds", "unsure", "because");
        var because = new YamlFields(fields.Required("because"), "'because' of a principle", "yes", "no", "unsure");
        return new Principle(
            fields.Id("id"),
            FindClause(fields.Required("clause"), "'clause' of a principle"),
            fields.Text("text"),
            Parse(fields.Required("holds")),
            fields.Optional("unsure") is { } unsure ? Parse(unsure) : null,
            Template(because, "yes"),
            Template(because, "no"),
            Template(because, "unsure"));
    }

    private Rule Rule(YamlNode node)
    {
        var fields = new YamlFields(node, "a rule", "id", "clauses", "when", "inForce", "answer", "escalateTo", "conditions", "duties", "because", "replaces");
        var id = fields.Id("id");
        var what = $"rule '{id}'";
        if (id is "onUnknown" or "otherwise")
        {
            throw node.Error($"{what} takes a name that belongs to a fallback");
        }

        var answer = fields.Choice("answer", Answers);
        var clauses = fields.Items("clauses", PolicyLimits.MaxListItems).Select(c => FindClause(c, $"a clause of {what}")).ToArray();
        var conditions = Conditions(fields, what);
        if (clauses.Length == 0)
        {
            throw node.Error($"{what} cites no clause");
        }

        if (answer is RuleAnswer.Conditions && conditions.Length == 0)
        {
            throw node.Error($"{what} answers conditions and sets none");
        }

        if (conditions.Length > 0 && answer is RuleAnswer.Note or RuleAnswer.Clear)
        {
            throw node.Error($"{what} sets conditions; its answer cannot be {(answer is RuleAnswer.Note ? "note" : "clear")}");
        }

        if (answer is RuleAnswer.Escalate != fields.Has("escalateTo"))
        {
            throw node.Error(answer is RuleAnswer.Escalate
                ? $"{what} escalates to nobody: 'escalateTo' is missing"
                : $"{what} names 'escalateTo' and does not escalate");
        }

        var (from, until) = Period(fields.Optional("inForce"), "inForce");
        return new Rule(id, clauses, Parse(fields.Required("when")), answer, Template(fields, "because"))
        {
            From = from,
            Until = until,
            EscalateTo = fields.Optional("escalateTo") is { } role ? FindRole(role, $"'escalateTo' of {what}") : null,
            Conditions = conditions,
            Duties = Duties(fields, what),
            Replaces = fields.TextOrNull("replaces"),
        };
    }

    private Condition[] Conditions(YamlFields rule, string what)
    {
        Condition[] conditions = [.. rule.Items("conditions", PolicyLimits.MaxListItems).Select(node =>
        {
            var fields = new YamlFields(node, $"a condition of {what}", "id", "text", "met");
            return new Condition(fields.Id("id"), fields.Text("text"), fields.Optional("met") is { } met ? Parse(met) : null);
        })];
        foreach (var condition in conditions)
        {
            var known = _conditions.TryGetValue(condition.Id, out var other) ? other : _conditions[condition.Id] = condition;
            if (known.Text != condition.Text || known.MetWhen != condition.MetWhen)
            {
                throw rule.Error($"the condition '{condition.Id}' of {what} differs from the one of the same id in an earlier rule");
            }
        }

        return conditions;
    }

    private static Duty[] Duties(YamlFields rule, string what) =>
        [.. rule.Items("duties", PolicyLimits.MaxListItems).Select(node =>
        {
            var fields = new YamlFields(node, $"a duty of {what}", "id", "text");
            return new Duty(fields.Id("id"), fields.Text("text"));
        })];
}
