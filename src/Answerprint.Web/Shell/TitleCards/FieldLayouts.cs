using System.Globalization;
using static Answerprint.Web.Shell.TitleCards.PathText;

namespace Answerprint.Web.Shell.TitleCards;

/// <summary>Layouts in which type stands in a field of light.</summary>
internal static class FieldLayouts
{
    /// <summary>A low sun on a horizon, wide capitals beneath it.</summary>
    public static Composition Horizon(string title, Canvas c, Chooser choose)
    {
        var horizon = c.Height * (title.Length > 14 ? 0.47 : 0.56);
        var radius = Math.Min(c.Width * 0.3, horizon * choose.Next(0.5, 0.72));
        var x = c.Width * (choose.Next(2) == 0 ? 0.5 : choose.Next(0.3, 0.7));
        var box = new Box(c.Margin, horizon + (c.Height * 0.075), c.Inner.Width, c.Height - c.Margin - horizon - (c.Height * 0.075));
        var lines = Typesetter.Block(title, Face.Wide, box, "middle", 0.35, c.Height * 0.2);
        CardShape[] shapes =
        [
            new(Circle(x, horizon, radius * 2.1), "tc-light", 0.55),
            new(Dome(x, horizon, radius), "tc-h"),
            new(Rect(0, horizon, c.Width, c.Height - horizon), "tc-g"),
            new(Rect(0, horizon, c.Width, Math.Max(2, c.Height * 0.003)), "tc-i", 0.7),
        ];
        return c.Card("horizon", shapes, lines) with { Light = (x / c.Width, horizon / c.Height) };
    }

    /// <summary>Last light: a field of colour falling to dark, a serif in the dark.</summary>
    public static Composition Dusk(string title, Canvas c, Chooser choose)
    {
        var right = choose.Next(2) == 0;
        var x = c.Width * (right ? choose.Next(0.7, 0.95) : choose.Next(0.05, 0.3));
        var radius = Math.Max(c.Width, c.Height) * choose.Next(0.62, 0.8);
        var share = title.Length > 34 ? 0.72 : c.IsTall ? 0.5 : 0.6;
        var box = new Box(c.Margin, c.Height * (1 - share), c.Inner.Width, (c.Height * share) - (c.Margin * 0.7));
        var lines = Typesetter.Block(title, Face.Serif, box, "start", 1, c.Height * (title.Length <= 4 ? 0.5 : c.IsTall ? 0.17 : 0.3));
        CardShape[] shapes =
        [
            new(Circle(x, 0, radius), "tc-glow"),
            new(Circle(x, -c.Height * 0.04, radius * 0.42), "tc-light", 0.9),
            new(Rect(0, 0, c.Width, c.Height), "tc-fall"),
        ];
        return c.Card("dusk", shapes, lines) with { Light = (x / c.Width, 0) };
    }

    /// <summary>Rings about a point off the frame's centre, with one small body on its way.</summary>
    public static Composition Orbit(string title, Canvas c, Chooser choose)
    {
        var x = c.Width * choose.Next(0.62, 0.86);
        var y = c.Height * choose.Next(0.2, 0.42);
        var shapes = new List<CardShape>();
        var reach = Math.Max(c.Width, c.Height);
        for (var i = 1; i <= 9; i++)
        {
            shapes.Add(new CardShape(Circle(x, y, reach * 0.07 * i), "tc-ring", 0.85 - (i * 0.07), i % 3 == 0 ? 5 : 2));
        }
        var ring = choose.Next(3) + 3;
        var angle = choose.Next(0.55, 1.0) * Math.PI;
        shapes.Add(new CardShape(Circle(x, y, reach * 0.045), "tc-h"));
        shapes.Add(new CardShape(Circle(x + (Math.Cos(angle) * reach * 0.07 * ring), y - (Math.Sin(angle) * reach * 0.07 * ring), reach * 0.014), "tc-i"));
        shapes.Add(new CardShape(Rect(0, 0, c.Width, c.Height), "tc-fall"));
        var share = title.Length > 20 ? 0.66 : 0.54;
        var box = new Box(c.Margin, c.Height * (1 - share), c.Inner.Width * (c.IsTall ? 1 : 0.9), (c.Height * share) - c.Margin);
        var lines = Typesetter.Block(title, choose.Next(2) == 0 ? Face.Serif : Face.Grotesk, box, "start", 1, c.Height * (c.IsTall ? 0.16 : 0.28));
        return c.Card("orbit", shapes, lines) with { Light = (x / c.Width, y / c.Height) };
    }

