using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Studio;

/// <summary>Numbered grey frames that are drawn by a formula, and a texture that can be followed for it.</summary>
internal static class BlobPlate
{
    /// <summary>Writes 0001.png and on into a folder.</summary>
    /// <param name="folder">It is made.</param>
    /// <param name="frames">How many.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="value">0 to 255 for a pixel across and down of a frame, from 0.</param>
    public static string Write(string folder, int frames, int width, int height, Func<int, int, int, float> value)
    {
        Directory.CreateDirectory(folder);
        for (var frame = 0; frame < frames; frame++)
        {
            var picture = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                {
                    var grey = (byte)value(x, y, frame);
                    for (var c = 0; c < 3; c++) picture[x, y, c] = grey;
                }
            Assert.Null(PictureWriter.Write(Picture.Create(picture), Path.Combine(folder, $"{frame + 1:0000}.png")));
        }
        return folder;
    }

    /// <summary>Smooth blobs from hashed numbers, -0.5 to 0.5: nothing repeats.</summary>
    public static float At(float x, float y, int seed)
    {
        var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (u, v) = (x - left, y - top);
        (u, v) = (u * u * (3 - 2 * u), v * v * (3 - 2 * v));
        var (upper, lower) = (Value(left, top) + u * (Value(left + 1, top) - Value(left, top)), Value(left, top + 1) + u * (Value(left + 1, top + 1) - Value(left, top + 1)));
        return upper + v * (lower - upper);

        float Value(int i, int k)
        {
            var mixed = (uint)(i * 374761393 + k * 668265263 + seed * 1442695041);
            mixed = (mixed ^ (mixed >> 13)) * 1274126177u;
            return (mixed ^ (mixed >> 16)) / (float)uint.MaxValue - 0.5f;
        }
    }
}
