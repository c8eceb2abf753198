using System.Buffers.Binary;
using System.Text;

namespace Answerprint.Provenance.Jumbf;

/// <summary>Writes JUMBF boxes (ISO/IEC 19566-5) with 32-bit lengths; every superbox is requestable and labelled, as C2PA asks.</summary>
internal static class JumbfWriter
{
    public static byte[] Box(string type, params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        long length = JumbfSuperBox.HeaderLength;
        foreach (var part in parts) length += part.Length;
        var box = new byte[checked((int)length)];
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)length);
        Encoding.ASCII.GetBytes(type, box.AsSpan(4));
        var position = JumbfSuperBox.HeaderLength;
        foreach (var part in parts)
        {
            part.Span.CopyTo(box.AsSpan(position));
            position += part.Length;
        }
        return box;
    }

    public static byte[] SuperBox(string code, string label, params ReadOnlySpan<ReadOnlyMemory<byte>> children)
    {
        byte[] description = [.. JumbfTypes.Uuid(code), 0x03, .. Encoding.UTF8.GetBytes(label), 0];
        return Box(JumbfTypes.SuperBox, [Box(JumbfTypes.Description, description), .. children]);
    }

    /// <summary>A superbox that holds one content box of the type whose UUID has the same code (CBOR, JSON).</summary>
    public static byte[] ContentSuperBox(string code, string label, string contentType, ReadOnlyMemory<byte> content) =>
        SuperBox(code, label, Box(contentType, content));
}
