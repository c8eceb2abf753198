using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Answerprint.Provenance.Cbor;

/// <summary>Writes CBOR in the core deterministic encoding (RFC 8949, section 4.2.1): shortest heads, definite lengths, map keys in bytewise order.</summary>
internal static class CborWriter
{
    public static byte[] Encode(CborValue value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, CborValue value)
    {
        switch (value.Kind)
        {
            case CborKind.Integer when value.Number < 0:
                WriteHead(output, 1, (ulong)(-1 - value.Number));
                break;
            case CborKind.Integer:
                WriteHead(output, 0, (ulong)value.Number);
                break;
            case CborKind.Bytes:
                WriteHead(output, 2, (ulong)value.AsBytes!.Value.Length);
                output.Write(value.AsBytes.Value.Span);
                break;
            case CborKind.Text:
                var text = Encoding.UTF8.GetBytes(value.AsText!);
                WriteHead(output, 3, (ulong)text.Length);
                output.Write(text);
                break;
            case CborKind.Array:
                WriteHead(output, 4, (ulong)value.AsArray!.Count);
                foreach (var item in value.AsArray) Write(output, item);
                break;
            case CborKind.Map:
                WriteMap(output, value.AsMap!);
                break;
            case CborKind.Tag:
                WriteHead(output, 6, (ulong)value.Number);
                Write(output, value.Tagged!);
                break;
            case CborKind.Float:
                WriteFloat(output, value.AsDouble!.Value);
                break;
            default:
                WriteHead(output, 7, SimpleNumber(value));
                break;
        }
    }

    private static ulong SimpleNumber(CborValue value) => value.Kind switch
    {
        CborKind.Boolean => value.AsBoolean!.Value ? 21u : 20u,
        CborKind.Null => 22,
        CborKind.Undefined => 23,
        _ => (ulong)value.Number,
    };

    private static void WriteMap(ArrayBufferWriter<byte> output, IReadOnlyList<KeyValuePair<CborValue, CborValue>> entries)
    {
        WriteHead(output, 5, (ulong)entries.Count);
        var ordered = new List<(byte[] Key, CborValue Value)>(entries.Count);
        foreach (var (key, value) in entries) ordered.Add((Encode(key), value));
        ordered.Sort(static (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        foreach (var (key, value) in ordered)
        {
            output.Write(key);
            Write(output, value);
        }
    }

    private static void WriteHead(ArrayBufferWriter<byte> output, int majorType, ulong argument)
    {
        Span<byte> head = stackalloc byte[9];
        var length = argument switch { < 24 => 0, <= byte.MaxValue => 1, <= ushort.MaxValue => 2, <= uint.MaxValue => 4, _ => 8 };
        var additional = length switch { 0 => (int)argument, 1 => 24, 2 => 25, 4 => 26, _ => 27 };
        BinaryPrimitives.WriteUInt64BigEndian(head[1..], argument << (64 - (8 * Math.Max(length, 1))));
        head[0] = (byte)((majorType << 5) | additional);
        output.Write(head[..(1 + length)]);
    }

    /// <summary>The shortest of half, single and double that keeps the value (section 4.1); NaN is the half 7e00.</summary>
    private static void WriteFloat(ArrayBufferWriter<byte> output, double value)
    {
        Span<byte> item = stackalloc byte[9];
        int length;
        if (double.IsNaN(value) || (double)(Half)value == value)
        {
            item[0] = 0xF9;
            BinaryPrimitives.WriteUInt16BigEndian(item[1..], double.IsNaN(value) ? (ushort)0x7E00 : BitConverter.HalfToUInt16Bits((Half)value));
            length = 3;
        }
        else if ((double)(float)value == value)
        {
            item[0] = 0xFA;
            BinaryPrimitives.WriteSingleBigEndian(item[1..], (float)value);
            length = 5;
        }
        else
        {
            item[0] = 0xFB;
            BinaryPrimitives.WriteDoubleBigEndian(item[1..], value);
            length = 9;
        }
        output.Write(item[..length]);
    }
}
