using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.Synthesis.Variation;

/// <summary>References with things in them: sky, hills, a row of houses.</summary>
internal static class Textures
{
    internal static PixelBuffer<byte> Village(int width, int height, int seed = 3)
    {
        var random = new Random(seed);
        var image = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
        int ground = height * 2 / 3;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bool sky = y < ground;
                Set(image, x, y, sky ? 90 + y : 60 + random.Next(12), sky ? 140 + y : 110 + random.Next(12), sky ? 220 : 50);
            }
        }
        for (int left = 1; left < width - 6; left += 7 + random.Next(5))
        {
            int high = 5 + random.Next(Math.Max(1, height / 3)), red = 120 + random.Next(120), blue = random.Next(120);
            for (int y = ground - high; y < ground + 2; y++)
            {
                for (int x = left; x < left + 6; x++)
                    Set(image, x, Math.Max(0, y), (y - ground) % 3 == 0 ? 30 : red, 90, (x - left) % 3 == 0 ? 30 : blue);
            }
        }
        return image;
    }

    private static void Set(PixelBuffer<byte> image, int x, int y, int r, int g, int b)
    {
        image[x, y, 0] = (byte)r;
        image[x, y, 1] = (byte)g;
        image[x, y, 2] = (byte)b;
    }
}
