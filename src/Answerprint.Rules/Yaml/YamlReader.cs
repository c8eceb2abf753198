using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Answerprint.Rules.Yaml;

/// <summary>Reads one YAML document into nodes; refuses anchors, aliases, tags, duplicate keys and further documents.</summary>
internal sealed class YamlReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Parser _parser;
    private int _nodes;

    private YamlReader(string text) => _parser = new Parser(new StringReader(text));

    public static YamlNode Read(ReadOnlySpan<byte> utf8, int maxBytes)
    {
        if (utf8.Length > maxBytes)
        {
            throw new PolicyFormatException($"the document has {utf8.Length} bytes; the limit is {maxBytes}", 1, 1);
        }

        return new YamlReader(Decode(utf8)).Document();
    }

    // The text is checked here once, so that no later step meets control characters or half a surrogate pair from raw bytes.
    private static string Decode(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            utf8 = utf8[3..];
        }

        string text;
        try
        {
            text = StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new PolicyFormatException($"byte {e.Index} is not UTF-8", 1, 1);
        }

        var (line, column) = (1, 1);
        foreach (var c in text)
        {
            if (c is '\n')
            {
                (line, column) = (line + 1, 0);
            }
            else if (c < ' ' && c is not ('\t' or '\r') || c is '\u007f' or '\ufeff')
            {
                throw new PolicyFormatException($"character U+{(int)c:X4} is not allowed", line, column);
            }

            column++;
        }

        return text;
    }

    private YamlNode Document()
    {
        Next<StreamStart>();
        if (!Advance() || _parser.Current is not DocumentStart)
        {
            throw new PolicyFormatException("the document is empty", 1, 1);
        }

        Advance();
        var root = Node(1);
        Next<DocumentEnd>();
        if (Advance() && _parser.Current is DocumentStart second)
        {
            throw Error(second, "a second document follows; one is allowed");
        }

        return root;
    }

    // YamlDotNet also throws InvalidOperationException on some malformed plain scalars, so whatever its scanner throws is the document's fault.
    private bool Advance()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (YamlException e)
        {
            throw new PolicyFormatException($"not valid YAML: {Shorten(e.Message)}", Math.Max(1, (int)e.Start.Line), Math.Max(1, (int)e.Start.Column));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var (line, column) = _parser.Current is { } last ? ((int)last.End.Line, (int)last.End.Column) : (1, 1);
            throw new PolicyFormatException("not valid YAML after this place", Math.Max(1, line), Math.Max(1, column));
        }
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (!Advance() || _parser.Current is not T)
        {
            throw new PolicyFormatException("not a complete YAML document", 1, 1);
        }
    }

    // On entry Current is the node's first event; on return it is the node's last.
    private YamlNode Node(int depth)
    {
        var current = _parser.Current ?? throw new PolicyFormatException("the document ends early", 1, 1);
        if (++_nodes > PolicyLimits.MaxNodes)
        {
            throw Error(current, $"more than {PolicyLimits.MaxNodes} nodes");
        }

        if (current is AnchorAlias)
        {
            throw Error(current, "aliases are not allowed");
        }

        if (current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw Error(current, "anchors are not allowed");
        }

        if (current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            throw Error(current, "tags are not allowed");
        }

        if (current is not Scalar && depth > PolicyLimits.MaxNesting)
        {
            throw Error(current, $"nested deeper than {PolicyLimits.MaxNesting}");
        }

        return current switch
        {
            Scalar scalar => Text(scalar),
            SequenceStart start => Sequence(start, depth),
            MappingStart start => Mapping(start, depth),
            _ => throw Error(current, "text, a list or a mapping is expected"),
        };
    }

    private static YamlScalar Text(Scalar scalar)
    {
        if (scalar.Value.Length > PolicyLimits.MaxStringLength)
        {
            throw Error(scalar, $"text of {scalar.Value.Length} characters; the limit is {PolicyLimits.MaxStringLength}");
        }

        if (!IsWellFormed(scalar.Value))
        {
            throw Error(scalar, "text holds a control character or half a surrogate pair");
        }

        var plain = scalar.Style is ScalarStyle.Plain;
        return new YamlScalar(scalar.Value, !plain, plain && scalar.Start.Line == scalar.End.Line, (int)scalar.Start.Line, (int)scalar.Start.Column);
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || (char.IsControl(text[i]) && text[i] is not ('\n' or '\t')))
            {
                return false;
            }
        }

        return true;
    }

    private YamlSequence Sequence(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (Advance() && _parser.Current is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        return new YamlSequence(items, (int)start.Start.Line, (int)start.Start.Column);
    }

    private YamlMapping Mapping(MappingStart start, int depth)
    {
        var entries = new List<KeyValuePair<YamlScalar, YamlNode>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (Advance() && _parser.Current is not MappingEnd)
        {
            var node = Node(depth + 1);
            var key = node as YamlScalar ?? throw node.Error("a key must be text");
            if (!seen.Add(key.Text))
            {
                throw key.Error($"the key '{key.Text}' appears twice");
            }

            Advance();
            entries.Add(new(key, Node(depth + 1)));
        }

        return new YamlMapping(entries, (int)start.Start.Line, (int)start.Start.Column);
    }

    private static PolicyFormatException Error(ParsingEvent at, string reason) => new(reason, (int)at.Start.Line, (int)at.Start.Column);

    private static string Shorten(string message) => message.Length <= 200 ? message : message[..200];
}
