namespace Answerprint.Rules;

/// <summary>The named limits of every document this library reads; each is checked before memory or time is spent on what exceeds it.</summary>
public static class PolicyLimits
{
    /// <summary>Most bytes in a rule pack or a tool registry: 256 KiB.</summary>
    public const int MaxDocumentBytes = 256 * 1024;

    /// <summary>Most bytes in a facts document: 64 KiB.</summary>
    public const int MaxFactsBytes = 64 * 1024;

    /// <summary>Most nodes (mappings, sequences, scalars) in one document: 20,000.</summary>
    public const int MaxNodes = 20_000;

    /// <summary>Deepest nesting of mappings and sequences: 12.</summary>
    public const int MaxNesting = 12;

    /// <summary>Longest string in characters: 2,000.</summary>
    public const int MaxStringLength = 2_000;

    /// <summary>Longest identifier in characters: 80.</summary>
    public const int MaxIdLength = 80;

    /// <summary>Most entries of one list (enum values, fact lists, sets): 300.</summary>
    public const int MaxListItems = 300;

    /// <summary>Most facts that a pack may declare: 200.</summary>
    public const int MaxFacts = 200;

    /// <summary>Most clauses in a pack: 500.</summary>
    public const int MaxClauses = 500;

    /// <summary>Most rules in a pack: 500.</summary>
    public const int MaxRules = 500;

    /// <summary>Most principles in a pack: 50.</summary>
    public const int MaxPrinciples = 50;

    /// <summary>Most packs layered into one policy: 16.</summary>
    public const int MaxPacks = 16;

    /// <summary>Most tools in a registry: 500.</summary>
    public const int MaxTools = 500;

    /// <summary>Longest expression in characters: 1,000.</summary>
    public const int MaxExpressionLength = 1_000;

    /// <summary>Deepest nesting of parentheses and <c>not</c> in an expression: 16.</summary>
    public const int MaxExpressionDepth = 16;
}
