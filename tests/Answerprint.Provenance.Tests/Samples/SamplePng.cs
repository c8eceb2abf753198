using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Answerprint.Provenance.Containers;

namespace Answerprint.Provenance.Tests.Samples;

/// <summary>Makes real PNG files of noise-like pixels.</summary>
internal static class SamplePng
{
    public static byte[] Rgb(int width, int height, int bitDepth = 8, int seed = 1)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bitDepth;
        header[9] = 2;
        var random = new Random(seed);
        var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + (width * 3 * bitDepth / 8)];
            for (var y = 0; y < height; y++)
            {
                random.NextBytes(row);
                row[0] = 0;
                zlib.Write(row);
            }
        }
        var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        file.Write(Chunk("IHDR", header));
        file.Write(Chunk("tEXt", Encoding.ASCII.GetBytes("Comment\0sample")));
        file.Write(Chunk("IDAT", pixels.ToArray()));
        file.Write(Chunk("IEND", []));
        return file.ToArray();
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.Append(0, chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }
}
