using System.Numerics;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class PlateCastTests
{
    [Fact]
    public void Greys_under_another_light_show_its_colour()
    {
        Vector3 usual = Cast((1, 1, 1)), warm = Cast((1, 0.9f, 0.55f)), cold = Cast((0.75f, 0.9f, 1));
        Assert.True(warm.X > usual.X && warm.Z < 0.85f * usual.Z, $"{usual} {warm}");
        Assert.True(cold.X < usual.X && cold.Z > usual.Z, $"{usual} {cold}");
        Assert.All([usual, warm, cold], cast => Assert.All([cast.X, cast.Y, cast.Z], part => Assert.InRange(part, 0.7f, 1.4f)));
    }

    [Fact]
    public void Black_and_clipped_plates_are_taken_for_daylight()
    {
        Assert.Equal(Vector3.One, PlateLight.CastOf(PlateLight.Of(Plate((0, 0, 0)), PlateCurve.SRgb)));
        Assert.Equal(Vector3.One, PlateLight.CastOf(PlateLight.Of(Plate((900, 900, 900)), PlateCurve.SRgb)));
    }

    [Fact]
    public void What_is_clipped_does_not_count()
    {
        Picture<byte> plate = Plate((1, 0.9f, 0.55f));
        Vector3 cast = PlateLight.CastOf(PlateLight.Of(plate, PlateCurve.SRgb));
        for (int x = 0; x < 16; x++)
        {
            for (int c = 0; c < 3; c++)
                plate.Pixels[x, 0, c] = 255;
        }
        Vector3 clipped = PlateLight.CastOf(PlateLight.Of(plate, PlateCurve.SRgb));
        Assert.True(Vector3.Distance(cast, clipped) < 0.05f, $"{cast} {clipped}");
    }

    private static Vector3 Cast((float Red, float Green, float Blue) light) => PlateLight.CastOf(PlateLight.Of(Plate(light), PlateCurve.SRgb));

    /// <summary>Greys of many brightnesses under a light.</summary>
    private static Picture<byte> Plate((float Red, float Green, float Blue) light)
    {
        var pixels = new PixelBuffer<byte>(PixelLayout.Interleaved(16, 16, 3));
        for (int i = 0; i < 256; i++)
        {
            float grey = 0.9f * i / 255;
            (pixels[i % 16, i / 16, 0], pixels[i % 16, i / 16, 1], pixels[i % 16, i / 16, 2]) = (SRgb.To8Bit(grey * light.Red), SRgb.To8Bit(grey * light.Green), SRgb.To8Bit(grey * light.Blue));
        }
        return Picture.Create(pixels);
    }
}
