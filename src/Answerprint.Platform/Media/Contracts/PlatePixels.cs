using System.Runtime.InteropServices;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>The samples of one channel over a data window, rows from the top.</summary>
/// <param name="Name">The channel's name.</param>
/// <param name="Sample"><see cref="PlateSample.Half"/>, <see cref="PlateSample.Float"/> or <see cref="PlateSample.UInt32"/>.</param>
/// <param name="Bytes">The samples, little endian, as the file has them to the bit.</param>
public sealed record PlatePlane(string Name, PlateSample Sample, byte[] Bytes)
{
    /// <summary>The samples as halfs.</summary>
    /// <exception cref="InvalidOperationException">They are not halfs.</exception>
    public Span<Half> Halves => Sample == PlateSample.Half ? MemoryMarshal.Cast<byte, Half>(Bytes.AsSpan()) : throw Wrong();

    /// <summary>The samples as 32-bit floats.</summary>
    /// <exception cref="InvalidOperationException">They are not 32-bit floats.</exception>
    public Span<float> Floats => Sample == PlateSample.Float ? MemoryMarshal.Cast<byte, float>(Bytes.AsSpan()) : throw Wrong();

    private InvalidOperationException Wrong() => new($"Channel '{Name}' holds {Sample}.");
}

/// <summary>An attribute of an EXR header, kept as it stands in the file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its EXR type name.</param>
/// <param name="Value">Its bytes.</param>
public sealed record PlateMetadata(string Name, string Type, byte[] Value);

/// <summary>Decoded pixels of one part, with what must go with them into the next file.</summary>
/// <param name="DataWindow">Where the pixels are.</param>
/// <param name="DisplayWindow">The picture that they are part of.</param>
/// <param name="Planes">One plane a channel.</param>
/// <param name="Attributes">Header attributes of the source besides windows, channels, compression and line order: colour, timecode, camera.</param>
public sealed record PlatePixels(PixelBox DataWindow, PixelBox DisplayWindow, IReadOnlyList<PlatePlane> Planes, IReadOnlyList<PlateMetadata> Attributes)
{
    /// <summary>The plane of a channel, or null.</summary>
    public PlatePlane? Plane(string name) => Planes.FirstOrDefault(plane => plane.Name == name);

    /// <summary>A rectangle of the pixels, copied to the bit; the display window stays.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is not inside the data window.</exception>
    public PlatePixels Crop(PixelBox box)
    {
        if (!DataWindow.Contains(box)) throw new ArgumentOutOfRangeException(nameof(box), $"{box} is not inside {DataWindow}.");
        return this with { DataWindow = box, Planes = [.. Planes.Select(plane => plane with { Bytes = Cut(plane, box) })] };
    }

    private byte[] Cut(PlatePlane plane, PixelBox box)
    {
        var size = plane.Sample == PlateSample.Half ? 2 : 4;
        var cut = new byte[checked(box.Width * box.Height * size)];
        for (var y = 0; y < box.Height; y++)
        {
            var from = ((((long)(box.Y - DataWindow.Y) + y) * DataWindow.Width) + (box.X - DataWindow.X)) * size;
            plane.Bytes.AsSpan(checked((int)from), box.Width * size).CopyTo(cut.AsSpan(y * box.Width * size));
        }

        return cut;
    }
}
