using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>Where a title stands across the picture.</summary>
public enum TitleAlignment
{
    /// <summary>Flush left, at the left margin.</summary>
    Left = 1,

    /// <summary>Centred.</summary>
    Centre = 2,

    /// <summary>Flush right, at the right margin.</summary>
    Right = 3,
}

/// <summary>Sizes that a title may take, in thousandths of the picture.</summary>
internal readonly record struct TitleShape(int Width, int Height)
{
    /// <summary>Wide pictures take a block at one side or a line; tall and square ones a line across the full width.</summary>
    internal static TitleShape[] For(long width, long height) =>
        width * 10 >= height * 15 ? [new(420, 360), new(700, 220)]
        : width * 10 >= height * 9 ? [new(880, 240)]
        : [new(880, 200)];
}

/// <summary>A place for a title in cells of a saliency map, and how calm it is.</summary>
internal readonly record struct TitleSpace(PixelRect Cells, TitleAlignment Alignment, string Where, double Calm)
{
    private const int Margin = 55;

    /// <summary>The best place inside a part of the map.</summary>
    internal static TitleSpace Find(SaliencyMap map, PixelRect within, ReadOnlySpan<TitleShape> shapes)
    {
        TitleSpace best = default;
        double bestScore = double.MinValue;
        foreach (TitleShape shape in shapes)
        {
            foreach (TitleAlignment alignment in Alignments(shape))
            {
                for (int third = 0; third < 3; third++)
                {
                    TitleSpace space = Place(map, within, shape, alignment, third);
                    double score = space.Calm + Habit(third, alignment, shape);
                    if (score > bestScore)
                        (best, bestScore) = (space, score);
                }
            }
        }
        return best;
    }

    private static TitleAlignment[] Alignments(TitleShape shape) =>
        shape.Width > 600 ? [TitleAlignment.Centre] : [TitleAlignment.Left, TitleAlignment.Right];

    /// <summary>Titles stand at the bottom and at the left unless there is a reason; across the middle they cut the picture in two.</summary>
    private static double Habit(int third, TitleAlignment alignment, TitleShape shape)
    {
        bool across = shape.Width > 600;
        double height = third == 2 ? (across ? 0.24 : 0.12) : third == 0 ? 0 : across ? -0.3 : 0.02;
        return height + (alignment == TitleAlignment.Left ? 0.04 : 0);
    }

    private static TitleSpace Place(SaliencyMap map, PixelRect within, TitleShape shape, TitleAlignment alignment, int third)
    {
        int width = Math.Max(1, within.Width * shape.Width / 1000), height = Math.Max(1, within.Height * shape.Height / 1000);
        int marginX = within.Width * Margin / 1000, marginY = within.Height * Margin / 1000;
        int x = alignment switch
        {
            TitleAlignment.Left => within.X + marginX,
            TitleAlignment.Right => within.Right - marginX - width,
            _ => within.X + (within.Width - width) / 2,
        };
        int y = third switch { 0 => within.Y + marginY, 1 => within.Y + (within.Height - height) / 2, _ => within.Bottom - marginY - height };
        var cells = new PixelRect(Math.Max(within.X, x), Math.Max(within.Y, y), width, height);
        return new TitleSpace(cells, alignment, Describe(third, alignment), Calmness(map, cells));
    }

    private static double Calmness(SaliencyMap map, PixelRect cells)
    {
        double salience = map.Values.Mean(cells.X, cells.Y, cells.Right, cells.Bottom) / 255.0;
        double detail = map.Detail.Mean(cells.X, cells.Y, cells.Right, cells.Bottom) / 16.0;
        // One face under the type spoils it however empty the rest is.
        double worst = 0, face = 0;
        for (int part = 0; part < 8; part++)
        {
            int left = cells.X + cells.Width * (part % 4) / 4, right = cells.X + cells.Width * (part % 4 + 1) / 4;
            int top = cells.Y + cells.Height * (part / 4) / 2, bottom = cells.Y + cells.Height * (part / 4 + 1) / 2;
            worst = Math.Max(worst, map.Values.Mean(left, top, right, bottom) / 255.0);
            face = Math.Max(face, map.Skin.Mean(left, top, right, bottom) / 255.0);
        }
        PixelRect covered = cells.Intersect(map.Subject);
        double hidden = covered.Area / (double)Math.Max(1, map.Subject.Area);
        return Math.Clamp(1 - 0.4 * salience - 0.35 * worst - 1.2 * face - Math.Min(0.4, detail / 60) - 0.9 * hidden, 0, 1);
    }

    private static string Describe(int third, TitleAlignment alignment) => (third, alignment) switch
    {
        (0, TitleAlignment.Left) => "upper left",
        (0, TitleAlignment.Right) => "upper right",
        (0, _) => "the top",
        (1, TitleAlignment.Left) => "the left",
        (1, TitleAlignment.Right) => "the right",
        (1, _) => "the middle",
        (_, TitleAlignment.Left) => "lower left",
        (_, TitleAlignment.Right) => "lower right",
        _ => "the bottom",
    };
}
