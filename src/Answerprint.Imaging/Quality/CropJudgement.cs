using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>How well a rectangle of cells frames what matters.</summary>
internal readonly record struct CropJudgement(double Score, string Reason)
{
    internal static CropJudgement Of(SaliencyMap map, PixelRect crop, int zoom, AspectRatio aspect)
    {
        Plane values = map.Values;
        double total = Math.Max(1, values.Sum(0, 0, map.Width, map.Height));
        double kept = values.Sum(crop.X, crop.Y, crop.Right, crop.Bottom) / total;
        PixelRect subject = map.Subject, inside = subject.Intersect(crop);
        double whole = inside.Area / (double)subject.Area;
        double cut = EdgeSalience(map, crop);
        double placed = Placement(crop, inside, aspect);
        double score = 0.30 * kept + 0.34 * whole + 0.16 * placed + 0.10 * Headroom(crop, subject) + 0.10 * Size(crop, inside) - 0.25 * cut - (100 - zoom) * 0.0012;
        string reason = whole > 0.95 ? "keeps the whole subject" : $"keeps {(int)(whole * 100)} % of the subject";
        reason += cut > 0.5 ? ", an edge runs through something" : ", nothing is cut through";
        return new CropJudgement(score, $"{reason}, {(int)(kept * 100)} % of what draws the eye");
    }

    /// <summary>Mean salience, 0..1, along the edges that are not the frame's own.</summary>
    private static double EdgeSalience(SaliencyMap map, PixelRect crop)
    {
        Plane values = map.Values;
        int worst = 0;
        if (crop.X > 0)
            worst = Math.Max(worst, values.Mean(crop.X - 1, crop.Y, crop.X + 1, crop.Bottom));
        if (crop.Right < map.Width)
            worst = Math.Max(worst, values.Mean(crop.Right - 1, crop.Y, crop.Right + 1, crop.Bottom));
        if (crop.Y > 0)
            worst = Math.Max(worst, values.Mean(crop.X, crop.Y - 1, crop.Right, crop.Y + 1));
        if (crop.Bottom < map.Height)
            worst = Math.Max(worst, values.Mean(crop.X, crop.Bottom - 1, crop.Right, crop.Bottom + 1) / 2);
        return Math.Min(1, worst / 160.0);
    }

    /// <summary>Tall shapes want the subject on the middle line; wide ones on it or on a line of thirds.</summary>
    private static double Placement(PixelRect crop, PixelRect inside, AspectRatio aspect)
    {
        if (inside.IsEmpty)
            return 0;
        double x = (inside.X + inside.Width / 2.0 - crop.X) / crop.Width;
        double off = Math.Abs(x - 0.5);
        if (aspect.Width * 10 > aspect.Height * 13)
            off = Math.Min(off, Math.Min(Math.Abs(x - 1 / 3.0), Math.Abs(x - 2 / 3.0)));
        return Math.Clamp(1 - 4 * off, 0, 1);
    }

    /// <summary>1 when there is a little air above the subject, 0 when its top is cut off.</summary>
    private static double Headroom(PixelRect crop, PixelRect subject)
    {
        double air = (subject.Y - crop.Y) / (double)crop.Height;
        return subject.Y < crop.Y ? 0 : air < 0.06 ? 0.5 + air / 0.12 : air > 0.4 ? Math.Max(0, 1 - (air - 0.4) * 2) : 1;
    }

    /// <summary>1 when the subject takes a tenth to half of the crop.</summary>
    private static double Size(PixelRect crop, PixelRect inside)
    {
        double share = inside.Area / (double)crop.Area;
        return share < 0.1 ? share / 0.1 : share > 0.5 ? Math.Max(0, 1 - (share - 0.5)) : 1;
    }
}
