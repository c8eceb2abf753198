using System.Buffers.Binary;
using System.Text;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Resampling;

namespace Answerprint.Imaging.Attribution;

public static partial class AttributionFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether bytes begin as an attribution file of any version does.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    /// <summary>The map that the bytes hold; they may be anybody's, so every number is checked against <see cref="AttributionLimits"/>.</summary>
    /// <exception cref="AttributionFormatException">The bytes are no attribution file, or damaged, or of a later version.</exception>
    public static AttributionMap Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SpanReader(bytes);
        if (!reader.Take(4).SequenceEqual(Magic))
            throw new AttributionFormatException("This is not an attribution file.");
        int version = reader.UInt16();
        if (version != Version)
            throw new AttributionFormatException($"Version {version} of the format is unknown; this program reads {Version}.");
        if (reader.UInt16() != 0)
            throw new AttributionFormatException("Flags are set that this version does not know.");
        int width = reader.InRange(1, AttributionLimits.MaxDimension, "Width"), height = reader.InRange(1, AttributionLimits.MaxDimension, "Height");
        int sections = reader.InRange(0, AttributionLimits.MaxSections, "Section count");
        AttributionSource[]? sources = null;
        AttributionLayer?[]? layers = null;
        (PixelRect Region, AttributionKind Kind)[] regions = [];
        long coverage = 0, entries = 0;
        for (int i = 0; i < sections; i++)
        {
            ReadOnlySpan<byte> tag = reader.Take(4);
            var payload = new SpanReader(reader.Take(reader.InRange(0, int.MaxValue, "Section length")));
            if (tag.SequenceEqual(SourcesTag) && sources is null)
                sources = ReadSources(ref payload);
            else if (tag.SequenceEqual(LayersTag) && layers is null)
                (layers, regions) = ReadLayers(ref payload, width, height);
            else if (tag.SequenceEqual(CoverageTag) && layers is not null)
                ReadCoverage(ref payload, layers, ref coverage);
            else if (tag.SequenceEqual(FieldTag) && layers is not null)
                ReadField(ref payload, layers, regions, ref entries);
            else if (tag[0] is >= (byte)'a' and <= (byte)'z')
                continue;
            else
                throw new AttributionFormatException($"Section {i} is unknown, repeated or out of order.");
            payload.End();
        }
        reader.End();
        if (layers is not null && Array.FindIndex(layers, l => l is null) is >= 0 and var bare)
            throw new AttributionFormatException($"The field of layer {bare} is missing.");
        try
        {
            return new AttributionMap(width, height, sources ?? [], Array.ConvertAll(layers ?? [], layer => layer!));
        }
        catch (ArgumentException e)
        {
            throw new AttributionFormatException(e.Message, e);
        }
    }

    private static AttributionSource[] ReadSources(ref SpanReader reader)
    {
        int count = reader.InRange(0, AttributionLimits.MaxSources, "Source count");
        reader.Expect((long)count * (AttributionSource.DigestLength + 9));
        var sources = new AttributionSource[count];
        for (int i = 0; i < count; i++)
        {
            byte[] digest = reader.Take(AttributionSource.DigestLength).ToArray();
            int width = reader.InRange(0, AttributionLimits.MaxDimension, "Source width");
            int height = reader.InRange(0, AttributionLimits.MaxDimension, "Source height");
            try
            {
                sources[i] = new AttributionSource(digest, width, height, StrictUtf8.GetString(reader.Take(reader.Byte())));
            }
            catch (DecoderFallbackException e)
            {
                throw new AttributionFormatException($"The label of source {i} is not UTF-8.", e);
            }
        }
        return sources;
    }

    /// <summary>The layers and their regions; those that have a field are null until it is read.</summary>
    private static (AttributionLayer?[] Layers, (PixelRect Region, AttributionKind Kind)[] Regions) ReadLayers(ref SpanReader reader, int width, int height)
    {
        int count = reader.InRange(0, AttributionLimits.MaxLayers, "Layer count");
        reader.Expect((long)count * LayerLength);
        var layers = new AttributionLayer?[count];
        var regions = new (PixelRect, AttributionKind)[count];
        for (int i = 0; i < count; i++)
        {
            var kind = (AttributionKind)reader.Byte();
            var kernel = (ResampleKernel)reader.Byte();
            ushort flags = reader.UInt16();
            if (!Enum.IsDefined(kind) || !Enum.IsDefined(kernel) || flags is not (0 or HasField))
                throw new AttributionFormatException($"Layer {i} has a kind, filter or flag that this version does not know.");
            int source = reader.InRange(AttributionLayer.NoSource, AttributionLimits.MaxSources, "Source index");
            PixelRect region = reader.Rect(), crop = reader.Rect();
            if (!region.FitsIn(width, height))
                throw new AttributionFormatException($"Layer {i}: {region} leaves the output of {width} x {height}.");
            regions[i] = (region, kind);
            if (flags == 0)
                layers[i] = CreateLayer(kind, region, source, crop, kernel, default);
            else if (kind is not (AttributionKind.Copied or AttributionKind.Blended) || kernel != ResampleKernel.None || source != AttributionLayer.NoSource || crop != default)
                throw new AttributionFormatException($"Layer {i} is {kind} with geometry and cannot have a field.");
        }
        return (layers, regions);
    }

    private static AttributionLayer CreateLayer(
        AttributionKind kind, PixelRect region, int source, PixelRect crop, ResampleKernel kernel, ReadOnlyMemory<byte> coverage)
    {
        try
        {
            return kind switch
            {
                AttributionKind.Copied when kernel == ResampleKernel.None => AttributionLayer.Copied(region, source, crop),
                AttributionKind.Blended => AttributionLayer.Resampled(region, source, crop, kernel),
                _ when crop == default && kernel == ResampleKernel.None => AttributionLayer.Drawn(kind, region, source, coverage),
                _ => throw new AttributionFormatException($"A {kind} layer has geometry that it cannot have."),
            };
        }
        catch (ArgumentException e)
        {
            throw new AttributionFormatException(e.Message, e);
        }
    }

    private static void ReadField(ref SpanReader reader, AttributionLayer?[] layers, (PixelRect Region, AttributionKind Kind)[] regions, ref long total)
    {
        int index = reader.InRange(0, layers.Length - 1, "Layer of a field");
        int patch = reader.Byte();
        if (patch % 2 == 0 || patch > AttributionField.MaxPatchSize || reader.Byte() != 0 || reader.UInt16() != 0)
            throw new AttributionFormatException($"A field with a patch of {patch}, or flags that this version does not know.");
        if (layers[index] is not null)
            throw new AttributionFormatException($"Layer {index} has two fields, or none.");
        (PixelRect region, AttributionKind kind) = regions[index];
        total += region.Area;
        if (total > AttributionLimits.MaxFieldEntries)
            throw new AttributionFormatException($"Fields of {total} pixels are beyond the limit of {AttributionLimits.MaxFieldEntries}.");
        var window = new ushort[patch];
        foreach (ref ushort weight in window.AsSpan())
            weight = reader.UInt16();
        int count = (int)region.Area;
        ushort[] sources = Uninitialised(count), columns = Uninitialised(count), rows = Uninitialised(count);
        FieldPlanes.Read(ReadPlane(ref reader, region), ReadPlane(ref reader, region), sources, region.Width);
        FieldPlanes.Read(ReadPlane(ref reader, region), ReadPlane(ref reader, region), columns, region.Width);
        FieldPlanes.Read(ReadPlane(ref reader, region), ReadPlane(ref reader, region), rows, region.Width);
        FieldPlanes.FromOffsets(columns, rows, region);
        try
        {
            var field = new AttributionField(region.Width, region.Height, sources, columns, rows, window);
            layers[index] = kind == AttributionKind.Blended && patch == 1 ? AttributionLayer.Filtered(region.X, region.Y, field) : AttributionLayer.Synthesised(region.X, region.Y, field);
        }
        catch (ArgumentException e)
        {
            throw new AttributionFormatException(e.Message, e);
        }
    }

    // Every value is written before it is read: the planes are decoded whole or refused.
    private static ushort[] Uninitialised(int count) => GC.AllocateUninitializedArray<ushort>(count);

    private static PlaneRows ReadPlane(ref SpanReader reader, PixelRect region)
    {
        var encoding = (PlaneEncoding)reader.Byte();
        if (reader.Byte() != 0 || reader.UInt16() != 0)
            throw new AttributionFormatException("A plane of a field has flags that this version does not know.");
        return new PlaneRows(reader.Take(reader.InRange(0, int.MaxValue, "Length of a plane")), region.Width, region.Height, encoding);
    }

    private static void ReadCoverage(ref SpanReader reader, AttributionLayer?[] layers, ref long total)
    {
        int index = reader.InRange(0, layers.Length - 1, "Layer of a coverage plane");
        var encoding = (PlaneEncoding)reader.Byte();
        if (reader.Byte() != 0 || reader.UInt16() != 0)
            throw new AttributionFormatException("A coverage plane has flags that this version does not know.");
        AttributionLayer layer = layers[index] ?? throw new AttributionFormatException($"Layer {index} has a field and cannot have coverage.");
        total += layer.Region.Area;
        if (total > AttributionLimits.MaxCoverageSamples)
            throw new AttributionFormatException($"Coverage of {total} samples is beyond the limit of {AttributionLimits.MaxCoverageSamples}.");
        if (!layer.Coverage.IsEmpty)
            throw new AttributionFormatException($"Layer {index} has two coverage planes.");
        var coverage = new byte[layer.Region.Area];
        PlaneCodec.Decode(reader.Rest(), coverage, layer.Region.Width, encoding);
        if (!layer.Crop.IsEmpty)
            throw new AttributionFormatException($"Layer {index} is {layer.Kind} and cannot have coverage.");
        layers[index] = CreateLayer(layer.Kind, layer.Region, layer.Source, layer.Crop, layer.Kernel, coverage);
    }

    /// <summary>Reads forward and refuses to read past the end.</summary>
    private ref struct SpanReader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;

        internal ReadOnlySpan<byte> Take(int count)
        {
            Expect(count);
            ReadOnlySpan<byte> taken = rest[..count];
            rest = rest[count..];
            return taken;
        }

        internal ReadOnlySpan<byte> Rest() => Take(rest.Length);

        internal byte Byte() => Take(1)[0];

        internal ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

        internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

        internal PixelRect Rect() => new(Int32(), Int32(), Int32(), Int32());

        internal int InRange(int low, int high, string name)
        {
            int value = Int32();
            return value >= low && value <= high ? value : throw new AttributionFormatException($"{name} {value} is outside {low} to {high}.");
        }

        internal readonly void Expect(long count)
        {
            if (count > rest.Length)
                throw new AttributionFormatException($"The file ends early: {count} bytes are needed, {rest.Length} are left.");
        }

        internal readonly void End()
        {
            if (rest.Length > 0)
                throw new AttributionFormatException($"{rest.Length} bytes are left over.");
        }
    }
}
