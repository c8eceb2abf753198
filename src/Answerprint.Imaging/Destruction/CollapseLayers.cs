namespace Answerprint.Imaging.Destruction;

/// <summary>One rendered frame, at the plate's size, row-major.</summary>
/// <param name="Colour">Linear red, green, blue, times alpha, and alpha, interleaved.</param>
/// <param name="Depth">Metres along the view; very large where nothing is.</param>
/// <param name="Shadow">What is left of the light on the ground, 0 to 1.</param>
/// <param name="Rest">Across, up (0 to 1) and whether it is an inner face: what of the plate a surface shows; interleaved.</param>
public sealed record CollapseLayers(float[] Colour, float[] Depth, float[] Shadow, float[] Rest);

/// <summary>How the pixels of a frame came about, in whole pixels.</summary>
/// <param name="Copied">The plate's own, to the bit.</param>
/// <param name="Filled">Made from the rest of the plate, where the building was.</param>
/// <param name="Rendered">The building in motion, its shadow and its dust.</param>
public readonly record struct CollapseAccount(int Copied, int Filled, int Rendered);
