using System.Globalization;
using System.Text.RegularExpressions;

namespace Answerprint.Web.Tests.Shell;

/// <summary>Contrast as WCAG 2.2 measures it, of the pairs that the styles use, read from the style sheets themselves.</summary>
public sealed partial class DesignTokensTests
{
    private static readonly Dictionary<string, double> Luminances = Tokens();

    public static TheoryData<string, string, double> Pairs()
    {
        var pairs = new TheoryData<string, string, double>();
        foreach (var ground in new[] { "ink-0", "ink-1", "ink-2", "ink-3", "ink-4" })
        {
            foreach (var text in new[] { "text", "text-2", "text-3", "lamp", "lamp-hot", "good", "note", "wait", "stop" })
            {
                pairs.Add(text, ground, 4.5);
            }
        }
        pairs.Add("edge", "ink-0", 3);
        pairs.Add("edge", "ink-1", 3);
        pairs.Add("edge", "ink-2", 3);
        pairs.Add("on-light", "text", 4.5);
        pairs.Add("on-light", "lamp", 4.5);
        pairs.Add("good", "good-ground", 4.5);
        pairs.Add("note", "note-ground", 4.5);
        pairs.Add("wait", "wait-ground", 4.5);
        pairs.Add("stop", "stop-ground", 4.5);
        pairs.Add("lamp-hot", "lamp-ground", 4.5);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Contrast_is_enough(string text, string ground, double least)
    {
        var contrast = Contrast(Luminances[text], Luminances[ground]);
        Assert.True(contrast >= least, $"{text} on {ground}: {contrast:0.00}, wanted {least}");
    }

    [Fact]
    public void Title_cards_set_ink_that_can_be_read_on_their_ground()
    {
        var palettes = CardPalette().Matches(File.ReadAllText(Path.Combine(Styles(), "titlecard.css")));
        Assert.Equal(Answerprint.Web.Shell.TitleCards.TitleComposer.Palettes, palettes.Count);
        Assert.All(palettes, p =>
        {
            Assert.True(Contrast(OfHex(p.Groups[1].Value), OfHex(p.Groups[2].Value)) >= 4.5, p.Value);
            Assert.True(Contrast(OfHex(p.Groups[3].Value), OfHex(p.Groups[2].Value)) >= 4.5, p.Value + " (middle)");
        });
    }

    private static double Contrast(double a, double b) => (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);

    private static Dictionary<string, double> Tokens()
    {
        var css = File.ReadAllText(Path.Combine(Styles(), "tokens.css"));
        var tokens = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (Match match in Token().Matches(css))
        {
            // The first definition is the usual one; those in media queries come after it.
            tokens.TryAdd(match.Groups[1].Value, OfOklch(Number(match, 2), Number(match, 3), Number(match, 4)));
        }
        return tokens;
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    // Ottosson, "A perceptual color space for image processing" (2020): OKLab to linear sRGB; the luminance of what is left in gamut.
    private static double OfOklch(double lightness, double chroma, double hue)
    {
        var a = chroma * Math.Cos(hue * Math.PI / 180);
        var b = chroma * Math.Sin(hue * Math.PI / 180);
        var l = Math.Pow(lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
        var m = Math.Pow(lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
        var s = Math.Pow(lightness - (0.0894841775 * a) - (1.2914855480 * b), 3);
        var red = Math.Clamp((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s), 0, 1);
        var green = Math.Clamp((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s), 0, 1);
        var blue = Math.Clamp((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s), 0, 1);
        return (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);
    }

    private static double OfHex(string hex)
    {
        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    private static string Styles()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var styles = Path.Combine(folder.FullName, "src", "Answerprint.Web", "Client", "styles");
            if (Directory.Exists(styles))
            {
                return styles;
            }
        }
        throw new DirectoryNotFoundException("The styles lie in src/Answerprint.Web/Client/styles of the checkout.");
    }

    [GeneratedRegex(@"--([a-z0-9-]+): oklch\(([0-9.]+) ([0-9.]+) ([0-9.]+)\)")]
    private static partial Regex Token();

    [GeneratedRegex(@"--g: #([0-9a-f]{6}); --i: #([0-9a-f]{6}); --m: #([0-9a-f]{6});")]
    private static partial Regex CardPalette();
}
