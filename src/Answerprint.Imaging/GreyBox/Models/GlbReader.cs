using System.Buffers.Binary;
using System.Text.Json;

namespace Answerprint.Imaging.GreyBox.Models;

/// <summary>Reads binary glTF 2.0 (Khronos Group, ISO/IEC 12113): meshes, transforms, materials' names, the first camera and the first directional light.</summary>
public static class GlbReader
{
    private const uint Magic = 0x46546C67, JsonChunk = 0x4E4F534A, BinaryChunk = 0x004E4942;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    // Extensions that only say how a surface shines, or where a light is: a form is the same without them.
    private static readonly string[] Harmless = ["KHR_materials_", "KHR_lights_punctual", "KHR_texture_", "EXT_texture_", "KHR_animation_pointer", "KHR_xmp"];

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="ModelFormatException">It is no such file, is damaged, goes beyond a limit of <see cref="ModelLimits"/>, or needs an extension that is not known.</exception>
    public static Model Read(ReadOnlyMemory<byte> file)
    {
        var (json, binary) = Chunks(file);
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new ModelFormatException("The JSON of the model is no object.");
            CheckExtensions(root);
            return new GlbScene(root, binary).Build();
        }
        catch (JsonException error)
        {
            throw new ModelFormatException($"The JSON of the model cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException)
        {
            // A member is missing or of another kind than the standard says, or text that is no Unicode.
            throw new ModelFormatException($"The JSON of the model is not as glTF says: {error.Message}", error);
        }
        catch (FormatException error)
        {
            throw new ModelFormatException($"The JSON of the model holds a number that is out of range: {error.Message}", error);
        }
    }

    private static (ReadOnlyMemory<byte> Json, ReadOnlyMemory<byte> Binary) Chunks(ReadOnlyMemory<byte> file)
    {
        if (file.Length > ModelLimits.MaxBytes)
            throw new ModelFormatException($"A model of {file.Length} bytes is beyond the limit of {ModelLimits.MaxBytes}.");
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length < 20 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
            throw new ModelFormatException("This is no binary glTF: it does not begin with 'glTF'. In Blender: File, Export, glTF 2.0, format glTF Binary (.glb).");
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (version != 2)
            throw new ModelFormatException($"The model is glTF {version}; 2 can be read.");
        ReadOnlyMemory<byte> json = default, binary = default;
        for (int at = 12; at + 8 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]), kind = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            if (length > file.Length - at - 8)
                throw new ModelFormatException($"A chunk of {length} bytes at {at} goes beyond the end of the file.");
            ReadOnlyMemory<byte> chunk = file.Slice(at + 8, (int)length);
            if (kind == JsonChunk && json.IsEmpty)
                json = chunk;
            else if (kind == BinaryChunk && binary.IsEmpty)
                binary = chunk;
            at += 8 + (int)length;
        }
        if (json.IsEmpty || json.Length > ModelLimits.MaxJsonBytes)
            throw new ModelFormatException($"The model's JSON has {json.Length} bytes; 1 to {ModelLimits.MaxJsonBytes} are possible.");
        return (json, binary);
    }

    private static void CheckExtensions(JsonElement root)
    {
        if (!root.TryGetProperty("extensionsRequired", out var required))
            return;
        foreach (JsonElement one in required.EnumerateArray())
            if (one.GetString() is var name && (name is null || !Harmless.Any(known => name.StartsWith(known, StringComparison.Ordinal))))
                throw new ModelFormatException($"The model needs the extension '{(name?.Length > 64 ? name[..64] : name)}', which is not known here; export it without compression.");
    }
}
