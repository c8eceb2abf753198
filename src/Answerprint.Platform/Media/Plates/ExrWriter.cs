using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Plates;

/// <summary>Writes a scanline EXR of one part with ZIP compression (16 lines a block). The same pixels and attributes give the same bytes.</summary>
internal static class ExrWriter
{
    private const int LinesPerBlock = 16;
    private const int BlocksAtOnce = 32;
    private const byte ZipCompression = 3;

    // OpenEXR's own default: higher levels shrink noise hardly further.
    private static readonly ZLibCompressionOptions Deflate = new() { CompressionLevel = 4 };

    public static void Write(Stream file, PlatePixels pixels)
    {
        // The format asks for channels in order of their names.
        var planes = pixels.Planes.OrderBy(plane => plane.Name, StringComparer.Ordinal).ToList();
        var header = Header(pixels, planes);
        var window = pixels.DataWindow;
        var blocks = (window.Height + LinesPerBlock - 1) / LinesPerBlock;
        var offsets = new byte[8 * blocks];
        Span<byte> head = stackalloc byte[8];
        file.Write(header);
        var table = file.Position;
        file.Write(offsets);
        for (var batch = 0; batch < blocks; batch += BlocksAtOnce)
        {
            var start = batch;
            var packed = new byte[Math.Min(BlocksAtOnce, blocks - batch)][];
            Parallel.For(0, packed.Length, i => packed[i] = Block(planes, window, start + i));
            for (var i = 0; i < packed.Length; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(offsets.AsSpan(8 * (start + i)), file.Position);
                BinaryPrimitives.WriteInt32LittleEndian(head, window.Y + ((start + i) * LinesPerBlock));
                BinaryPrimitives.WriteInt32LittleEndian(head[4..], packed[i].Length);
                file.Write(head);
                file.Write(packed[i]);
            }
        }

        file.Position = table;
        file.Write(offsets);
        file.Position = file.Length;
    }

    private static byte[] Block(List<PlatePlane> planes, PixelBox window, int block)
    {
        var first = block * LinesPerBlock;
        return Compress(Gather(planes, window.Width, first, Math.Min(LinesPerBlock, window.Height - first)));
    }

    private static byte[] Gather(List<PlatePlane> planes, int width, int firstLine, int lines)
    {
        var pieces = new MemoryStream();
        for (var y = firstLine; y < firstLine + lines; y++)
            foreach (var plane in planes)
            {
                var bytes = width * (plane.Sample == PlateSample.Half ? 2 : 4);
                pieces.Write(plane.Bytes, checked(y * bytes), bytes);
            }

        return pieces.ToArray();
    }

    // ImfZip: low and high bytes apart, then differences, then zlib; a block that does not shrink is stored as it is.
    private static byte[] Compress(byte[] raw)
    {
        var apart = new byte[raw.Length];
        var half = (raw.Length + 1) / 2;
        for (var i = 0; i < raw.Length; i++) apart[(i >> 1) + ((i & 1) * half)] = raw[i];
        for (var i = raw.Length - 1; i > 0; i--) apart[i] = (byte)(apart[i] - apart[i - 1] + 128);
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, Deflate, leaveOpen: true)) zlib.Write(apart);
        return packed.Length < raw.Length ? packed.ToArray() : raw;
    }

    private static byte[] Header(PlatePixels pixels, List<PlatePlane> planes)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(20000630);
        var longNames = planes.Any(p => Encoding.UTF8.GetByteCount(p.Name) > 31) || pixels.Attributes.Any(a => a.Name.Length > 31 || a.Type.Length > 31);
        writer.Write(2 | (longNames ? 0x400 : 0));
        foreach (var attribute in Attributes(pixels, planes))
        {
            Name(writer, attribute.Name);
            Name(writer, attribute.Type);
            writer.Write(attribute.Value.Length);
            writer.Write(attribute.Value);
        }

        writer.Write((byte)0);
        writer.Flush();
        return stream.ToArray();
    }

    private static List<PlateMetadata> Attributes(PlatePixels pixels, List<PlatePlane> planes)
    {
        List<PlateMetadata> list =
        [
            new("channels", "chlist", Channels(planes)),
            new("compression", "compression", [ZipCompression]),
            new("dataWindow", "box2i", Box(pixels.DataWindow)),
            new("displayWindow", "box2i", Box(pixels.DisplayWindow)),
            new("lineOrder", "lineOrder", [0]),
            .. pixels.Attributes,
        ];
        if (list.TrueForAll(a => a.Name != "pixelAspectRatio")) list.Add(new("pixelAspectRatio", "float", BitConverter.GetBytes(1f)));
        if (list.TrueForAll(a => a.Name != "screenWindowCenter")) list.Add(new("screenWindowCenter", "v2f", new byte[8]));
        if (list.TrueForAll(a => a.Name != "screenWindowWidth")) list.Add(new("screenWindowWidth", "float", BitConverter.GetBytes(1f)));
        return list;
    }

    private static byte[] Channels(List<PlatePlane> planes)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        foreach (var plane in planes)
        {
            Name(writer, plane.Name);
            writer.Write(plane.Sample switch { PlateSample.UInt32 => 0, PlateSample.Half => 1, _ => 2 });
            writer.Write(0);
            writer.Write(1);
            writer.Write(1);
        }

        writer.Write((byte)0);
        writer.Flush();
        return stream.ToArray();
    }

    private static byte[] Box(PixelBox box)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, box.X);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), box.Y);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), box.X + box.Width - 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), box.Y + box.Height - 1);
        return bytes;
    }

    private static void Name(BinaryWriter writer, string name)
    {
        writer.Write(Encoding.UTF8.GetBytes(name));
        writer.Write((byte)0);
    }
}
