using Answerprint.Rules.Facts;
using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Expressions;

/// <summary>Reads an expression by recursive descent and checks every fact, operator and literal against the schema.</summary>
internal sealed partial class ExpressionParser
{
    private readonly YamlScalar _where;
    private readonly FactSchema _schema;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _sets;
    private readonly List<Token> _tokens;
    private int _at;

    private ExpressionParser(YamlScalar where, FactSchema schema, IReadOnlyDictionary<string, IReadOnlyList<string>> sets)
    {
        (_where, _schema, _sets) = (where, schema, sets);
        if (where.Text.Length > PolicyLimits.MaxExpressionLength)
        {
            throw where.Error($"an expression of {where.Text.Length} characters; the limit is {PolicyLimits.MaxExpressionLength}");
        }

        _tokens = ExpressionLexer.Cut(where.Text, Error);
    }

    private Token Current => _tokens[_at];

    public static Expression Parse(YamlNode node, FactSchema schema, IReadOnlyDictionary<string, IReadOnlyList<string>> sets)
    {
        var text = node as YamlScalar ?? throw node.Error($"an expression must be text, not {node.Kind}");
        var parser = new ExpressionParser(text, schema, sets);
        var expression = parser.Or(1);
        return parser.Current.Kind is TokenKind.End ? expression : throw parser.Unexpected("'and', 'or' or the end");
    }

    private Expression Or(int depth) => Chain("or", false, depth, And);

    private Expression And(int depth) => Chain("and", true, depth, Unary);

    private Expression Chain(string word, bool all, int depth, Func<int, Expression> next)
    {
        var parts = new List<Expression> { next(depth) };
        while (Take(word))
        {
            parts.Add(next(depth));
        }

        return parts.Count == 1 ? parts[0] : new Combination(all, parts);
    }

    private Expression Unary(int depth)
    {
        if (depth > PolicyLimits.MaxExpressionDepth)
        {
            throw Error(Current.Offset, $"nested deeper than {PolicyLimits.MaxExpressionDepth}");
        }

        if (Take("not"))
        {
            return new Negation(Unary(depth + 1));
        }

        if (Take("("))
        {
            var inner = Or(depth + 1);
            return Take(")") ? inner : throw Unexpected("')'");
        }

        return Take("always") ? new Always() : Comparison();
    }

    private bool Take(string symbolOrWord)
    {
        if (!Current.Is(symbolOrWord))
        {
            return false;
        }

        _at++;
        return true;
    }

    private PolicyFormatException Unexpected(string expected) =>
        Error(Current.Offset, $"{(Current.Kind is TokenKind.End ? "the expression ends" : $"'{Shorten(Current.Text)}'")} where {expected} is expected");

    // A place inside folded or quoted text cannot be told from its offset, so there the text's own place is named.
    private PolicyFormatException Error(int offset, string reason) =>
        new($"in '{Shorten(_where.Text)}': {reason}", _where.Line, _where.Inline ? _where.Column + offset : _where.Column);

    private static string Shorten(string text) => text.Length <= 120 ? text : text[..120] + "...";
}
