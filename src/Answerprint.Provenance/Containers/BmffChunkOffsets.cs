using System.Buffers.Binary;

namespace Answerprint.Provenance.Containers;

/// <summary>The tables of a movie that say where in the file its samples lie (ISO/IEC 14496-12, section 8.7.5): what is put before the samples moves them.</summary>
internal static class BmffChunkOffsets
{
    // Boxes that hold boxes, from the movie down to the tables.
    private static readonly string[] Path = ["trak", "mdia", "minf", "stbl"];

    /// <summary>Most bytes of one table: 8 million chunks.</summary>
    public const long MaxTableBytes = 64L << 20;

    /// <summary>Every table with its entries put through a function, as bytes for the same place.</summary>
    /// <exception cref="CredentialFormatException">A table is malformed, or an entry no longer fits.</exception>
    public static IEnumerable<Gap> Moved(Stream file, BmffBox movie, Func<long, long> place)
    {
        foreach (var table in Tables(file, movie, 0))
        {
            var content = Load(file, table);
            var wide = table.Type == "co64";
            var width = wide ? 8 : 4;
            for (var at = 8; at < content.Length; at += width)
            {
                var entry = content.AsSpan(at, width);
                var to = place(wide ? BinaryPrimitives.ReadInt64BigEndian(entry) : BinaryPrimitives.ReadUInt32BigEndian(entry));
                if (wide) BinaryPrimitives.WriteInt64BigEndian(entry, to);
                else BinaryPrimitives.WriteUInt32BigEndian(entry, to <= uint.MaxValue ? (uint)to : throw BmffBoxes.Fault("samples beyond 4 GiB under offsets of 32 bits; write the file with 64-bit offsets", table.Range.Start));
            }
            yield return new Gap(table.Content, content);
        }
    }

    private static IEnumerable<BmffBox> Tables(Stream file, BmffBox box, int depth)
    {
        foreach (var child in BmffBoxes.Read(file, box.Content))
        {
            if (depth < Path.Length && child.Type == Path[depth])
                foreach (var table in Tables(file, child, depth + 1)) yield return table;
            else if (depth == Path.Length && child.Type is "stco" or "co64") yield return child;
            else if (depth == Path.Length && child.Type == "saio") throw BmffBoxes.Fault("encrypted samples", child.Range.Start);
        }
    }

    private static byte[] Load(Stream file, BmffBox table)
    {
        if (table.Content.Length is < 8 or > MaxTableBytes) throw BmffBoxes.Fault($"table of chunk offsets of {table.Content.Length} bytes", table.Range.Start);
        var content = new byte[table.Content.Length];
        file.Position = table.Content.Start;
        file.ReadExactly(content);
        var count = BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(4));
        return 8 + (long)count * (table.Type == "co64" ? 8 : 4) == content.Length ? content : throw BmffBoxes.Fault($"table of {count} chunk offsets in {content.Length} bytes", table.Range.Start);
    }
}
