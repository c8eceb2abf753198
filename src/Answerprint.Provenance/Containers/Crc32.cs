namespace Answerprint.Provenance.Containers;

/// <summary>The CRC of PNG chunks (ISO 3309, polynomial 0xEDB88320 reflected), eight bytes a step by the slicing-by-8 method (Kounavis and Berry, 2005).</summary>
internal static class Crc32
{
    private const int Slices = 8;
    private static readonly uint[][] Tables = BuildTables();

    /// <summary>Continues a checksum over more bytes; start with 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var c = ~crc;
        uint[] t0 = Tables[0], t1 = Tables[1], t2 = Tables[2], t3 = Tables[3], t4 = Tables[4], t5 = Tables[5], t6 = Tables[6], t7 = Tables[7];
        while (bytes.Length >= Slices)
        {
            var low = c ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            c = t7[low & 0xFF] ^ t6[(low >> 8) & 0xFF] ^ t5[(low >> 16) & 0xFF] ^ t4[low >> 24]
                ^ t3[bytes[4]] ^ t2[bytes[5]] ^ t1[bytes[6]] ^ t0[bytes[7]];
            bytes = bytes[Slices..];
        }
        foreach (var b in bytes) c = (c >> 8) ^ t0[(c ^ b) & 0xFF];
        return ~c;
    }

    private static uint[][] BuildTables()
    {
        var tables = new uint[Slices][];
        for (var slice = 0; slice < Slices; slice++)
        {
            tables[slice] = new uint[256];
            for (uint n = 0; n < 256; n++)
            {
                if (slice > 0)
                {
                    var previous = tables[slice - 1][n];
                    tables[slice][n] = (previous >> 8) ^ tables[0][previous & 0xFF];
                    continue;
                }
                var c = n;
                for (var bit = 0; bit < 8; bit++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
                tables[0][n] = c;
            }
        }
        return tables;
    }
}
