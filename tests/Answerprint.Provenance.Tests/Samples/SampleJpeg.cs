using System.Buffers.Binary;
using System.Text;

namespace Answerprint.Provenance.Tests.Samples;

/// <summary>Makes files with the structure of JPEG: tables, frame header, scans of seeded entropy-coded bytes with stuffing and restarts. No decoder would like the picture.</summary>
internal static class SampleJpeg
{
    public static byte[] Make(int scanBytes = 5000, int scans = 1, int seed = 1, params byte[][] segments)
    {
        var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        foreach (var segment in segments) file.Write(segment);
        file.Write(Segment(0xDB, new byte[65]));
        file.Write(Segment(scans > 1 ? (byte)0xC2 : (byte)0xC0, [8, 0, 64, 0, 64, 1, 1, 0x11, 0]));
        var random = new Random(seed);
        for (var scan = 0; scan < scans; scan++)
        {
            file.Write(Segment(0xC4, new byte[28]));
            file.Write(Segment(0xDA, [1, 1, 0, 0, 63, 0]));
            for (var i = 0; i < scanBytes; i++)
            {
                var value = (byte)random.Next(256);
                file.WriteByte(value);
                if (value == 0xFF) file.WriteByte(i % 3 == 0 ? (byte)0xD3 : (byte)0x00);
            }
        }
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    public static byte[] Jfif() => Segment(0xE0, [.. Encoding.ASCII.GetBytes("JFIF\0"), 1, 2, 0, 0, 1, 0, 1, 0, 0]);

    public static byte[] Exif(int bytes = 200) => Segment(0xE1, [.. Encoding.ASCII.GetBytes("Exif\0\0"), .. new byte[bytes]]);

    public static byte[] OtherApp11Box() => Segment(0xEB, [(byte)'J', (byte)'P', 0x02, 0x11, 0, 0, 0, 1, 0, 0, 0, 24, .. Encoding.ASCII.GetBytes("free"), .. new byte[16]]);

    public static byte[] Segment(byte marker, byte[] payload)
    {
        var segment = new byte[4 + payload.Length];
        segment[0] = 0xFF;
        segment[1] = marker;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(payload.Length + 2));
        payload.CopyTo(segment, 4);
        return segment;
    }
}
