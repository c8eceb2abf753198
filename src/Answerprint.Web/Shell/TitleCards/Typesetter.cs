using System.Globalization;
using System.Text;

namespace Answerprint.Web.Shell.TitleCards;

/// <summary>Sets words into a box: as one block of equal size, or as a stack of lines each as wide as the box.</summary>
internal static class Typesetter
{
    private const int MostLines = 7;

    /// <summary>A block in one size, as large as fits; <paramref name="vertical"/> is 0 for top, 0.5 for middle, 1 for bottom.</summary>
    public static IReadOnlyList<CardLine> Block(string title, Face face, Box box, string anchor, double vertical, double largest)
    {
        var words = LineBreaker.Words(Case(title, face));
        var accented = HasAccent(title);
        var best = (Size: 0.0, Lines: (IReadOnlyList<string>)[]);
        for (var count = 1; count <= Math.Min(words.Count, MostLines); count++)
        {
            var lines = LineBreaker.Break(words, count, face);
            var height = (count - 1) * face.LineHeight(accented) + Ascent(face, accented) + face.Descent();
            var size = Math.Min(Math.Min(box.Width / lines.Max(l => face.Width(l)), box.Height / height), largest);
            // Another line has to earn its place: a title in fewer lines reads faster.
            if (size > best.Size * 1.08)
            {
                best = (size, lines);
            }
        }
        return Place(best.Lines, [.. best.Lines.Select(_ => best.Size)], face, box, anchor, vertical, accented);
    }

    /// <summary>Lines each set to the full width of one measure, as film posters do; the stack never leaves the box.</summary>
    public static IReadOnlyList<CardLine> Stack(string title, Face face, Box box, double vertical)
    {
        const double mostUneven = 2.6;
        var words = LineBreaker.Words(Case(title, face));
        var accented = HasAccent(title);
        var best = (Score: 0.0, Lines: (IReadOnlyList<string>)[], Sizes: (double[])[]);
        for (var count = 1; count <= Math.Min(words.Count, MostLines); count++)
        {
            var lines = LineBreaker.Break(words, count, face);
            var narrowest = lines.Max(l => face.Width(l));
            var sizes = lines.Select(l => box.Width / Math.Max(face.Width(l), narrowest / mostUneven)).ToArray();
            var total = Height(sizes, face, accented);
            var scale = Math.Min(1, box.Height / total);
            var score = scale * scale * Math.Min(total * scale, box.Height);
            if (score > best.Score * 1.02)
            {
                best = (score, lines, [.. sizes.Select(s => s * scale)]);
            }
        }
        return Place(best.Lines, best.Sizes, face, box, "start", vertical, accented);
    }

    /// <summary>Capitals where the face is set in capitals; a title's own case everywhere else.</summary>
    public static string Case(string title, Face face) => face.IsCapitals() ? title.ToUpperInvariant() : title;

    private static double Ascent(Face face, bool accented) => face.CapHeight() + (accented && face.IsCapitals() ? 0.2 : face.IsCapitals() ? 0 : 0.06);

    private static double Height(double[] sizes, Face face, bool accented) =>
        sizes[0] * Ascent(face, accented) + sizes.Skip(1).Sum(s => s * face.LineHeight(accented)) + sizes[^1] * face.Descent();

    private static List<CardLine> Place(
        IReadOnlyList<string> lines, double[] sizes, Face face, Box box, string anchor, double vertical, bool accented)
    {
        var x = anchor switch { "middle" => box.X + (box.Width / 2), "end" => box.Right, _ => box.X };
        var y = box.Y + ((box.Height - Height(sizes, face, accented)) * vertical) + (sizes[0] * Ascent(face, accented));
        var placed = new List<CardLine>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            y += i == 0 ? 0 : sizes[i] * face.LineHeight(accented);
            placed.Add(new CardLine(lines[i], x, y, sizes[i], Math.Min(face.Width(lines[i]) * sizes[i], box.Width), anchor, face));
        }
        return placed;
    }

    private static bool HasAccent(string title)
    {
        foreach (var rune in title.EnumerateRunes())
        {
            if (rune.Value >= 0xC0 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter)
            {
                return true;
            }
        }
        return false;
    }
}
