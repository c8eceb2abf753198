using System.Numerics;
using System.Text;

namespace Answerprint.Imaging.Tests.Destruction.Raster;

/// <summary>Exported geometry, as the 3D program writes it.</summary>
internal static class DebrisBytes
{
    /// <summary>An upright sheet that faces the camera, in a picture of 64 x 48: at rest where it is given, moved by a way of its own in each frame.</summary>
    internal static byte[] Sheet(int frames, Func<int, Vector3> way, Func<int, float> moved, byte material = 0, float left = -4, float right = 4, float low = 1, float high = 7, float away = 20)
    {
        using var stream = new MemoryStream();
        using var to = new BinaryWriter(stream);
        Vector3[] places = [new(left, away, low), new(right, away, low), new(right, away, high), new(left, away, high)];
        Begin(to, frames, 1);
        to.Write(0);
        to.Write(4);
        to.Write(2);
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (Vector3 place in places)
                Write(to, place);
        }
        int[] corners = [0, 1, 2, 0, 2, 3];
        foreach (int corner in corners)
            to.Write(corner);
        to.Write(material);
        to.Write(material);
        foreach (int corner in corners)
            Write(to, places[corner]);
        Write(to, -Vector3.UnitY);
        Write(to, -Vector3.UnitY);
        for (int k = 0; k < frames; k++)
        {
            Vector3 by = way(k);
            foreach (float value in (ReadOnlySpan<float>)[1, 0, 0, by.X, 0, 1, 0, by.Y, 0, 0, 1, by.Z, moved(k), moved(k), 1])
                to.Write(value);
        }
        return stream.ToArray();
    }

    /// <summary>One triangle whose corners a cache gives.</summary>
    internal static byte[] Cached(int frames, byte material = 4)
    {
        using var stream = new MemoryStream();
        using var to = new BinaryWriter(stream);
        Begin(to, frames, 1);
        foreach (int number in (ReadOnlySpan<int>)[1, 3, 1])
            to.Write(number);
        for (int k = 0; k < 9; k++)
            to.Write(0.5f);
        foreach (int corner in (ReadOnlySpan<int>)[0, 1, 2])
            to.Write(corner);
        to.Write(material);
        return stream.ToArray();
    }

    /// <summary>Two scenes' objects one after the other; each scene has one.</summary>
    internal static byte[] Joined(byte[] first, byte[] second)
    {
        const int header = 20, count = 16;
        byte[] result = [.. first, .. second.AsSpan(header)];
        result[count] = 2;
        return result;
    }

    /// <summary>A point cache of one triangle that falls.</summary>
    internal static byte[] Cache(int frames)
    {
        using var stream = new MemoryStream();
        using var to = new BinaryWriter(stream);
        to.Write(Encoding.ASCII.GetBytes("POINTCACHE2\0"));
        to.Write(1);
        to.Write(3);
        to.Write(1f);
        to.Write(1f);
        to.Write(frames);
        for (int k = 0; k < frames; k++)
        {
            foreach (Vector3 place in (ReadOnlySpan<Vector3>)[new(-2, 20, 5 - k), new(2, 20, 5 - k), new(0, 20, 8 - k)])
                Write(to, place);
        }
        return stream.ToArray();
    }

    private static void Begin(BinaryWriter to, int frames, int objects)
    {
        to.Write("APPIECES"u8);
        foreach (int number in (ReadOnlySpan<int>)[1, frames, objects])
            to.Write(number);
    }

    private static void Write(BinaryWriter to, Vector3 place)
    {
        to.Write(place.X);
        to.Write(place.Y);
        to.Write(place.Z);
    }
}
