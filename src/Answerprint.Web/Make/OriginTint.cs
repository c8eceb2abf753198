using Answerprint.Imaging.Attribution;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Web.Make;

/// <summary>
/// A picture of where a picture came from: each source has its hue, and within it the place in the source its shade, so that pieces that were
/// taken over together look like one. What stayed as it was is clear.
/// </summary>
internal static class OriginTint
{
    private const int MaxWidth = 960;
    private const byte Opacity = 168;

    // Far apart for the eye, also for most who see colours otherwise.
    private static readonly double[] Hues = [35, 205, 130, 300, 65, 250, 0, 165];

    public static byte[] Draw(AttributionMap map)
    {
        var width = Math.Min(MaxWidth, map.Width);
        var height = Math.Max(1, (int)((long)map.Height * width / map.Width));
        var pixels = new byte[width * height * 4];
        var made = map.Layers.Any(layer => layer.Field is not null);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (px, py) = ((int)((x + 0.5) * map.Width / width), (int)((y + 0.5) * map.Height / height));
                // Of a mean the heaviest part decides the colour.
                Colour(map, map.At(px, py).MaxBy(part => part.Weight), px, py, made).CopyTo(pixels.AsSpan((y * width + x) * 4, 4));
            }
        using var picture = StillImage.FromPixels<byte>(pixels, width, height, 4);
        return picture.Encode(new StillEncoding.Png());
    }

    private static byte[] Colour(AttributionMap map, Contribution part, int x, int y, bool made)
    {
        if (part.Source < 0 || double.IsNaN(part.X)) return [102, 98, 94, Opacity];
        var source = map.Sources[part.Source];
        // Beside what was made, what only stayed needs no colour.
        if (made && part.Kind == AttributionKind.Copied && map.Layers[0].Kind == AttributionKind.Copied && Math.Abs(part.X - x) < 0.5 && Math.Abs(part.Y - y) < 0.5) return [0, 0, 0, 0];
        var (across, down) = (part.X / Math.Max(1, source.Width), part.Y / Math.Max(1, source.Height));
        // With one source alone the hue is free to tell the place across, too.
        var hue = map.Sources.Count(other => other.Width > 0) > 1 ? Hues[part.Source % Hues.Length] + 26 * (across - 0.5) : 360 * across;
        return Rgb(hue, 0.72, 0.34 + 0.4 * down);
    }

    /// <summary>Hue in degrees, saturation and lightness from 0 to 1.</summary>
    private static byte[] Rgb(double hue, double saturation, double lightness)
    {
        byte Channel(double n)
        {
            var k = ((n + hue / 30) % 12 + 12) % 12;
            return (byte)Math.Round(255 * (lightness - saturation * Math.Min(lightness, 1 - lightness) * Math.Max(-1, Math.Min(Math.Min(k - 3, 9 - k), 1))));
        }
        return [Channel(0), Channel(8), Channel(4), Opacity];
    }
}
