using Answerprint.Imaging.Dust;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>What a frame is put together from besides what is rendered; all of one size, plate and clean plate of one depth and order of channels.</summary>
/// <param name="Plate">The plate's frame: red, green, blue, and what else it holds.</param>
/// <param name="Clean">The same without the building.</param>
/// <param name="Building">Where the building is seen, 0 to 255, one channel.</param>
/// <param name="Foreground">What stands before it, 0 to 255, one channel.</param>
public sealed record CollapseMatter(Picture Plate, Picture Clean, PixelBuffer<byte> Building, PixelBuffer<byte> Foreground);

/// <summary>One rendered frame, at the plate's size, row-major.</summary>
/// <param name="Colour">Linear red, green, blue, times alpha, and alpha, interleaved.</param>
/// <param name="Depth">Metres along the view; very large where nothing is.</param>
/// <param name="Shadow">What is left of the light on the ground, 0 to 1.</param>
/// <param name="Rest">Across, up (0 to 1) and whether it is an inner face: what of the plate a surface shows; interleaved.</param>
public sealed record CollapseLayers(float[] Colour, float[] Depth, float[] Shadow, float[] Rest)
{
    /// <summary>What is seen beside the nearest surface within a pixel; null where that was not looked at.</summary>
    public DustBehind? Behind { get; init; }
}

/// <summary>How the pixels of a frame came about, in whole pixels.</summary>
/// <param name="Copied">The plate's own, to the bit.</param>
/// <param name="Filled">Made from the rest of the plate, where the building was.</param>
/// <param name="Blended">Plate or filling, seen through dust, in shadow or beside an edge.</param>
/// <param name="Rendered">The building in motion and dust that nothing shows through.</param>
public readonly record struct CollapseAccount(int Copied, int Filled, int Blended, int Rendered);
