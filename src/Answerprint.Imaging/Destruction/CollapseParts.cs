using System.Runtime.InteropServices;

namespace Answerprint.Imaging.Destruction;

/// <summary>
/// A frame taken apart, in scene light and half floats: what an artist puts together again as
/// <c>((clean * shadow * (1 - building.A) + building) * (1 - dust.A) + dust) + grain</c>, which is the finished frame.
/// Building and dust are times their alpha; mattes are 0 to 1.
/// </summary>
public sealed class CollapseParts
{
    /// <summary>Names of the channels, as EXR has layers: the finished frame is the unnamed one.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "R", "G", "B", "clean.R", "clean.G", "clean.B", "building.R", "building.G", "building.B", "building.A", "dust.R", "dust.G", "dust.B", "dust.A", "grain.R", "grain.G", "grain.B",
        "shadow.Y", "matteBuilding.A", "matteForeground.A", "matteHole.A",
    ];

    // Where each part begins in the list of names.
    internal const int Frame = 0, Clean = 3, Building = 6, Dust = 10, Grain = 14, Shadow = 17, MatteBuilding = 18, MatteForeground = 19, MatteHole = 20;

    private readonly byte[][] planes;

    /// <summary>Room for a frame.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    public CollapseParts(int width, int height)
    {
        (Width, Height) = (width, height);
        planes = new byte[Names.Count][];
        for (int k = 0; k < planes.Length; k++)
            planes[k] = new byte[checked(2 * width * height)];
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>The samples of a channel, half floats, little endian, row by row.</summary>
    /// <param name="channel">Counted as in <see cref="Names"/>.</param>
    public byte[] Plane(int channel) => planes[channel];

    internal void Set(int channel, int pixel, float value) => MemoryMarshal.Cast<byte, Half>(planes[channel].AsSpan())[pixel] = (Half)Math.Clamp(value, -65504, 65504);
}
