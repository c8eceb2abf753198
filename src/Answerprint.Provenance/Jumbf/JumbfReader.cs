using System.Buffers.Binary;
using System.Text;

namespace Answerprint.Provenance.Jumbf;

/// <summary>Reads a tree of JUMBF boxes from outside bytes, within limits; payloads share the input's memory.</summary>
internal sealed class JumbfReader
{
    /// <summary>Deepest nesting of superboxes; a manifest store needs four.</summary>
    public const int MaxDepth = 8;

    /// <summary>Most boxes in one store.</summary>
    public const int MaxBoxes = 20_000;

    /// <summary>Longest label in bytes.</summary>
    public const int MaxLabelBytes = 1024;

    private const byte RequestableAndLabelled = 0x03;
    private const byte HasIdentifier = 0x04;
    private const byte HasSignature = 0x08;
    private const byte HasPrivate = 0x10;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlyMemory<byte> input;
    private int boxes;

    private JumbfReader(ReadOnlyMemory<byte> input) => this.input = input;

    /// <summary>Reads the one superbox that fills the input.</summary>
    /// <exception cref="CredentialFormatException">The input is not one well-formed superbox or goes over a limit.</exception>
    public static JumbfSuperBox Read(ReadOnlyMemory<byte> encoded)
    {
        var reader = new JumbfReader(encoded);
        var (type, end) = reader.ReadHeader(0, encoded.Length);
        if (type != JumbfTypes.SuperBox) throw Fault($"box '{type}' where a superbox is expected", 0);
        if (end != encoded.Length) throw Fault($"{encoded.Length - end} bytes after the superbox", end);
        return reader.ReadSuperBox(0, end, 0);
    }

    private JumbfSuperBox ReadSuperBox(int start, int end, int depth)
    {
        if (depth >= MaxDepth) throw Fault($"superboxes deeper than {MaxDepth}", start);
        var position = start + JumbfSuperBox.HeaderLength;
        var (type, next) = ReadHeader(position, end);
        if (type != JumbfTypes.Description) throw Fault($"box '{type}' where a description box is expected", position);
        var (code, label) = ReadDescription(position + JumbfSuperBox.HeaderLength, next);
        var children = new List<JumbfSuperBox>();
        var contents = new List<JumbfBox>();
        for (position = next; position < end; position = next)
        {
            (type, next) = ReadHeader(position, end);
            if (type == JumbfTypes.SuperBox) children.Add(ReadSuperBox(position, next, depth + 1));
            else contents.Add(new(type, input[(position + JumbfSuperBox.HeaderLength)..next]));
        }
        return new(code, label, input[start..end], children, contents);
    }

    private (string Type, int End) ReadHeader(int start, int limit)
    {
        if (++boxes > MaxBoxes) throw Fault($"more than {MaxBoxes} boxes", start);
        if (limit - start < JumbfSuperBox.HeaderLength) throw Fault("truncated box header", start);
        var header = input.Span.Slice(start, JumbfSuperBox.HeaderLength);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        // Lengths 0 (to the end) and 1 (64 bits) are legal JUMBF that no manifest within our size limit needs; both hide where a box ends.
        if (length < JumbfSuperBox.HeaderLength || length > limit - start) throw Fault($"box length {length} outside 8..{limit - start}", start);
        return (Encoding.Latin1.GetString(header[4..]), start + (int)length);
    }

    private (string? Code, string Label) ReadDescription(int start, int end)
    {
        var body = input.Span[start..end];
        if (body.Length < JumbfTypes.UuidLength + 2) throw Fault("truncated description box", start);
        var toggles = body[JumbfTypes.UuidLength];
        if ((toggles & RequestableAndLabelled) != RequestableAndLabelled || (toggles & ~(RequestableAndLabelled | HasIdentifier | HasSignature | HasPrivate)) != 0)
            throw Fault($"description toggles 0x{toggles:X2}", start + JumbfTypes.UuidLength);
        var rest = body[(JumbfTypes.UuidLength + 1)..];
        var terminator = rest.IndexOf((byte)0);
        if (terminator is < 1 or > MaxLabelBytes) throw Fault($"label not 1 to {MaxLabelBytes} bytes", start);
        var label = DecodeLabel(rest[..terminator], start);
        CheckTrailer(rest[(terminator + 1)..], toggles, start);
        return (JumbfTypes.Code(body[..JumbfTypes.UuidLength]), label);
    }

    /// <summary>What follows the label is exactly what the toggles promise, so that nothing can hide there.</summary>
    private static void CheckTrailer(ReadOnlySpan<byte> trailer, byte toggles, int start)
    {
        var plain = ((toggles & HasIdentifier) != 0 ? 4 : 0) + ((toggles & HasSignature) != 0 ? 32 : 0);
        if (trailer.Length < plain) throw Fault("truncated description box", start);
        trailer = trailer[plain..];
        if ((toggles & HasPrivate) == 0)
        {
            if (!trailer.IsEmpty) throw Fault("data after the label", start);
        }
        else if (trailer.Length < JumbfSuperBox.HeaderLength || BinaryPrimitives.ReadUInt32BigEndian(trailer) != trailer.Length)
        {
            throw Fault("private box that does not fill the description", start);
        }
    }

    private static string DecodeLabel(ReadOnlySpan<byte> utf8, int start)
    {
        string label;
        try
        {
            label = Utf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw Fault("label that is not UTF-8", start);
        }
        // C2PA 2.2, section 11.1.4.1.1
        if (label.Any(c => char.IsControl(c) || c is '/' or ';' or '?' or '#' or '\uFEFF' or '\uFFFF')) throw Fault("label with a forbidden character", start);
        return label;
    }

    private static CredentialFormatException Fault(string what, long offset) => new("JUMBF", what, offset);
}
