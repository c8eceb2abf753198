using System.Runtime.InteropServices;
using Answerprint.Imaging.Destruction;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>A frame taken apart, for compositing.</summary>
/// <param name="Parts">What together is the finished frame.</param>
/// <param name="Depth">Metres along the view, large where nothing fell; null before the fall.</param>
/// <param name="Normal">In the scene's axes (right, away, up), three numbers a pixel; null before the fall.</param>
/// <param name="Motion">Pixels to the right and down that a place takes to the next frame, two numbers a pixel; null before the fall.</param>
public sealed record CollapseLayerSet(CollapseParts Parts, float[]? Depth, float[]? Normal, float[]? Motion)
{
    /// <summary>As one EXR of many layers: halfs, but depth and motion in floats.</summary>
    public PlatePixels ToPlate()
    {
        var window = new PixelBox(0, 0, Parts.Width, Parts.Height);
        var area = Parts.Width * Parts.Height;
        List<PlatePlane> planes = [.. CollapseParts.Names.Select((name, i) => new PlatePlane(name, PlateSample.Half, Parts.Plane(i)))];
        planes.Add(Single("depth.Z", Depth, 1, 0, area));
        foreach (var (name, at) in (ReadOnlySpan<(string, int)>)[("normal.X", 0), ("normal.Y", 1), ("normal.Z", 2)]) planes.Add(Single(name, Normal, 3, at, area));
        foreach (var (name, at) in (ReadOnlySpan<(string, int)>)[("motion.X", 0), ("motion.Y", 1)]) planes.Add(Single(name, Motion, 2, at, area));
        return new PlatePixels(window, window, planes, []);
    }

    private static PlatePlane Single(string name, float[]? values, int channels, int at, int area)
    {
        var bytes = new byte[4 * area];
        var to = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        if (values is not null)
            for (var i = 0; i < to.Length; i++) to[i] = values[channels * i + at];
        return new PlatePlane(name, PlateSample.Float, bytes);
    }
}
