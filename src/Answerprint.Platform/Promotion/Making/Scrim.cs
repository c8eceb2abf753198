using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Promotion.Making;

/// <summary>A soft layer behind type, so that it can be read over a busy or bright part of a picture.</summary>
internal static class Scrim
{
    private const double Falloff = 0.42;
    private const int EdgePercent = 14;

    /// <summary>Opacity of every pixel of the picture, 0 to 255: full over the area and out to a near edge, fading smoothly elsewhere.</summary>
    /// <param name="area">Where the type stands.</param>
    /// <param name="opacity">0 to 1, over the area.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    public static byte[] Coverage(PixelRect area, double opacity, int width, int height)
    {
        var body = Extend(area, width, height);
        var reach = Falloff * Math.Min(width, height);
        var coverage = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            var dy = Math.Max(0, Math.Max(body.Y - y, y - (body.Bottom - 1)));
            for (var x = 0; x < width; x++)
            {
                var dx = Math.Max(0, Math.Max(body.X - x, x - (body.Right - 1)));
                var away = Math.Sqrt((double)dx * dx + (double)dy * dy) / reach;
                coverage[y * width + x] = away >= 1 ? (byte)0 : (byte)(255 * opacity * Smooth(1 - away) + 0.5);
            }
        }
        return coverage;
    }

    /// <summary>A layer that stops short of a near edge would look like a box; it goes to the edge.</summary>
    private static PixelRect Extend(PixelRect area, int width, int height)
    {
        var (left, top) = (area.X * 100 < width * EdgePercent ? 0 : area.X, area.Y * 100 < height * EdgePercent ? 0 : area.Y);
        var right = (width - area.Right) * 100 < width * EdgePercent ? width : area.Right;
        var bottom = (height - area.Bottom) * 100 < height * EdgePercent ? height : area.Bottom;
        return new PixelRect(left, top, right - left, bottom - top);
    }

    private static double Smooth(double t) => t * t * t * (t * (t * 6 - 15) + 10);
}
