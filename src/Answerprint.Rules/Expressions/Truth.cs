namespace Answerprint.Rules.Expressions;

/// <summary>Three-valued truth of an expression over facts, some of which may be unknown (Kleene's strong logic).</summary>
public enum Truth
{
    /// <summary>False whatever the unknown facts are.</summary>
    False,

    /// <summary>It depends on an unknown fact.</summary>
    Unknown,

    /// <summary>True whatever the unknown facts are.</summary>
    True,
}
