using System.Buffers.Binary;
using System.Text;

namespace Answerprint.Provenance.Cbor;

/// <summary>Reads one well-formed CBOR item (RFC 8949, appendix C) from outside bytes, within limits; byte strings share the input's memory.</summary>
internal ref struct CborReader
{
    /// <summary>Deepest nesting of arrays, maps and tags.</summary>
    public const int MaxDepth = 32;

    /// <summary>Most data items in one encoding, so that a small file cannot become a large tree.</summary>
    public const int MaxItems = 100_000;

    private const int Indefinite = 31;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlyMemory<byte> memory;
    private readonly ReadOnlySpan<byte> input;
    private readonly CborBudget? budget;
    private int position;
    private int items;

    private CborReader(ReadOnlyMemory<byte> memory, CborBudget? budget)
    {
        this.budget = budget;
        this.memory = memory;
        input = memory.Span;
    }

    /// <summary>Reads exactly one item that fills the input, within a budget where several encodings share one.</summary>
    /// <exception cref="CredentialFormatException">The input is not one well-formed item, repeats a map key, or goes over a limit.</exception>
    public static CborValue Read(ReadOnlyMemory<byte> encoded, CborBudget? budget = null)
    {
        var reader = new CborReader(encoded, budget);
        var value = reader.ReadItem(0);
        if (reader.position != encoded.Length) throw reader.Fault("data after the item");
        return value;
    }

    private CborValue ReadItem(int depth)
    {
        if (depth > MaxDepth) throw Fault($"nesting deeper than {MaxDepth}");
        if (++items > MaxItems) throw Fault($"more than {MaxItems} items");
        if (budget is not null && !budget.TrySpend()) throw Fault($"more than {CborBudget.MaxItemsPerStore} items in one manifest store");
        var (major, additional, argument) = ReadHead();
        return major switch
        {
            0 => CborValue.Integer(argument),
            1 => CborValue.Integer(-1 - (Int128)argument),
            2 => CborValue.Bytes(ReadString(major, additional, argument)),
            3 => CborValue.Text(ReadText(additional, argument))!,
            4 => ReadArray(additional, argument, depth),
            5 => ReadMap(additional, argument, depth),
            6 => CborValue.Tag(argument, ReadItem(depth + 1)),
            _ => ReadSimple(additional, argument),
        };
    }

    private (int Major, int Additional, ulong Argument) ReadHead()
    {
        var initial = Take(1)[0];
        int major = initial >> 5, additional = initial & 31;
        ulong argument = additional switch
        {
            < 24 => (ulong)additional,
            24 => Take(1)[0],
            25 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            26 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            27 => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            Indefinite when major is 2 or 3 or 4 or 5 or 7 => 0,
            _ => throw Fault("reserved length code"),
        };
        return (major, additional, argument);
    }

    private ReadOnlyMemory<byte> ReadString(int major, int additional, ulong length)
    {
        if (additional != Indefinite) return TakeMemory(length);
        var whole = new List<byte>();
        while (!AtBreak())
        {
            if (++items > MaxItems) throw Fault($"more than {MaxItems} items");
            var (chunkMajor, chunkAdditional, chunkLength) = ReadHead();
            if (chunkMajor != major || chunkAdditional == Indefinite) throw Fault("chunk of another kind in an indefinite string");
            whole.AddRange(TakeMemory(chunkLength).Span);
        }
        return whole.ToArray();
    }

    private string ReadText(int additional, ulong length)
    {
        var utf8 = ReadString(3, additional, length);
        try
        {
            return Utf8.GetString(utf8.Span);
        }
        catch (DecoderFallbackException)
        {
            throw Fault("text that is not UTF-8");
        }
    }

    private CborValue ReadArray(int additional, ulong count, int depth)
    {
        CheckCount(count, bytesEach: 1);
        var array = new List<CborValue>();
        for (ulong i = 0; additional == Indefinite ? !AtBreak() : i < count; i++) array.Add(ReadItem(depth + 1));
        return CborValue.Array(array);
    }

    private CborValue ReadMap(int additional, ulong count, int depth)
    {
        CheckCount(count, bytesEach: 2);
        var map = new List<KeyValuePair<CborValue, CborValue>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (ulong i = 0; additional == Indefinite ? !AtBreak() : i < count; i++)
        {
            var keyStart = position;
            var key = ReadItem(depth + 1);
            // Two readers may take different ones of two equal keys, so a repeated key is a way to show one story and sign another.
            var identity = key.AsText is { } text ? "t" + text : key.Kind == CborKind.Integer ? "i" + key.Number : "x" + Convert.ToHexString(input[keyStart..position]);
            if (!seen.Add(identity)) throw Fault("repeated map key");
            map.Add(new(key, ReadItem(depth + 1)));
        }
        return CborValue.Map(map);
    }

    private CborValue ReadSimple(int additional, ulong argument) => additional switch
    {
        20 or 21 => CborValue.Boolean(additional == 21),
        22 => CborValue.Null,
        23 => CborValue.Undefined,
        24 when argument < 32 => throw Fault("simple value in two bytes that fits one"),
        25 => CborValue.Float((double)BitConverter.UInt16BitsToHalf((ushort)argument)),
        26 => CborValue.Float(BitConverter.UInt32BitsToSingle((uint)argument)),
        27 => CborValue.Float(BitConverter.UInt64BitsToDouble(argument)),
        Indefinite => throw Fault("break outside an indefinite item"),
        _ => CborValue.Simple((int)argument),
    };

    private bool AtBreak()
    {
        if (position >= input.Length) throw Fault("truncated item");
        if (input[position] != 0xFF) return false;
        position++;
        return true;
    }

    private readonly void CheckCount(ulong count, int bytesEach)
    {
        if (count > (ulong)((input.Length - position) / bytesEach)) throw Fault($"count {count} is more than the bytes left");
    }

    private ReadOnlySpan<byte> Take(ulong length) => TakeMemory(length).Span;

    private ReadOnlyMemory<byte> TakeMemory(ulong length)
    {
        if (length > (ulong)(input.Length - position)) throw Fault("truncated item");
        var taken = memory.Slice(position, (int)length);
        position += (int)length;
        return taken;
    }

    private readonly CredentialFormatException Fault(string what) => new("CBOR", what, position);
}
