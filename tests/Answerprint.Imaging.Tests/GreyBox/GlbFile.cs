using System.Buffers.Binary;
using System.Text;

namespace Answerprint.Imaging.Tests.GreyBox;

/// <summary>Writes small binary glTF files: one buffer, meshes of plain triangles with indices.</summary>
internal static class GlbFile
{
    /// <summary>A cube of two metres around the origin, whose six sides have materials in turn, under a node that lifts it by a metre; a camera and a sun.</summary>
    public static byte[] Cube()
    {
        var positions = new List<float>();
        var indices = new List<ushort>();
        (int A, int B, int C)[] axes = [(0, 1, 2), (1, 2, 0), (2, 0, 1)];
        foreach (var (a, b, c) in axes)
            foreach (int side in new[] { -1, 1 })
            {
                int first = positions.Count / 3;
                foreach (var (u, v) in new[] { (-1, -1), (1, -1), (1, 1), (-1, 1) })
                {
                    var corner = new float[3];
                    (corner[a], corner[b], corner[c]) = (side, u * side, v);
                    positions.AddRange(corner);
                }
                indices.AddRange([.. new[] { 0, 1, 2, 0, 2, 3 }.Select(k => (ushort)(first + k))]);
            }
        const string Json = """
            {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0,1,2]}],
            "nodes":[{"name":"crate","mesh":0,"translation":[0,1,0]},{"camera":0,"translation":[0,1,6]},{"rotation":[-0.70710678,0,0,0.70710678],"extensions":{"KHR_lights_punctual":{"light":0}}}],
            "meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1,"material":0},{"attributes":{"POSITION":0},"indices":2,"material":1}]}],
            "materials":[{"name":"plank"},{"name":"sky"}],"cameras":[{"type":"perspective","perspective":{"yfov":0.6,"aspectRatio":1.5}}],
            "extensions":{"KHR_lights_punctual":{"lights":[{"type":"directional"}]}},"extensionsUsed":["KHR_lights_punctual"],
            "accessors":[{"bufferView":0,"componentType":5126,"count":24,"type":"VEC3"},{"bufferView":1,"componentType":5123,"count":18,"type":"SCALAR"},{"bufferView":1,"byteOffset":36,"componentType":5123,"count":18,"type":"SCALAR"}],
            "bufferViews":[{"buffer":0,"byteLength":288},{"buffer":0,"byteOffset":288,"byteLength":72}],"buffers":[{"byteLength":360}]}
            """;
        return Write(Json, [.. positions.SelectMany(BitConverter.GetBytes), .. indices.SelectMany(BitConverter.GetBytes)]);
    }

    /// <summary>A ball of one metre with smooth normals: <paramref name="around"/> x <paramref name="around"/> squares, two triangles each.</summary>
    public static byte[] Ball(int around)
    {
        var points = new List<float>();
        var indices = new List<uint>();
        for (int j = 0; j <= around; j++)
            for (int i = 0; i <= around; i++)
            {
                double a = 2 * Math.PI * i / around, b = Math.PI * (j + 0.25) / (around + 0.5);
                points.AddRange([(float)(Math.Sin(b) * Math.Sin(a)), (float)Math.Cos(b), (float)(Math.Sin(b) * Math.Cos(a))]);
            }
        for (int j = 0; j < around; j++)
            for (int i = 0; i < around; i++)
            {
                uint k = (uint)(j * (around + 1) + i), below = k + (uint)around + 1;
                indices.AddRange([k, below, below + 1, k, below + 1, k + 1]);
            }
        int rows = points.Count / 3;
        string json = $$"""
            {"asset":{"version":"2.0"},"scenes":[{"nodes":[0]}],"nodes":[{"name":"ball","mesh":0,"translation":[0,1,0]}],
            "meshes":[{"primitives":[{"attributes":{"POSITION":0,"NORMAL":0},"indices":1}]}],
            "accessors":[{"bufferView":0,"componentType":5126,"count":{{rows}},"type":"VEC3"},{"bufferView":1,"componentType":5125,"count":{{indices.Count}},"type":"SCALAR"}],
            "bufferViews":[{"buffer":0,"byteLength":{{rows * 12}}},{"buffer":0,"byteOffset":{{rows * 12}},"byteLength":{{indices.Count * 4}}}],"buffers":[{"byteLength":{{rows * 12 + indices.Count * 4}}}]}
            """;
        return Write(json, [.. points.SelectMany(BitConverter.GetBytes), .. indices.SelectMany(BitConverter.GetBytes)]);
    }

    public static byte[] Write(string json, byte[] binary)
    {
        byte[] text = Encoding.UTF8.GetBytes(json.PadRight((json.Length + 3) / 4 * 4));
        var file = new byte[12 + 8 + text.Length + 8 + binary.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(file, 0x46546C67);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), 2);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), text.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(16), 0x4E4F534A);
        text.CopyTo(file, 20);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(20 + text.Length), binary.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(24 + text.Length), 0x004E4942);
        binary.CopyTo(file, 28 + text.Length);
        return file;
    }
}
