using System.Buffers.Binary;
using System.Text;

namespace Answerprint.Platform.Media.Plates;

/// <summary>A cursor over bytes that says "truncated" instead of reading past the end.</summary>
internal ref struct ExrBytes(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position >= bytes.Length;

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public byte Byte() => Take(1)[0];

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0) throw new ExrFormatException($"a size is {count}");
        if (count > bytes.Length - Position) throw new ExrFormatException("the file ends inside its header", truncated: true);
        var taken = bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    /// <summary>A name that ends with a zero byte; at most 255 bytes.</summary>
    public string Name()
    {
        var rest = bytes[Position..];
        var end = rest[..Math.Min(rest.Length, 256)].IndexOf((byte)0);
        if (end < 0) throw new ExrFormatException(rest.Length < 256 ? "the file ends inside a name" : "a name is longer than 255 bytes", rest.Length < 256);
        Position += end + 1;
        return Encoding.UTF8.GetString(rest[..end]);
    }
}
