using System.Buffers.Binary;
using System.Text;

namespace Answerprint.Provenance.Containers;

/// <summary>A box of a file in the ISO base media file format (ISO/IEC 14496-12, section 4.2).</summary>
/// <param name="Type">Its four characters.</param>
/// <param name="Range">All of it, its header included.</param>
/// <param name="HeaderLength">Bytes of length and type: 8, or 16 with a length of 64 bits.</param>
internal readonly record struct BmffBox(string Type, ByteRange Range, int HeaderLength)
{
    public ByteRange Content => new(Range.Start + HeaderLength, Range.Length - HeaderLength);
}

/// <summary>Reads the boxes that fill a range of a file.</summary>
internal static class BmffBoxes
{
    /// <summary>Most boxes in one range.</summary>
    public const int MaxBoxes = 100_000;

    /// <exception cref="CredentialFormatException">A box is malformed, or longer than the range, or there are too many.</exception>
    public static List<BmffBox> Read(Stream file, ByteRange within)
    {
        var boxes = new List<BmffBox>();
        var head = new byte[16];
        for (var position = within.Start; position < within.End; position = boxes[^1].Range.End)
        {
            var left = within.End - position;
            if (left < 8) throw Fault($"{left} bytes that are no box", position);
            file.Position = position;
            var read = file.ReadAtLeast(head, (int)Math.Min(left, head.Length), throwOnEndOfStream: false);
            if (read < Math.Min(left, head.Length)) throw Fault("file ends inside a box", file.Length);
            long length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var header = 8;
            if (length == 1)
            {
                if (left < 16) throw Fault("box of 64-bit length without one", position);
                (length, header) = (BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(8)), 16);
            }
            // A length of nothing is a box to the end of the file.
            if (length == 0) length = within.End == file.Length ? left : throw Fault("box without end inside another", position);
            if (length < header || length > left) throw Fault($"box of {length} bytes where {left} are left", position);
            if (boxes.Count == MaxBoxes) throw Fault($"more than {MaxBoxes} boxes", position);
            boxes.Add(new BmffBox(Encoding.Latin1.GetString(head, 4, 4), new ByteRange(position, length), header));
        }
        return boxes;
    }

    public static CredentialFormatException Fault(string what, long offset) => new("MP4", what, offset);
}
