namespace Answerprint.Imaging.Quality.Looks;

/// <summary>
/// Tells whether two pictures are one picture cropped, scaled, encoded again or mirrored: looks for each inside the other by normalised
/// cross-correlation of their 48 x 48 luma, windows from a half to the whole of each side, coarse to fine.
/// </summary>
public static class DuplicateFinder
{
    private const int Side = LookGrid.Side;
    private const int Smallest = Side / 2;
    private const int Kept = 3;
    private const double DetailAllowance = 0.1;

    /// <summary>Compares two pictures by the luma of their grids.</summary>
    /// <param name="left">2,304 codes, as <see cref="LookGrid.Luma"/> gives them.</param>
    /// <param name="right">The same of the other picture.</param>
    /// <exception cref="ArgumentException">There are not 2,304 codes.</exception>
    public static DuplicateMatch Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Check(left, nameof(left));
        Check(right, nameof(right));
        Span<byte> mirrored = stackalloc byte[Side * Side];
        for (int y = 0; y < Side; y++)
        {
            right.Slice(y * Side, Side).CopyTo(mirrored.Slice(y * Side, Side));
            mirrored.Slice(y * Side, Side).Reverse();
        }
        DuplicateMatch straight = Best(left, right), turned = Best(left, mirrored);
        return turned.Score > straight.Score ? turned with { IsMirrored = true } : straight;
    }

    private static DuplicateMatch Best(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        DuplicateMatch inside = Find(left, right), outside = Find(right, left);
        return outside.Score > inside.Score ? outside : inside;
    }

    /// <summary>The window of a whole that looks most like a part.</summary>
    private static DuplicateMatch Find(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> part)
    {
        var integral = new WindowSums(whole);
        var own = new WindowSums(part);
        Pattern coarse = Pattern.Of(own, 8), fine = Pattern.Of(own, 16);
        Span<Candidate> best = stackalloc Candidate[Kept];
        best.Fill(new Candidate(default, double.MinValue));
        for (int width = Smallest; width <= Side; width += 4)
        {
            for (int height = Smallest; height <= Side; height += 4)
            {
                for (int y = 0; y + height <= Side; y += 4)
                {
                    for (int x = 0; x + width <= Side; x += 4)
                    {
                        var window = new Window(x, y, width, height);
                        Insert(best, new Candidate(window, coarse.Correlation(integral, window)));
                    }
                }
            }
        }
        var found = new Candidate(default, double.MinValue);
        foreach (Candidate start in best)
        {
            if (start.Score > double.MinValue)
                found = Better(found, Refine(integral, fine, start.Window));
        }
        // Portraits agree in their masses; the same picture agrees in its detail as well, as far as grid cells can be aligned.
        double detail = fine.DetailCorrelation(integral, found.Window) + DetailAllowance;
        return new DuplicateMatch((int)Math.Floor(1000 * Math.Min(found.Score, detail)), false, found.Window.Width, found.Window.Height);
    }

    private static Candidate Refine(WindowSums whole, Pattern part, Window start)
    {
        var best = new Candidate(start, part.Correlation(whole, start));
        Span<Window> around = stackalloc Window[8];
        for (int step = 2; step > 0;)
        {
            Candidate before = best;
            Neighbours(best.Window, step, around);
            foreach (Window window in around)
            {
                if (window.IsInside)
                    best = Better(best, new Candidate(window, part.Correlation(whole, window)));
            }
            if (best.Score <= before.Score)
                step--;
        }
        return best;
    }

    private static void Neighbours(Window window, int step, Span<Window> around)
    {
        around[0] = window with { X = window.X - step };
        around[1] = window with { X = window.X + step };
        around[2] = window with { Y = window.Y - step };
        around[3] = window with { Y = window.Y + step };
        around[4] = window with { Width = window.Width - step };
        around[5] = window with { Width = window.Width + step };
        around[6] = window with { Height = window.Height - step };
        around[7] = window with { Height = window.Height + step };
    }

    private static Candidate Better(Candidate one, Candidate other) => other.Score > one.Score ? other : one;

    private static void Insert(Span<Candidate> best, Candidate candidate)
    {
        for (int i = 0; i < best.Length; i++)
        {
            if (candidate.Score > best[i].Score)
                (best[i], candidate) = (candidate, best[i]);
        }
    }

    private static void Check(ReadOnlySpan<byte> luma, string name)
    {
        if (luma.Length != Side * Side)
            throw new ArgumentException($"A grid has {Side * Side} codes; these are {luma.Length}.", name);
    }

    private readonly record struct Candidate(Window Window, double Score);
}
