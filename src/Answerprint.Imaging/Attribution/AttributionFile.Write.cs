using System.Buffers.Binary;
using System.Text;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Attribution;

public static partial class AttributionFile
{
    /// <summary>The bytes of a map; the same map gives the same bytes unless planes are deflated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The encoding is unknown.</exception>
    public static byte[] Write(AttributionMap map, PlaneEncoding encoding = PlaneEncoding.RunLength)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (!Enum.IsDefined(encoding))
            throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "Unknown encoding.");
        using var file = new MemoryStream();
        var covered = Enumerable.Range(0, map.Layers.Count).Where(i => !map.Layers[i].Coverage.IsEmpty).ToArray();
        Span<byte> header = stackalloc byte[HeaderLength];
        header.Clear();
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], map.Width);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], map.Height);
        var synthesised = Enumerable.Range(0, map.Layers.Count).Where(i => map.Layers[i].Field is not null).ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 2 + covered.Length + synthesised.Length);
        file.Write(header);
        WriteSection(file, SourcesTag, Sources(map));
        WriteSection(file, LayersTag, Layers(map));
        foreach (int i in covered)
            WriteSection(file, CoverageTag, Coverage(i, map.Layers[i], encoding));
        foreach (int i in synthesised)
            WriteSection(file, FieldTag, Field(i, map.Layers[i], encoding));
        return file.ToArray();
    }

    private static void WriteSection(MemoryStream file, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> payload)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, payload.Length);
        file.Write(tag);
        file.Write(length);
        file.Write(payload);
    }

    private static byte[] Sources(AttributionMap map)
    {
        using var table = new MemoryStream();
        using var writer = new BinaryWriter(table);
        writer.Write(map.Sources.Count);
        foreach (AttributionSource source in map.Sources)
        {
            byte[] label = Encoding.UTF8.GetBytes(source.Label);
            writer.Write(source.Digest.Span);
            writer.Write(source.Width);
            writer.Write(source.Height);
            writer.Write((byte)label.Length);
            writer.Write(label);
        }
        writer.Flush();
        return table.ToArray();
    }

    private static byte[] Layers(AttributionMap map)
    {
        using var table = new MemoryStream();
        using var writer = new BinaryWriter(table);
        writer.Write(map.Layers.Count);
        foreach (AttributionLayer layer in map.Layers)
        {
            writer.Write((byte)layer.Kind);
            writer.Write((byte)layer.Kernel);
            writer.Write(layer.Field is null ? (ushort)0 : HasField);
            writer.Write(layer.Source);
            Write(writer, layer.Region);
            Write(writer, layer.Crop);
        }
        writer.Flush();
        return table.ToArray();
    }

    private static void Write(BinaryWriter writer, PixelRect rect)
    {
        writer.Write(rect.X);
        writer.Write(rect.Y);
        writer.Write(rect.Width);
        writer.Write(rect.Height);
    }

    private static byte[] Coverage(int index, AttributionLayer layer, PlaneEncoding encoding)
    {
        byte[] packed = PlaneCodec.Encode(layer.Coverage.Span, layer.Region.Width, encoding);
        if (packed.Length > layer.Coverage.Length)
            (packed, encoding) = (layer.Coverage.ToArray(), PlaneEncoding.Raw);
        var payload = new byte[8 + packed.Length];
        BinaryPrimitives.WriteInt32LittleEndian(payload, index);
        payload[4] = (byte)encoding;
        packed.CopyTo(payload, 8);
        return payload;
    }
}
