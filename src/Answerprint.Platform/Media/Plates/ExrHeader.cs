using System.Buffers.Binary;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Plates;

/// <summary>
/// The header of an OpenEXR file (openexr.com, "OpenEXR File Layout"): magic, version and flags, then attributes of each part. Pure,
/// bounded reading of outside bytes; throws <see cref="ExrFormatException"/> and nothing else.
/// </summary>
internal sealed record ExrHeader(IReadOnlyList<ExrPart> Parts, bool IsMultiPart, int Bytes)
{
    /// <summary>How much of a file is worth reading to get its header.</summary>
    public const int MaxBytes = 4 << 20;

    private const int Magic = 20000630, TiledFlag = 0x200, DeepFlag = 0x800, MultiPartFlag = 0x1000;
    private const int MaxParts = 256, MaxAttributes = 4096;

    public static ExrHeader Parse(ReadOnlySpan<byte> file, int maxChannels)
    {
        var reader = new ExrBytes(file);
        if (reader.Int32() != Magic) throw new ExrFormatException("it is no OpenEXR file");
        var flags = reader.Int32();
        if ((flags & 0xFF) is not (1 or 2)) throw new ExrFormatException($"its version is {flags & 0xFF}");
        var multi = (flags & MultiPartFlag) != 0;
        var parts = new List<ExrPart>();
        do
        {
            var attributes = Attributes(ref reader);
            if (attributes.Count == 0) break;
            if (parts.Count == MaxParts) throw new ExrFormatException($"it has more than {MaxParts} parts");
            parts.Add(ExrPart.From(attributes, (flags & TiledFlag) != 0, (flags & DeepFlag) != 0, maxChannels));
        }
        while (multi);

        return parts.Count > 0 ? new ExrHeader(parts, multi, reader.Position) : throw new ExrFormatException("it has no parts");
    }

    private static List<PlateMetadata> Attributes(ref ExrBytes reader)
    {
        var list = new List<PlateMetadata>();
        while (reader.Name() is { Length: > 0 } name)
        {
            if (list.Count == MaxAttributes) throw new ExrFormatException($"a part has more than {MaxAttributes} attributes");
            var type = reader.Name();
            list.Add(new PlateMetadata(name, type, reader.Take(reader.Int32()).ToArray()));
        }

        return list;
    }
}

/// <summary>One part's header.</summary>
internal sealed record ExrPart(
    IReadOnlyList<PlateMetadata> Attributes, IReadOnlyList<ExrChannel> Channels, PixelBox DataWindow, PixelBox DisplayWindow, byte Compression, bool IsTiled, bool IsDeep)
{
    public static readonly string[] CompressionNames = ["none", "rle", "zips", "zip", "piz", "pxr24", "b44", "b44a", "dwaa", "dwab"];

    private static readonly string[] Structural =
    [
        "channels", "dataWindow", "displayWindow", "compression", "lineOrder", "tiles", "chunkCount", "type", "name", "version", "preview",
        "dwaCompressionLevel", "maxSamplesPerPixel",
    ];

    public string CompressionName => CompressionNames[Compression];

    /// <summary>The attributes that go with the pixels into another file.</summary>
    public IReadOnlyList<PlateMetadata> Kept => [.. Attributes.Where(a => !Structural.Contains(a.Name))];

    public static ExrPart From(List<PlateMetadata> attributes, bool tiled, bool deep, int maxChannels)
    {
        PlateMetadata Need(string name) => attributes.Find(a => a.Name == name) ?? throw new ExrFormatException($"a part has no '{name}'");
        var compression = Need("compression").Value is [var code] && code < CompressionNames.Length ? code : throw new ExrFormatException("its compression is unknown");
        var type = attributes.Find(a => a.Name == "type")?.Value is { } bytes ? System.Text.Encoding.ASCII.GetString(bytes) : "";
        return new ExrPart(
            attributes,
            ExrChannel.List(Need("channels").Value, maxChannels),
            Box(Need("dataWindow")),
            Box(Need("displayWindow")),
            compression,
            tiled || type.StartsWith("tile", StringComparison.Ordinal) || type == "deeptile",
            type.StartsWith("deep", StringComparison.Ordinal) || (type.Length == 0 && deep));
    }

    private static PixelBox Box(PlateMetadata attribute)
    {
        if (attribute.Value.Length != 16) throw new ExrFormatException($"'{attribute.Name}' has {attribute.Value.Length} bytes");
        var (x0, y0, x1, y1) = (At(0), At(4), At(8), At(12));
        var (width, height) = ((long)x1 - x0 + 1, (long)y1 - y0 + 1);
        if (width < 1 || height < 1 || width > int.MaxValue || height > int.MaxValue) throw new ExrFormatException($"'{attribute.Name}' is {width} x {height}");
        return new PixelBox(x0, y0, (int)width, (int)height);

        int At(int offset) => BinaryPrimitives.ReadInt32LittleEndian(attribute.Value.AsSpan(offset));
    }
}

/// <summary>One channel of a part's channel list.</summary>
internal sealed record ExrChannel(string Name, PlateSample Sample, bool IsSubsampled)
{
    public int SampleBytes => Sample == PlateSample.Half ? 2 : 4;

    public static List<ExrChannel> List(byte[] value, int most)
    {
        var reader = new ExrBytes(value);
        var list = new List<ExrChannel>();
        while (reader.Name() is { Length: > 0 } name)
        {
            if (list.Count == most) throw new ExrFormatException($"it has more than {most} channels");
            var sample = reader.Int32() switch
            {
                0 => PlateSample.UInt32,
                1 => PlateSample.Half,
                2 => PlateSample.Float,
                var other => throw new ExrFormatException($"channel '{name}' has sample type {other}"),
            };
            _ = reader.Int32();
            var subsampled = reader.Int32() != 1;
            subsampled |= reader.Int32() != 1;
            list.Add(new ExrChannel(name, sample, subsampled));
        }

        return list.Count > 0 ? list : throw new ExrFormatException("it has no channels");
    }
}
