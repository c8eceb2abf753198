using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using static Answerprint.Web.Shell.TitleCards.PathText;

namespace Answerprint.Web.Shell.TitleCards;

/// <summary>Writes a composition as SVG; what was written is kept, since pages show the same titles again and again.</summary>
internal static class CardMarkup
{
    private const int MostKept = 8_000;
    private static readonly ConcurrentDictionary<(string, ArtRatio, bool), string> Kept = new();

    public static string Of(string title, ArtRatio ratio, bool backdrop)
    {
        if (Kept.TryGetValue((title, ratio, backdrop), out var kept))
        {
            return kept;
        }
        var made = Write(title, backdrop ? TitleComposer.Backdrop(title, ratio) : TitleComposer.Compose(title, ratio), $"tc{StableHash.Of(title):x}{(int)ratio}{(backdrop ? "b" : "")}", backdrop);
        if (Kept.Count < MostKept)
        {
            Kept.TryAdd((title, ratio, backdrop), made);
        }
        return made;
    }

    // Gradients are named by what they show: two cards of one title share them, and no two different ones clash.
    private static string Write(string title, Composition card, string key, bool backdrop)
    {
        var svg = new StringBuilder(2048);
        var whole = Rect(0, 0, card.Width, card.Height);
        var name = backdrop ? "aria-hidden=\"true\"" : $"role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(title)}\"";
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"titlecard tc-p{card.Palette}\" data-layout=\"{card.Layout}\" viewBox=\"0 0 {card.Width} {card.Height}\" preserveAspectRatio=\"xMidYMid slice\" {name}><defs>");
        foreach (var look in card.Shapes.Select(s => s.Class).Distinct())
        {
            svg.Append(Gradient(look, key));
        }
        svg.Append(CultureInfo.InvariantCulture, $"<radialGradient id=\"{key}v\" cx=\"{F(card.Light.X)}\" cy=\"{F(card.Light.Y)}\" r=\"1\"><stop stop-color=\"#fff\" stop-opacity=\".11\"/><stop offset=\".45\" stop-color=\"#fff\" stop-opacity=\"0\"/><stop offset=\"1\" stop-color=\"#000\" stop-opacity=\".26\"/></radialGradient>");
        if (card.Inverse is not null)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"{key}c\"><path d=\"{card.Inverse}\"/></clipPath>");
        }
        svg.Append(CultureInfo.InvariantCulture, $"</defs><path class=\"tc-g\" d=\"{whole}\"/>");
        foreach (var shape in card.Shapes)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{shape.Class}\" d=\"{shape.Path}\"{Fill(shape.Class, key)}{Opacity(shape.Opacity)}{(shape.Stroke > 0 ? $" stroke-width=\"{F(shape.Stroke)}\"" : "")}/>");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{whole}\" fill=\"url(#{key}v)\"/>");
        WriteLines(svg, card.Lines, null);
        if (card.Inverse is not null)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g clip-path=\"url(#{key}c)\">");
            WriteLines(svg, card.Lines, "tc-g");
            svg.Append("</g>");
        }
        return svg.Append("</svg>").ToString();
    }

    private static void WriteLines(StringBuilder svg, IReadOnlyList<CardLine> lines, string? look)
    {
        foreach (var line in lines)
        {
            var anchor = line.Anchor == "start" ? "" : $" text-anchor=\"{line.Anchor}\"";
            var adjust = line.Face == Face.Wide ? "spacing" : "spacingAndGlyphs";
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{line.Face.Class()} {look ?? line.Class}\" x=\"{N(line.X)}\" y=\"{N(line.Y)}\" font-size=\"{N(line.Size)}\"{anchor} textLength=\"{N(line.Width)}\" lengthAdjust=\"{adjust}\"{Opacity(line.Opacity)} aria-hidden=\"true\">{HtmlEncoder.Default.Encode(line.Text)}</text>");
        }
    }

    private static string Gradient(string look, string key) => look switch
    {
        "tc-light" => $"<radialGradient id=\"{key}l\"><stop class=\"tc-stop-h\" stop-opacity=\".9\"/><stop class=\"tc-stop-h\" offset=\"1\" stop-opacity=\"0\"/></radialGradient>",
        "tc-glow" => $"<radialGradient id=\"{key}g\"><stop class=\"tc-stop-h\" stop-opacity=\".95\"/><stop class=\"tc-stop-m\" offset=\".45\" stop-opacity=\".85\"/><stop class=\"tc-stop-m\" offset=\"1\" stop-opacity=\"0\"/></radialGradient>",
        "tc-fall" => $"<linearGradient id=\"{key}f\" x1=\"0\" x2=\"0\" y1=\"0\" y2=\"1\"><stop class=\"tc-stop-g\" offset=\".2\" stop-opacity=\"0\"/><stop class=\"tc-stop-g\" offset=\".66\" stop-opacity=\".86\"/><stop class=\"tc-stop-g\" offset=\"1\"/></linearGradient>",
        _ => "",
    };

    private static string Fill(string look, string key) => look switch
    {
        "tc-light" => $" fill=\"url(#{key}l)\"",
        "tc-glow" => $" fill=\"url(#{key}g)\"",
        "tc-fall" => $" fill=\"url(#{key}f)\"",
        _ => "",
    };

    private static string Opacity(double value) => value < 1 ? $" opacity=\"{F(value)}\"" : "";

    private static string F(double value) => Math.Round(value, 2).ToString("0.##");
}
