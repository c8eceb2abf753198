using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>Reads the geometry that the 3D program exports (<c>pieces.bin</c>, version 1; its layout is written down in <c>collapse_export.py</c>).</summary>
public static class DebrisSceneReader
{
    /// <summary>Most objects.</summary>
    public const int MostObjects = 50_000;

    /// <summary>Most frames.</summary>
    public const int MostFrames = 20_000;

    /// <summary>Most corners, and most triangles, of all objects together.</summary>
    public const int MostElements = 16_000_000;

    private const int Version = 1, HeaderBytes = 20, PoseFloats = 15;

    /// <summary>Reads a scene.</summary>
    /// <param name="bytes">The whole file, at most 2 GiB; memory taken is in proportion to it.</param>
    /// <exception cref="InvalidDataException">It is not such a file, is cut short, or goes beyond a limit; in words.</exception>
    public static DebrisScene Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || !bytes[..8].SequenceEqual("APPIECES"u8))
            throw new InvalidDataException("This is not exported geometry.");
        var cursor = new Cursor(bytes, 8);
        int version = cursor.Count(int.MaxValue, "version"), frames = cursor.Count(MostFrames, "frames"), count = cursor.Count(MostObjects, "objects");
        if (version != Version)
            throw new InvalidDataException($"The geometry has version {version}; {Version} can be read.");
        (DebrisObject[] objects, int[] starts, int corners, int triangles) = Survey(ref cursor, frames, count);
        var scene = new DebrisScene(frames, objects, corners, triangles);
        for (int i = 0; i < count; i++)
            Fill(scene, i, new Cursor(bytes, starts[i]));
        return scene;
    }

    /// <summary>Reads sizes and poses of all objects, so that what is taken for the rest is known to be there.</summary>
    private static (DebrisObject[] Objects, int[] Starts, int Corners, int Triangles) Survey(ref Cursor cursor, int frames, int count)
    {
        var objects = new List<DebrisObject>();
        var starts = new List<int>();
        int allCorners = 0, allTriangles = 0;
        for (int i = 0; i < count; i++)
        {
            int kind = cursor.Count(1, "kind of object"), corners = cursor.Count(MostElements - allCorners, "corners"), triangles = cursor.Count(MostElements - allTriangles, "triangles");
            starts.Add(cursor.At);
            cursor.Skip((kind == 0 ? 24L : 12L) * corners + 13L * triangles + (kind == 0 ? 48L * triangles : 0));
            objects.Add(new DebrisObject(kind == 1, allCorners, corners, allTriangles, triangles, kind == 1 ? [] : Poses(ref cursor, frames)));
            (allCorners, allTriangles) = (allCorners + corners, allTriangles + triangles);
        }
        if (cursor.Left != 0)
            throw new InvalidDataException($"The geometry goes on for {cursor.Left:N0} bytes after its last object.");
        return ([.. objects], [.. starts], allCorners, allTriangles);
    }

    private static DebrisPose[] Poses(ref Cursor cursor, int frames)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(cursor.Take(4L * PoseFloats * frames));
        ThrowIfNotFinite(values);
        var result = new DebrisPose[frames];
        for (int k = 0; k < frames; k++)
        {
            ReadOnlySpan<float> m = values.Slice(k * PoseFloats, PoseFloats);
            // Written as rows for column vectors.
            result[k] = new DebrisPose(new Matrix4x4(m[0], m[4], m[8], 0, m[1], m[5], m[9], 0, m[2], m[6], m[10], 0, m[3], m[7], m[11], 1), Math.Clamp(m[12], 0, 1), Math.Clamp(m[13], 0, 1), m[14] > 0.5f);
        }
        return result;
    }

    private static void Fill(DebrisScene scene, int index, Cursor cursor)
    {
        DebrisObject own = scene.Objects[index];
        if (own.IsCached)
            cursor.Places(scene.Tint.AsSpan(own.FirstCorner, own.Corners));
        else
        {
            cursor.Places(scene.Own.AsSpan(own.FirstCorner, own.Corners));
            cursor.Places(scene.Rest.AsSpan(own.FirstCorner, own.Corners));
        }
        ReadOnlySpan<uint> corners = MemoryMarshal.Cast<byte, uint>(cursor.Take(12L * own.Triangles));
        for (int k = 0; k < corners.Length; k++)
        {
            if (corners[k] >= (uint)own.Corners)
                throw new InvalidDataException($"A triangle names corner {corners[k]} of an object of {own.Corners}.");
            scene.Corners[3 * own.FirstTriangle + k] = own.FirstCorner + (int)corners[k];
        }
        ReadOnlySpan<byte> materials = cursor.Take(own.Triangles);
        if (materials.ContainsAnyExceptInRange((byte)DebrisMaterial.Plate, (byte)DebrisMaterial.Glass))
            throw new InvalidDataException("A triangle names a material that there is not.");
        materials.CopyTo(scene.Materials.AsSpan(own.FirstTriangle));
        scene.ObjectOf.AsSpan(own.FirstTriangle, own.Triangles).Fill(index);
        if (own.IsCached)
            return;
        cursor.Places(scene.Show.AsSpan(3 * own.FirstTriangle, 3 * own.Triangles));
        cursor.Places(scene.Normals.AsSpan(own.FirstTriangle, own.Triangles));
    }

    private static void ThrowIfNotFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            // A scene is some hundred metres wide; beyond this a float holds no centimetres.
            if (!(MathF.Abs(value) <= 1e5f))
                throw new InvalidDataException($"The geometry holds the number {value}, which is no place in metres.");
        }
    }

    /// <summary>A place in the file; whatever would lead beyond its end is refused.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> bytes, int at)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;

        public int At { get; private set; } = at;

        public readonly int Left => bytes.Length - At;

        public int Count(int most, string what)
        {
            uint value = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
            return value <= (uint)most ? (int)value : throw new InvalidDataException($"The geometry counts {value:N0} {what}; at most {most:N0} are allowed here.");
        }

        public void Skip(long count) => Take(count);

        public ReadOnlySpan<byte> Take(long count)
        {
            if (count > Left)
                throw new InvalidDataException($"The geometry ends after {bytes.Length:N0} bytes, in the middle of an object.");
            ReadOnlySpan<byte> result = bytes.Slice(At, (int)count);
            At += (int)count;
            return result;
        }

        public void Places(Span<Vector3> to)
        {
            ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(Take(12L * to.Length));
            ThrowIfNotFinite(values);
            MemoryMarshal.Cast<float, Vector3>(values).CopyTo(to);
        }
    }
}
