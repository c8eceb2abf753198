namespace Answerprint.Rules.Yaml;

/// <summary>A node of a bounded YAML document, with its place.</summary>
internal abstract class YamlNode(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    public abstract string Kind { get; }

    public PolicyFormatException Error(string reason) => new(reason, Line, Column);
}

internal sealed class YamlScalar(string text, bool quoted, bool inline, int line, int column) : YamlNode(line, column)
{
    public string Text { get; } = text;

    /// <summary>Quoted or block text: never null, a number or a boolean.</summary>
    public bool Quoted { get; } = quoted;

    /// <summary>Plain text on one line, so that an offset into it is an offset into the line.</summary>
    public bool Inline { get; } = inline;

    public bool IsNull => !Quoted && Text is "" or "~" or "null";

    public override string Kind => "text";
}

internal sealed class YamlSequence(List<YamlNode> items, int line, int column) : YamlNode(line, column)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Kind => "a list";
}

internal sealed class YamlMapping(List<KeyValuePair<YamlScalar, YamlNode>> entries, int line, int column) : YamlNode(line, column)
{
    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries { get; } = entries;

    public override string Kind => "a mapping";
}
