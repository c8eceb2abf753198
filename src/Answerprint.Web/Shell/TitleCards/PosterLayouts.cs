using static Answerprint.Web.Shell.TitleCards.PathText;

namespace Answerprint.Web.Shell.TitleCards;

/// <summary>Layouts in which heavy type is itself the picture.</summary>
internal static class PosterLayouts
{
    /// <summary>Lines of one measure stacked on the ground line, a disc rising behind.</summary>
    public static Composition Marquee(string title, Canvas c, Chooser choose)
    {
        var box = c.Inner;
        var lines = Typesetter.Stack(title, Face.Poster, box, 1);
        var top = lines[0].Y - (lines[0].Size * 0.72);
        var radius = Math.Min(c.Width, c.Height) * choose.Next(0.26, 0.36);
        var x = c.Width * choose.Next(0.62, 0.8);
        var y = Math.Max(top - (radius * 0.05), c.Height * 0.26);
        CardShape[] shapes = [new(Circle(x, y, radius), "tc-m"), new(Circle(x, y - (radius * 0.2), radius * 0.8), "tc-light", 0.28)];
        return c.Card("marquee", shapes, lines) with { Light = (x / c.Width, y / c.Height) };
    }

    /// <summary>Two grounds, one cut; the words change colour where they cross it.</summary>
    public static Composition Cut(string title, Canvas c, Chooser choose)
    {
        var lines = Typesetter.Stack(title, Face.Poster, c.Inner, 0.5);
        var at = choose.Next(0.42, 0.58);
        var lean = choose.Next(-0.16, 0.16);
        var path = choose.Next(2) == 0
            ? Polygon((c.Width * (at + lean), 0), (c.Width, 0), (c.Width, c.Height), (c.Width * (at - lean), c.Height))
            : Polygon((0, c.Height * (at + lean)), (c.Width, c.Height * (at - lean)), (c.Width, c.Height), (0, c.Height));
        return c.Card("cut", [new CardShape(path, "tc-i")], lines) with { Inverse = path };
    }

    /// <summary>Huge, with its outline echoing away behind it.</summary>
    public static Composition Echo(string title, Canvas c, Chooser choose)
    {
        var box = c.IsTall ? new Box(c.Margin, c.Height * 0.2, c.Inner.Width, c.Height * 0.68) : new Box(c.Width * 0.1, c.Height * 0.2, c.Width * 0.8, c.Height * 0.68);
        var solid = Typesetter.Block(title, Face.Poster, box, "middle", 0.5, c.Height);
        var step = Math.Min(c.Width, c.Height) * 0.034 * (choose.Next(2) == 0 ? 1 : -1);
        var lines = new List<CardLine>();
        for (var i = 4; i >= 1; i--)
        {
            lines.AddRange(solid.Select(l => l with { X = l.X + (step * i * 0.55), Y = l.Y - (Math.Abs(step) * i * 0.8), Class = "tc-line", Opacity = 0.75 - (i * 0.14) }));
        }
        lines.AddRange(solid);
        return c.Card("echo", [], lines) with { Light = (0.5, 0.55) };
    }

    /// <summary>A wall of the same words in outline, once in full.</summary>
    public static Composition Chorus(string title, Canvas c, Chooser choose)
    {
        const string gap = "\u2002";
        const int mostCopies = 8;
        var words = Typesetter.Case(title, Face.Poster).Replace(' ', '\u00A0');
        var em = Face.Poster.Width(words);
        var size = Math.Min(c.Inner.Width / em, c.Height * (c.IsTall ? 0.26 : 0.36));
        var pitch = size * 0.86;
        var centre = (c.Height + (size * Face.Poster.CapHeight())) / 2;
        var full = new CardLine(words, c.Width / 2, centre, size, em * size, "middle", Face.Poster);
        var copies = Math.Min(mostCopies, (2 * (int)Math.Ceiling(c.Width / (2 * em * size))) + 1);
        var copied = string.Join(gap, Enumerable.Repeat(words, copies));
        var shift = (em + Face.Poster.Width(gap)) * size / 2;
        var rows = (int)Math.Ceiling(c.Height / (2 * pitch));
        var lines = new List<CardLine>();
        for (var row = -rows; row <= rows; row++)
        {
            var x = (c.Width / 2) + (Math.Abs(row) % 2 == 1 ? shift : 0);
            var outline = new CardLine(copied, x, centre + (row * pitch), size, Face.Poster.Width(copied) * size, "middle", Face.Poster, "tc-line", Math.Max(0.2, 0.62 - (Math.Abs(row) * 0.1)));
            lines.Add(outline);
        }
        lines.Add(full);
        return c.Card("chorus", [new CardShape(Rect(0, 0, c.Width, c.Height), "tc-g")], lines) with { Light = (0.5, 0.5), Bleeds = true };
    }

    /// <summary>Sheets of cut paper falling from one edge; plain words below.</summary>
    public static Composition Paper(string title, Canvas c, Chooser choose)
    {
        var share = c.IsTall ? 0.5 : title.Length > 34 ? 0.62 : 0.5;
        var box = new Box(c.Margin, c.Height * (1 - share), c.Inner.Width * (c.IsTall ? 1 : 0.94), (c.Height * share) - c.Margin);
        var lines = Typesetter.Block(title, Face.Poster, box, "start", 1, c.Height * 0.3);
        var floor = lines[0].Y - (lines[0].Size * 0.9);
        var shapes = new List<CardShape>();
        var count = c.IsTall ? 5 : 7;
        for (var i = 0; i < count; i++)
        {
            var x = c.Width * (i + choose.Next(-0.12, 0.12)) / count;
            var width = c.Width / count * choose.Next(0.38, 0.86);
            var length = floor * choose.Next(0.42, 0.96);
            var slip = c.Width * choose.Next(-0.025, 0.025);
            shapes.Add(new CardShape(
                Polygon((x, -2), (x + width, -2), (x + width + slip, length * choose.Next(0.9, 1)), (x + slip + (width * 0.1), length)),
                (i % 3) switch { 0 => "tc-m", 1 => "tc-h", _ => "tc-i" }, i % 3 == 2 ? 0.92 : 1));
        }
        return c.Card("paper", shapes, lines);
    }

    /// <summary>Slats that open from left to right, as a shutter does, over a tight grotesque.</summary>
    public static Composition Shutter(string title, Canvas c, Chooser choose)
    {
        var share = c.IsTall ? 0.56 : title.Length > 30 ? 0.66 : 0.56;
        var box = new Box(c.Margin, c.Margin, c.Inner.Width, (c.Height * share) - c.Margin);
        var lines = Typesetter.Block(title, c.IsTall ? Face.Poster : Face.Grotesk, box, "start", 0, c.Height * 0.3);
        var top = Math.Max(lines[^1].Y + (lines[^1].Size * 0.42), c.Height * 0.5);
        var shapes = new List<CardShape>();
        var slats = 16;
        var pitch = c.Width / slats;
        var opens = choose.Next(2) == 0;
        for (var i = 0; i < slats; i++)
        {
            var open = (opens ? i + 1.0 : slats - i) / slats;
            shapes.Add(new CardShape(Rect(i * pitch, top, Math.Max(3, pitch * open * open * 0.98), c.Height - top), i % 5 == 3 ? "tc-h" : "tc-m"));
        }
        return c.Card("shutter", shapes, lines);
    }
}
