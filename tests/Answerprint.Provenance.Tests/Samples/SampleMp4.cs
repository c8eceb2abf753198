using System.Buffers.Binary;
using System.Text;

namespace Answerprint.Provenance.Tests.Samples;

/// <summary>Makes MP4 files whose samples are noise and whose movie says where they lie.</summary>
internal static class SampleMp4
{
    public const int Chunks = 5;
    private const int ChunkBytes = 40;

    /// <param name="movieFirst">The movie before the samples, as files for the web have it.</param>
    /// <param name="wide">Offsets of 64 bits.</param>
    /// <param name="open">The last box goes to the end of the file without saying its length.</param>
    public static byte[] Make(bool movieFirst = true, bool wide = false, bool open = false)
    {
        var data = new byte[Chunks * ChunkBytes];
        new Random(3).NextBytes(data);
        byte[] brand = Box("ftyp", [.. "isom"u8, 0, 0, 2, 0, .. "isomavc1mp41"u8]), free = Box("free", new byte[10]);
        var samples = Box("mdat", data);
        var start = brand.Length + free.Length + (movieFirst ? Movie(0, wide).Length : 0) + 8;
        var movie = Movie(start, wide);
        byte[] file = movieFirst ? [.. brand, .. free, .. movie, .. samples] : [.. brand, .. free, .. samples, .. movie];
        if (open) file.AsSpan(file.Length - (movieFirst ? samples : movie).Length, 4).Clear();
        return file;
    }

    /// <summary>The bytes of each chunk, found as a player finds them.</summary>
    public static IEnumerable<string> ChunksOf(byte[] file)
    {
        var wide = file.AsSpan().IndexOf("co64"u8);
        var at = (wide >= 0 ? wide : file.AsSpan().IndexOf("stco"u8)) + 12;
        for (var i = 0; i < Chunks; i++)
        {
            var offset = wide >= 0 ? BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(at + 8 * i)) : BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 4 * i));
            yield return Convert.ToHexString(file, (int)offset, ChunkBytes);
        }
    }

    public static byte[] Box(string type, params byte[][] content)
    {
        var length = 8 + content.Sum(part => part.Length);
        var head = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, length);
        Encoding.ASCII.GetBytes(type).CopyTo(head, 4);
        return [.. head, .. content.SelectMany(part => part)];
    }

    private static byte[] Movie(long start, bool wide)
    {
        var width = wide ? 8 : 4;
        var table = new byte[8 + Chunks * width];
        BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(4), Chunks);
        for (var i = 0; i < Chunks; i++)
        {
            if (wide) BinaryPrimitives.WriteInt64BigEndian(table.AsSpan(8 + 8 * i), start + i * ChunkBytes);
            else BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(8 + 4 * i), (int)start + i * ChunkBytes);
        }
        return Box("moov", Box("mvhd", new byte[100]), Box("trak", Box("tkhd", new byte[84]), Box("mdia", Box("minf", Box("stbl", Box("stsd", new byte[8]), Box(wide ? "co64" : "stco", table))))));
    }
}
