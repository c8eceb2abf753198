using System.Buffers.Binary;

namespace Answerprint.Imaging.Attribution;

public static partial class AttributionFile
{
    private static byte[] Field(int index, AttributionLayer layer, PlaneEncoding encoding)
    {
        AttributionField field = layer.Field!;
        using var section = new MemoryStream();
        Span<byte> number = stackalloc byte[8];
        number.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(number, index);
        number[4] = (byte)field.PatchSize;
        section.Write(number);
        foreach (ushort weight in field.Window)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(number, weight);
            section.Write(number[..2]);
        }
        ushort[] columns = new ushort[field.Columns.Length], rows = new ushort[field.Rows.Length];
        FieldPlanes.ToOffsets(field, layer.Region, columns, rows);
        foreach (ReadOnlyMemory<ushort> plane in new ReadOnlyMemory<ushort>[] { field.Sources.ToArray(), columns, rows })
        {
            WritePlane(section, plane.Span, 0, field.Width, encoding);
            WritePlane(section, plane.Span, 8, field.Width, encoding);
        }
        return section.ToArray();
    }

    private static void WritePlane(MemoryStream section, ReadOnlySpan<ushort> values, int shift, int width, PlaneEncoding encoding)
    {
        var plane = new byte[values.Length];
        for (int i = 0; i < plane.Length; i++)
            plane[i] = (byte)(values[i] >> shift);
        byte[] packed = PlaneCodec.Encode(plane, width, encoding);
        if (packed.Length > plane.Length)
            (packed, encoding) = (plane, PlaneEncoding.Raw);
        Span<byte> head = stackalloc byte[8];
        head.Clear();
        head[0] = (byte)encoding;
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], packed.Length);
        section.Write(head);
        section.Write(packed);
    }
}
