namespace Answerprint.Rules.Expressions;

/// <summary>Cuts an expression into words, quoted texts, numbers and symbols.</summary>
internal static class ExpressionLexer
{
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ","];

    public static List<Token> Cut(string text, Func<int, string, Exception> error)
    {
        var tokens = new List<Token>();
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (c is ' ' or '\n' or '\t')
            {
                i++;
                continue;
            }

            var start = i;
            var kind = KindOf(c);
            i = kind switch
            {
                TokenKind.Word => Run(text, i, static d => char.IsAsciiLetterOrDigit(d) || d is '.' or '-' or '_'),
                TokenKind.Number => Run(text, i + 1, static d => char.IsAsciiDigit(d) || d is '.'),
                TokenKind.Quoted => text.IndexOf(c, i + 1) is var end and > 0 ? end + 1 : throw error(start, "a quoted text does not end"),
                _ => SymbolAt(text, i) is { } symbol ? i + symbol.Length : throw error(start, $"'{c}' does not belong in an expression"),
            };
            tokens.Add(new Token(kind, kind is TokenKind.Quoted ? text[(start + 1)..(i - 1)] : text[start..i], start, i));
        }

        tokens.Add(new Token(TokenKind.End, "", text.Length, text.Length));
        return tokens;
    }

    private static TokenKind KindOf(char c) =>
        char.IsAsciiLetter(c) ? TokenKind.Word
        : char.IsAsciiDigit(c) || c is '-' ? TokenKind.Number
        : c is '\'' or '"' ? TokenKind.Quoted
        : TokenKind.Symbol;

    private static string? SymbolAt(string text, int at) => Symbols.FirstOrDefault(s => string.CompareOrdinal(text, at, s, 0, s.Length) == 0);

    private static int Run(string text, int from, Func<char, bool> belongs)
    {
        while (from < text.Length && belongs(text[from]))
        {
            from++;
        }

        return from;
    }
}
