using System.Runtime.InteropServices;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class CollapsePartsTests
{
    private const int Side = 48;

    [Fact]
    public void Parts_put_together_are_the_finished_frame_in_half_precision()
    {
        (CollapseMatter matter, CollapseLayers layers, float[] dust) = Everything();
        var parts = new CollapseParts(Side, Side);
        var made = (Picture<Half>)new CollapseComposite(matter.Plate, PlateCurve.Linear, 5).Make(matter, layers, dust, 3, out CollapseAccount account, parts);
        Assert.True(account is { Copied: > 50, Filled: > 50, Blended: > 50, Rendered: > 50 }, account.ToString());
        for (int i = 0; i < Side * Side; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                float again = Together(parts, i, c), frame = (float)made.Pixels[i % Side, i / Side, c];
                // Five products and sums of halves, 11 bits each.
                Assert.True(MathF.Abs(again - frame) <= 4e-3f * Math.Max(frame, 0.05f), $"{i % Side}, {i / Side}, {c}: {again} and {frame}");
                Assert.Equal(frame, At(parts, c, i), 1e-3f * Math.Max(frame, 0.01f));
            }
        }
    }

    [Fact]
    public void Before_the_fall_the_parts_are_the_plate()
    {
        (CollapseMatter matter, _, _) = Everything();
        CollapseParts parts = new CollapseComposite(matter.Plate, PlateCurve.Linear, 5).Standing(matter);
        PixelBuffer<Half> plate = ((Picture<Half>)matter.Plate).Pixels;
        for (int i = 0; i < Side * Side; i++)
        {
            for (int c = 0; c < 3; c++)
                Assert.Equal((float)plate[i % Side, i / Side, c], Together(parts, i, c), 1e-3f);
        }
    }

    private static float Together(CollapseParts parts, int i, int c)
    {
        float light = At(parts, CollapseParts.Clean + c, i) * At(parts, CollapseParts.Shadow, i) * (1 - At(parts, CollapseParts.Building + 3, i)) + At(parts, CollapseParts.Building + c, i);
        return light * (1 - At(parts, CollapseParts.Dust + 3, i)) + At(parts, CollapseParts.Dust + c, i) + At(parts, CollapseParts.Grain + c, i);
    }

    private static float At(CollapseParts parts, int channel, int i) => (float)MemoryMarshal.Cast<byte, Half>(parts.Plane(channel))[i];

    /// <summary>A frame with every case: sky, hole, soft edges, what stands, what fell, a foreground, shadow, thin and thick dust, light above white.</summary>
    private static (CollapseMatter Matter, CollapseLayers Layers, float[] Dust) Everything()
    {
        var random = new Random(11);
        PixelBuffer<Half> plate = new(PixelLayout.Planar(Side, Side, 3)), clean = new(PixelLayout.Planar(Side, Side, 3));
        PixelBuffer<byte> building = new(PixelLayout.Interleaved(Side, Side, 1)), foreground = new(PixelLayout.Interleaved(Side, Side, 1));
        var layers = new CollapseLayers(new float[Side * Side * 4], new float[Side * Side], [.. Enumerable.Repeat(1f, Side * Side)], new float[Side * Side * 3]);
        var dust = new float[4 * Side * Side];
        for (int y = 0, i = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++, i++)
            {
                for (int c = 0; c < 3; c++)
                    (plate[x, y, c], clean[x, y, c]) = ((Half)(3 * random.NextSingle()), (Half)(3 * random.NextSingle()));
                building[x, y, 0] = x is >= 10 and < 30 ? (byte)(x == 10 ? 100 : 255) : (byte)0;
                foreground[x, y, 0] = y >= 40 ? (byte)(y == 40 ? 90 : 255) : (byte)0;
                if (y is >= 36 and < 44 && x > 24)
                    layers.Shadow[i] = 0.4f;
                if (x is >= 14 and < 22)
                {
                    bool stands = y > 20;
                    layers.Colour[4 * i + 3] = stands || y > 10 ? 1 : 0.5f;
                    (layers.Rest[3 * i], layers.Rest[3 * i + 1]) = stands ? ((x + 0.5f) / Side, 1 - (y + 0.5f) / Side) : (0.1f, 0.1f);
                    for (int c = 0; c < 3; c++)
                        layers.Colour[4 * i + c] = 0.3f * layers.Colour[4 * i + 3];
                }
                dust[4 * i + 3] = x > 34 && y is > 6 and < 30 ? y < 14 ? 1 : 0.6f : 0;
                for (int c = 0; c < 3; c++)
                    dust[4 * i + c] = 0.8f * dust[4 * i + 3];
            }
        }
        return (new CollapseMatter(Picture.Create(plate), Picture.Create(clean), building, foreground), layers, dust);
    }
}
