namespace Answerprint.Rules.Expressions;

internal enum TokenKind
{
    Word,
    Quoted,
    Number,
    Symbol,
    End,
}

/// <summary>A token, where it starts in the expression and where it ends.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Offset, int End)
{
    public bool Is(string symbolOrWord) => Kind is TokenKind.Word or TokenKind.Symbol && Text == symbolOrWord;
}
