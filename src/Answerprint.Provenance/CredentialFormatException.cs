namespace Answerprint.Provenance;

/// <summary>Outside bytes do not follow their format or go over a named limit; the message says what, where and how much.</summary>
public sealed class CredentialFormatException : FormatException
{
    /// <summary>Creates the exception for a fault at a byte offset of the named format (for example "PNG", "JUMBF", "CBOR").</summary>
    public CredentialFormatException(string format, string fault, long offset)
        : base($"{format}: {fault} at byte {offset}")
    {
        Format = format;
        Offset = offset;
    }

    /// <summary>The format whose rule was broken.</summary>
    public string Format { get; }

    /// <summary>The byte offset, 0 or more, within the file (containers) or within the box or CBOR item (JUMBF, CBOR).</summary>
    public long Offset { get; }
}
