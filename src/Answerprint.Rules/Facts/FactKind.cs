namespace Answerprint.Rules.Facts;

/// <summary>The type of a fact.</summary>
public enum FactKind
{
    /// <summary>True or false.</summary>
    Bool,

    /// <summary>One of the declared values.</summary>
    Enum,

    /// <summary>Free text.</summary>
    Text,

    /// <summary>A number of at most 15 significant digits and six decimals.</summary>
    Number,

    /// <summary>A list of texts, of declared values where the declaration has them; order and repetition carry no meaning.</summary>
    List,
}
