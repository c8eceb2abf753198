using System.Text;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Packs;

/// <summary>Text with facts in braces, checked against the schema when it was read.</summary>
internal sealed class TextTemplate
{
    private readonly List<(string Literal, string? Fact)> _parts = [];

    private TextTemplate(string text) => Text = text;

    public string Text { get; }

    public static TextTemplate Parse(YamlNode node, string text, FactSchema schema)
    {
        var template = new TextTemplate(text);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                template._parts.Add((text[at..], null));
                break;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                throw node.Error("a '{' has no '}'");
            }

            var fact = text[(open + 1)..close];
            template._parts.Add((text[at..open], schema.TryGet(fact, out _) ? fact : throw node.Error(schema.NotKnown(fact))));
            at = close + 1;
        }

        return template;
    }

    public string Fill(Func<string, FactValue> facts)
    {
        var filled = new StringBuilder();
        foreach (var (literal, fact) in _parts)
        {
            filled.Append(literal).Append(fact is null ? "" : facts(fact).ToString());
        }

        return filled.ToString();
    }
}
