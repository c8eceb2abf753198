using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;

namespace Answerprint.Platform.Promotion.Making;

/// <summary>Type as coverage, and where it stands in the picture.</summary>
/// <param name="Region">Its rectangle in the picture, in pixels.</param>
/// <param name="Coverage">One byte a pixel of the region, row by row; 255 is covered.</param>
/// <param name="Lines">The lines as they were broken.</param>
/// <param name="Size">Em size in pixels.</param>
internal sealed record TitleSetting(PixelRect Region, byte[] Coverage, IReadOnlyList<string> Lines, double Size)
{
    private const double Trial = 160;
    private const int MaxLines = 4;

    /// <summary>Sets a title as large as the area allows, with the line breaks that allow most.</summary>
    public static TitleSetting Set(string title, TitleTreatment treatment, PixelRect area, TitleAlignment alignment, int width, int height)
    {
        var words = treatment.Apply(title).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var best = Enumerable.Range(1, Math.Min(MaxLines, words.Length))
            .Select(count => Balance(words, count))
            .Select(lines => (Lines: lines, Size: Fit(lines, treatment, alignment, area, width, height)))
            .MaxBy(trial => trial.Size);
        var block = TypeBlock.Render(best.Lines, treatment, alignment, best.Size);
        var (w, h) = (Math.Min(block.Width, width), Math.Min(block.Height, height));
        var x = alignment switch
        {
            TitleAlignment.Left => area.X,
            TitleAlignment.Right => area.Right - w,
            _ => area.X + (area.Width - w) / 2,
        };
        var middle = area.Y + area.Height / 2;
        var y = middle * 5 < height * 2 ? area.Y : middle * 5 > height * 3 ? area.Bottom - h : middle - h / 2;
        var region = new PixelRect(Math.Clamp(x, 0, width - w), Math.Clamp(y, 0, height - h), w, h);
        return new TitleSetting(region, block.Cut(w, h), best.Lines, best.Size);
    }

    private static double Fit(string[] lines, TitleTreatment treatment, TitleAlignment alignment, PixelRect area, int width, int height)
    {
        var block = TypeBlock.Render(lines, treatment, alignment, Trial);
        var largest = treatment.MaxLineShare * Math.Min(width, height) / 0.72; // capitals stand about 0.72 em high
        var scale = Math.Min((double)area.Width / block.Width, (double)area.Height / block.Height);
        return Math.Max(8, Math.Floor(Math.Min(Trial * scale, largest) * 0.98));
    }

    /// <summary>Breaks words into a number of lines so that the longest line is as short as it can be.</summary>
    internal static string[] Balance(string[] words, int lines)
    {
        var best = (Longest: int.MaxValue, Lines: Array.Empty<string>());
        foreach (var breaks in Breaks(words.Length, lines))
        {
            var candidate = new string[lines];
            for (var (line, from) = (0, 0); line < lines; from = breaks[line++]) candidate[line] = string.Join(' ', words[from..breaks[line]]);
            var longest = candidate.Max(line => line.Length);
            if (longest < best.Longest) best = (longest, candidate);
        }
        return best.Lines;
    }

    private static IEnumerable<int[]> Breaks(int words, int lines)
    {
        if (lines == 1) return [[words]];
        return Enumerable.Range(lines - 1, words - lines + 1).SelectMany(last => Breaks(last, lines - 1).Select(head => (int[])[.. head, words]));
    }
}
