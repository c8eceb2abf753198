using System.Globalization;
using System.Text;

namespace Answerprint.Web.Shell;

/// <summary>A drawn street at dusk: the specimen picture of the design page, so that it shows nobody's footage.</summary>
internal static class SpecimenScene
{
    private const int Width = 640;
    private const int Height = 360;

    /// <summary>One frame; <paramref name="time"/> from 0 to 1 takes the sun down and the lights on.</summary>
    public static string Frame(double time) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\">{Drawing(time, "a")}</svg>";

    /// <summary>A sheet of frames for the filmstrip, left to right, top to bottom.</summary>
    public static string Sheet(int columns, int rows)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width * columns} {Height * rows}\" width=\"{320 * columns}\" height=\"{180 * rows}\">");
        for (var i = 0; i < columns * rows; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<svg x=\"{i % columns * Width}\" y=\"{i / columns * Height}\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\">{Drawing(i / (columns * rows - 1.0), "f" + i)}</svg>");
        }
        return svg.Append("</svg>").ToString();
    }

    private static string Drawing(double time, string key)
    {
        var svg = new StringBuilder();
        var sun = 120 + (time * 170);
        svg.Append(CultureInfo.InvariantCulture, $"<defs><linearGradient id=\"{key}\" x2=\"0\" y2=\"1\"><stop stop-color=\"{Mix(0x20, 0x2c, 0x4a, 0x0a, 0x10, 0x20, time)}\"/><stop offset=\".6\" stop-color=\"{Mix(0xc9, 0x72, 0x4d, 0x4a, 0x2c, 0x3e, time)}\"/><stop offset=\"1\" stop-color=\"{Mix(0xf4, 0xc0, 0x7a, 0x7a, 0x45, 0x3a, time)}\"/></linearGradient></defs>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"640\" height=\"360\" fill=\"url(#{key})\"/><circle cx=\"{390 + (time * 40):0}\" cy=\"{sun:0}\" r=\"46\" fill=\"#ffe2b0\" opacity=\"{0.95 - (time * 0.35):0.##}\"/>");
        for (var i = 0; i < 9; i++)
        {
            var x = (i * 76) - 20;
            var top = 150 + (i * 53 % 97);
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{top}\" width=\"70\" height=\"220\" fill=\"{(i % 2 == 0 ? "#1b1c26" : "#14151d")}\"/>");
            for (var window = 0; window < 8; window++)
            {
                var lit = (i * 7) + (window * 5);
                if (lit % 11 < 2 + (time * 6))
                {
                    svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x + 10 + (window % 3 * 19)}\" y=\"{top + 14 + (window / 3 * 30)}\" width=\"10\" height=\"15\" fill=\"#ffce7c\" opacity=\".85\"/>");
                }
            }
        }
        return svg.Append("<path d=\"M0 330h640v30H0z\" fill=\"#0c0c11\"/>").ToString();
    }

    private static string Mix(int r1, int g1, int b1, int r2, int g2, int b2, double t)
    {
        int Between(int a, int b) => (int)Math.Round(a + ((b - a) * t));
        return $"#{Between(r1, r2):x2}{Between(g1, g2):x2}{Between(b1, b2):x2}";
    }
}
