using System.Numerics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>The level ground, which shows the plate and takes shadows.</summary>
internal static class DebrisGround
{
    /// <summary>The light on a place of it, as one number that is above 0: sun and sky as they usually stand to each other.</summary>
    internal static float LightAt(DebrisShade shade, Vector3 place)
    {
        (float sun, float sky, _) = shade.At(place, Vector3.UnitZ);
        return 1e-3f + shade.SunShare * sun + (1 - shade.SunShare) * sky;
    }

    /// <summary>What is left of the light that the plate was taken in: the building's own shadow is in the plate already, and where it goes it does not come back.</summary>
    internal static float Left(DebrisShade shade, float before, Vector3 place) => before <= 0 ? 1 : Math.Clamp(LightAt(shade, place) / before, 0, 1);
}
