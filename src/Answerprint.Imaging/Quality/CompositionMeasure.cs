using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>Whether salience gathers in one subject that is whole, large enough and well placed.</summary>
internal sealed class CompositionMeasure
{
    private readonly double gathered;
    private readonly double size;
    private readonly double placed;
    private readonly double whole;
    private readonly double people;
    private readonly double centreX;

    private CompositionMeasure(double gathered, double size, double placed, double whole, double people, double centreX)
    {
        (this.gathered, this.size, this.placed, this.whole, this.people, this.centreX) = (gathered, size, placed, whole, people, centreX);
    }

    internal static CompositionMeasure Of(SaliencyMap map)
    {
        PixelRect subject = map.Subject;
        double total = Math.Max(1, map.Values.Sum(0, 0, map.Width, map.Height));
        double inside = map.Values.Sum(subject.X, subject.Y, subject.Right, subject.Bottom) / total;
        double share = subject.Area / (double)((long)map.Width * map.Height);
        double x = (subject.X + subject.Width / 2.0) / map.Width, y = (subject.Y + subject.Height / 2.0) / map.Height;
        // Touching the bottom is how people are framed; touching the other sides cuts something off.
        int touching = (subject.X <= 0 ? 1 : 0) + (subject.Right >= map.Width ? 1 : 0) + (subject.Y <= 0 ? 1 : 0);
        return new CompositionMeasure(inside / (inside + share), share, Placement(x, y), 1 - touching / 3.0, People(map), x);
    }

    internal (double Value, string Reason) Judge()
    {
        double fits = size < 0.04 ? size / 0.04 : size > 0.5 ? Math.Max(0, 1 - (size - 0.5) / 0.5) : 1;
        double focused = Math.Clamp((gathered - 0.5) / 0.3, 0, 1);
        double value = 0.25 * focused + 0.15 * fits + 0.15 * placed + 0.10 * whole + 0.35 * people;
        string side = centreX < 0.42 ? "left of centre" : centreX > 0.58 ? "right of centre" : "in the middle";
        string reason = people > 0.5 ? $"tones like skin stand out {side}"
            : focused < 0.3 ? "busy: nothing stands out"
            : size < 0.04 ? $"small subject {side}"
            : whole < 0.6 ? "the subject is cut by the frame"
            : placed > 0.7 ? $"clear subject {side}, well placed" : $"clear subject {side}";
        return (value, reason);
    }

    /// <summary>0..1: how much of the frame is patches that are likely faces; a tenth of it is a good portrait.</summary>
    private static double People(SaliencyMap map)
    {
        long likely = 0;
        foreach (int value in map.Skin.Values)
            likely += value > 70 ? value : 0;
        return Math.Min(1, likely * 10.0 / (255.0 * map.Skin.Values.Length));
    }

    /// <summary>1 where lines of thirds cross or on the vertical middle line, falling with the distance.</summary>
    private static double Placement(double x, double y)
    {
        double dx = Math.Min(Math.Abs(x - 0.5), Math.Min(Math.Abs(x - 1 / 3.0), Math.Abs(x - 2 / 3.0)));
        double dy = Math.Min(Math.Abs(y - 0.5), Math.Min(Math.Abs(y - 1 / 3.0), Math.Abs(y - 2 / 3.0)));
        return Math.Clamp(1 - 3 * Math.Sqrt(dx * dx + dy * dy), 0, 1);
    }
}
