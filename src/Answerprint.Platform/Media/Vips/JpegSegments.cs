using System.Buffers.Binary;

namespace Answerprint.Platform.Media.Vips;

/// <summary>Takes the EXIF block out of a JPEG that libvips wrote: it adds one, with only a resolution in it, whenever it keeps the profile.</summary>
internal static class JpegSegments
{
    private const byte App1 = 0xE1, StartOfScan = 0xDA;

    public static byte[] WithoutExif(byte[] jpeg)
    {
        var kept = new MemoryStream(jpeg.Length);
        kept.Write(jpeg, 0, 2);
        var at = 2;
        while (jpeg[at + 1] != StartOfScan)
        {
            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
            if (jpeg[at + 1] != App1) kept.Write(jpeg, at, length);
            at += length;
        }

        kept.Write(jpeg, at, jpeg.Length - at);
        return kept.ToArray();
    }
}
