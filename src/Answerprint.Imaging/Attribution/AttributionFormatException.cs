namespace Answerprint.Imaging.Attribution;

/// <summary>Bytes that are not an attribution file, or one that this version cannot read.</summary>
public sealed class AttributionFormatException : FormatException
{
    /// <summary>An exception without a reason.</summary>
    public AttributionFormatException()
    {
    }

    /// <summary>An exception that says what is wrong.</summary>
    public AttributionFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An exception that says what is wrong and what was seen first.</summary>
    public AttributionFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
