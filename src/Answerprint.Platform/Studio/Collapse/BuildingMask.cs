using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>A picture that shows where a building is.</summary>
public static class BuildingMask
{
    // A grey that was saved in colours is off by that much.
    private const int SameGrey = 2;

    /// <summary>Its light times its alpha, one byte a pixel.</summary>
    /// <param name="picture">8 bits, grey or black and white.</param>
    /// <param name="name">What it is called, for words.</param>
    /// <param name="width">Pixels across of the plate.</param>
    /// <param name="height">Pixels down.</param>
    /// <exception cref="CollapseException">It is no mask of such a plate; in words.</exception>
    public static PixelBuffer<byte> Of(Picture picture, string name, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture is not Picture<byte> { Pixels: var from }) throw new CollapseException($"'{name}' has samples of {picture.Depth}; a mask is an 8-bit picture in grey or black and white");
        if ((picture.Width, picture.Height) != (width, height)) throw new CollapseException($"'{name}' is {picture.Width} x {picture.Height}; a mask is as large as the plate, {width} x {height}");
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 1));
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var light = from[x, y, 0];
                for (var c = 1; c < picture.ColourChannels; c++)
                    if (Math.Abs(from[x, y, c] - light) > SameGrey) throw new CollapseException($"'{name}' has colours, at {x}, {y} first; a mask is grey, or black and white");
                result[x, y, 0] = picture.HasAlpha ? (byte)(light * from[x, y, picture.ColourChannels] / 255) : light;
            }
        return result;
    }
}
