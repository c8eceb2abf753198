namespace Answerprint.Rules;

/// <summary>A rule pack, facts document or tool registry that cannot be used, with the place and the reason.</summary>
public sealed class PolicyFormatException : Exception
{
    /// <summary>Creates the exception for a place in a document.</summary>
    /// <param name="reason">What is wrong, with the actual value and the limit where there is one.</param>
    /// <param name="line">Line from 1, or 0 where the input has no lines.</param>
    /// <param name="column">Column from 1, or 0 where the input has no lines.</param>
    public PolicyFormatException(string reason, int line, int column)
        : base(line > 0 ? $"line {line}, column {column}: {reason}" : reason) =>
        (Reason, Line, Column) = (reason, line, column);

    /// <summary>Creates the exception for input that has no lines, such as facts given in code.</summary>
    public PolicyFormatException(string reason)
        : this(reason, 0, 0)
    {
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>Line from 1; 0 where the input has no lines.</summary>
    public int Line { get; }

    /// <summary>Column from 1; 0 where the input has no lines.</summary>
    public int Column { get; }
}
