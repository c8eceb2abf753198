using System.Globalization;
using Answerprint.Rules.Facts;

namespace Answerprint.Rules.Expressions;

internal sealed partial class ExpressionParser
{
    private static readonly Dictionary<string, Operator> Symbols = new(StringComparer.Ordinal)
    {
        ["=="] = Operator.Equal,
        ["!="] = Operator.NotEqual,
        ["<"] = Operator.Less,
        ["<="] = Operator.LessOrEqual,
        [">"] = Operator.Greater,
        [">="] = Operator.GreaterOrEqual,
    };

    private Comparison Comparison()
    {
        var start = Current;
        if (start.Kind is not TokenKind.Word)
        {
            throw Unexpected("a fact");
        }

        _at++;
        if (!_schema.TryGet(start.Text, out var fact))
        {
            throw Error(start.Offset, _schema.NotKnown(start.Text));
        }

        var op = ReadOperator(fact);
        var operands = op switch
        {
            Operator.IsTrue or Operator.IsEmpty or Operator.IsKnown or Operator.IsUnknown => [],
            Operator.In or Operator.NotIn or Operator.HasAll or Operator.HasOnly => Many(fact),
            Operator.HasAny when Current.Is("[") || _sets.ContainsKey(Current.Text) => Many(fact),
            _ => [Literal(fact)],
        };
        CheckKind(fact, op, start);
        var number = fact.Kind is FactKind.Number && operands.Count == 1 ? decimal.Parse(operands[0], CultureInfo.InvariantCulture) : 0;
        return new Comparison(fact, op, operands, number, _where.Text[start.Offset.._tokens[_at - 1].End]);
    }

    private Operator ReadOperator(FactDeclaration fact)
    {
        if (Current.Kind is TokenKind.Symbol && Symbols.TryGetValue(Current.Text, out var op))
        {
            _at++;
            return op;
        }

        if (Take("in"))
        {
            return Operator.In;
        }

        if (Current.Is("not") && _tokens[_at + 1].Is("in"))
        {
            _at += 2;
            return Operator.NotIn;
        }

        if (Take("has"))
        {
            if (Take("any"))
            {
                return Operator.HasAny;
            }

            return Take("all") ? Operator.HasAll : Take("only") ? Operator.HasOnly : Operator.HasAny;
        }

        if (Take("is"))
        {
            return Take("empty") ? Operator.IsEmpty
                : Take("known") ? Operator.IsKnown
                : Take("unknown") ? Operator.IsUnknown
                : throw Unexpected("'empty', 'known' or 'unknown'");
        }

        return fact.Kind is FactKind.Bool ? Operator.IsTrue : throw Unexpected($"an operator after '{fact.Name}', which is {fact.Describe()},");
    }

    private void CheckKind(FactDeclaration fact, Operator op, Token start)
    {
        var fits = op switch
        {
            Operator.IsKnown or Operator.IsUnknown => true,
            Operator.HasAny or Operator.HasAll or Operator.HasOnly or Operator.IsEmpty => fact.Kind is FactKind.List,
            Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual => fact.Kind is FactKind.Number,
            Operator.IsTrue => fact.Kind is FactKind.Bool,
            _ => fact.Kind is not FactKind.List,
        };
        if (!fits)
        {
            throw Error(start.Offset, $"'{fact.Name}' is {fact.Describe()} and cannot be used this way");
        }
    }

    private List<string> Many(FactDeclaration fact)
    {
        if (Current.Kind is TokenKind.Word && _sets.TryGetValue(Current.Text, out var set))
        {
            foreach (var item in set)
            {
                Check(fact, item, Current.Offset);
            }

            _at++;
            return [.. set];
        }

        if (!Take("["))
        {
            throw Unexpected($"'[' or one of the pack's sets ({string.Join(", ", _sets.Keys)})");
        }

        var items = new List<string>();
        do
        {
            items.Add(Literal(fact));
        }
        while (Take(","));
        return Take("]") ? items : throw Unexpected("',' or ']'");
    }

    private string Literal(FactDeclaration fact)
    {
        var token = Current;
        if (token.Kind is TokenKind.End or TokenKind.Symbol)
        {
            throw Unexpected("a value");
        }

        _at++;
        Check(fact, token.Text, token.Offset);
        return token.Text;
    }

    private void Check(FactDeclaration fact, string value, int offset)
    {
        var reason = fact.Kind switch
        {
            FactKind.Bool => value is "true" or "false" ? null : $"'{value}' is not true or false, which '{fact.Name}' is",
            FactKind.Number => FactValue.TryParseNumber(value, out _) ? null : $"'{value}' is not a number, which '{fact.Name}' is",
            _ => fact.MisfitText(value),
        };
        if (reason is not null)
        {
            throw Error(offset, reason);
        }
    }
}
