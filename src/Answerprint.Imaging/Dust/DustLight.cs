using System.Numerics;

namespace Answerprint.Imaging.Dust;

/// <summary>What lights dust.</summary>
/// <param name="Sun">Towards the sun, of length 1.</param>
/// <param name="SunColour">Linear red, green and blue, 0 and above.</param>
/// <param name="SkyColour">The same, from above.</param>
/// <param name="Albedo">Colour of the dust itself, 0 to 1.</param>
public readonly record struct DustLight(Vector3 Sun, Vector3 SunColour, Vector3 SkyColour, Vector3 Albedo);