    /// <summary>A hairline frame, a rule above and below, a serif set in the middle with room about it.</summary>
    public static Composition Frame(string title, Canvas c, Chooser choose)
    {
        var gap = c.Margin * 0.62;
        var w = c.Width - (2 * gap);
        var h = c.Height - (2 * gap);
        var rule = Math.Min(c.Width, c.Height) * 0.09;
        var inset = c.Margin * 1.55;
        var box = new Box(inset, inset * 1.55, c.Width - (2 * inset), c.Height - (3.1 * inset));
        var lines = Typesetter.Block(title, Face.Serif, box, "middle", 0.5, c.Height * (c.IsTall ? 0.15 : 0.27));
        var line = Math.Max(2, Math.Min(c.Width, c.Height) * 0.0035);
        CardShape[] shapes =
        [
            new($"M{N(gap)} {N(gap)}h{N(w)}v{N(h)}h{N(-w)}Z", "tc-ring", 0.9, line),
            new(Rect((c.Width - rule) / 2, inset, rule, line * 2), "tc-h"),
            new(choose.Next(2) == 0 ? Circle(c.Width / 2, c.Height - inset - line, line * 3.4) : Rect((c.Width - rule) / 2, c.Height - inset - (line * 2), rule, line * 2), "tc-h"),
        ];
        return c.Card("frame", shapes, lines) with { Light = (0.5, 0.4) };
    }

    /// <summary>The first letter, larger than the frame, under the whole title.</summary>
    public static Composition Initial(string title, Canvas c, Chooser choose)
    {
        var letter = StringInfo.GetNextTextElement(title).ToUpperInvariant();
        var size = c.Height * (c.IsTall ? 1.05 : 1.5);
        var width = Face.Serif.Width(letter) * size;
        var large = new CardLine(letter, c.Width * choose.Next(0.66, 0.8), c.Height * choose.Next(0.92, 1.06), size, width, "middle", Face.Serif, "tc-m");
        var share = title.Length > 34 ? 0.7 : c.IsTall ? 0.46 : 0.54;
        var box = new Box(c.Margin, c.Height * (1 - share), c.Inner.Width * (c.IsTall ? 1 : 0.86), (c.Height * share) - (c.Margin * 0.8));
        var lines = Typesetter.Block(title, choose.Next(3) == 0 ? Face.Serif : Face.Grotesk, box, "start", 1, c.Height * (c.IsTall ? 0.13 : 0.24));
        return c.Card("initial", [], [large, .. lines]) with { Light = (0.7, 0.3), Bleeds = true };
    }

    /// <summary>Beams from a lamp beyond the edge; the words stand in the dark below.</summary>
    public static Composition Beam(string title, Canvas c, Chooser choose)
    {
        var right = choose.Next(2) == 0;
        var x = right ? c.Width * 1.04 : c.Width * -0.04;
        var y = c.Height * choose.Next(0.06, 0.2);
        var reach = Math.Max(c.Width, c.Height) * 1.5;
        var shapes = new List<CardShape>();
        var angle = 0.04;
        for (var i = 0; i < 7; i++)
        {
            var open = choose.Next(0.03, 0.115);
            shapes.Add(new CardShape(Polygon((x, y), End(angle), End(angle + open)), i % 3 == 1 ? "tc-h" : "tc-m", i % 3 == 1 ? 0.85 : 0.95));
            angle += open + choose.Next(0.03, 0.09);
        }
        shapes.Add(new CardShape(Rect(0, 0, c.Width, c.Height), "tc-fall"));
        shapes.Add(new CardShape(Circle(x, y, c.Height * 0.5), "tc-light", 0.75));
        var share = title.Length > 34 ? 0.62 : c.IsTall ? 0.44 : 0.5;
        var box = new Box(c.Margin, c.Height * (1 - share), c.Inner.Width, (c.Height * share) - c.Margin);
        var lines = Typesetter.Block(title, Face.Poster, box, "start", 1, c.Height * (title.Length <= 5 ? 0.42 : c.IsTall ? 0.17 : 0.28));
        return c.Card("beam", shapes, lines) with { Light = (right ? 1 : 0, y / c.Height) };

        (double, double) End(double turn) => (x + (Math.Cos(turn) * reach * (right ? -1 : 1)), y + (Math.Sin(turn) * reach));
    }
}
