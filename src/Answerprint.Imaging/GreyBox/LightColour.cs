namespace Answerprint.Imaging.GreyBox;

/// <summary>Light in linear red, green and blue.</summary>
internal static class LightColour
{
    // A black body's colour in linear sRGB of luminance 1, at these temperatures; between them the colour is mixed.
    private static readonly (double Kelvin, Vector3D Colour)[] Body =
    [
        (2000, new(2.99, 0.53, 0.02)), (2700, new(2.25, 0.73, 0.13)), (3200, new(1.96, 0.81, 0.26)), (4000, new(1.59, 0.89, 0.48)), (5000, new(1.25, 0.96, 0.78)),
        (5600, new(1.11, 0.98, 0.93)), (6500, new(1.00, 1.00, 1.00)), (8000, new(0.87, 1.02, 1.29)), (10000, new(0.77, 1.03, 1.56)), (12000, new(0.71, 1.04, 1.72)),
    ];

    internal static Vector3D Of(double kelvin)
    {
        for (int i = 0; i + 1 < Body.Length; i++)
        {
            var (a, b) = (Body[i], Body[i + 1]);
            if (kelvin <= b.Kelvin)
                return a.Colour + (b.Colour - a.Colour) * Math.Clamp((kelvin - a.Kelvin) / (b.Kelvin - a.Kelvin), 0, 1);
        }
        return Body[^1].Colour;
    }

    internal static Vector3D Times(this Vector3D a, Vector3D b) => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z);
}
