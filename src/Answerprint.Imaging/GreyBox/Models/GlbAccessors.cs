using System.Buffers.Binary;
using System.Text.Json;

namespace Answerprint.Imaging.GreyBox.Models;

/// <summary>Numbers in the binary chunk of a model, as accessors and views describe them.</summary>
internal sealed class GlbAccessors(JsonElement root, ReadOnlyMemory<byte> binary)
{
    private const int UnsignedByte = 5121, UnsignedShort = 5123, UnsignedInt = 5125, Float = 5126, MostStride = 252;

    /// <summary>Rows of floating-point numbers.</summary>
    /// <param name="number">Which accessor.</param>
    /// <param name="type">Its type in the standard's words, such as VEC3.</param>
    /// <param name="width">Numbers in a row.</param>
    /// <returns>The numbers, or null where they are of another type.</returns>
    internal double[]? Rows(int number, string type, int width)
    {
        JsonElement accessor = Item("accessors", number);
        if (accessor.GetProperty("type").GetString() != type || Whole(accessor, "componentType", 0) != Float)
            return null;
        var (bytes, count, stride) = View(accessor, 4 * width);
        var rows = new double[count * width];
        for (int i = 0; i < count; i++)
            for (int k = 0; k < width; k++)
                rows[i * width + k] = BinaryPrimitives.ReadSingleLittleEndian(bytes.Span[(i * stride + 4 * k)..]);
        return rows;
    }

    /// <summary>Indices of corners.</summary>
    internal int[] Indices(int number)
    {
        JsonElement accessor = Item("accessors", number);
        int kind = Whole(accessor, "componentType", 0), size = kind switch { UnsignedByte => 1, UnsignedShort => 2, UnsignedInt => 4, _ => throw new ModelFormatException($"Accessor {number} holds indices of component type {kind}.") };
        var (bytes, count, stride) = View(accessor, size);
        var indices = new int[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> at = bytes.Span[(i * stride)..];
            uint value = size == 1 ? at[0] : size == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
            indices[i] = value <= int.MaxValue ? (int)value : throw new ModelFormatException($"Accessor {number} holds the index {value}.");
        }
        return indices;
    }

    /// <summary>A member of one of the model's lists.</summary>
    internal JsonElement Item(string list, int number) =>
        root.TryGetProperty(list, out var found) && number >= 0 && number < found.GetArrayLength() ? Require(found[number], list, number) : throw new ModelFormatException($"There is no {list}[{number}].");

    /// <summary>A whole number of an object, or the usual one.</summary>
    internal static int Whole(JsonElement item, string name, int usual) =>
        !item.TryGetProperty(name, out var found) ? usual : found.TryGetInt32(out int value) ? value : throw new ModelFormatException($"'{name}' is {Short(found)} and no whole number.");

    /// <summary>Numbers of an object, or null where there are none.</summary>
    internal static double[]? Numbers(JsonElement item, string name, int count)
    {
        if (!item.TryGetProperty(name, out var found))
            return null;
        double[] numbers = found.GetArrayLength() == count ? [.. found.EnumerateArray().Select(one => one.GetDouble())] : [];
        return numbers.Length == count && numbers.All(double.IsFinite) ? numbers : throw new ModelFormatException($"'{name}' is {Short(found)} and not {count} numbers.");
    }

    private (ReadOnlyMemory<byte> Bytes, int Count, int Stride) View(JsonElement accessor, int row)
    {
        if (accessor.TryGetProperty("sparse", out _))
            throw new ModelFormatException("The model holds a sparse accessor, which is not known here.");
        JsonElement view = Item("bufferViews", Whole(accessor, "bufferView", -1));
        if (Whole(view, "buffer", 0) != 0 || (Item("buffers", 0) is var buffer && buffer.TryGetProperty("uri", out _)))
            throw new ModelFormatException("The model keeps numbers outside the file; export it as one binary file (.glb).");
        int count = Whole(accessor, "count", 0), stride = Whole(view, "byteStride", row), length = Whole(view, "byteLength", 0);
        long begin = (long)Whole(view, "byteOffset", 0) + Whole(accessor, "byteOffset", 0), end = begin + (long)stride * (count - 1) + row;
        if (count < 1 || count > 3 * ModelLimits.MaxTriangles || stride < row || stride > MostStride || length < 0 || Whole(view, "byteOffset", 0) < 0 || Whole(accessor, "byteOffset", 0) < 0
            || end > (long)Whole(view, "byteOffset", 0) + length || end > binary.Length)
            throw new ModelFormatException($"An accessor of {count} rows of {row} bytes every {stride} bytes from {begin} on leaves its view or the file of {binary.Length} bytes, or has more than {3 * ModelLimits.MaxTriangles} rows.");
        return (binary.Slice((int)begin, (int)(end - begin)), count, stride);
    }

    private static JsonElement Require(JsonElement item, string list, int number) => item.ValueKind == JsonValueKind.Object ? item : throw new ModelFormatException($"{list}[{number}] is no object.");

    private static string Short(JsonElement found) => found.GetRawText() is var text && text.Length > 40 ? text[..40] : text;
}
