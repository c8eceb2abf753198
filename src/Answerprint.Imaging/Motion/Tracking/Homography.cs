namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>
/// A projective map of the plane (Hartley and Zisserman, Multiple View Geometry, 2.3), in pixels; the middle of the first pixel is at 0.5, 0.5.
/// The rows of the matrix follow each other; its last entry is 1.
/// </summary>
public readonly record struct Homography(double A, double B, double C, double D, double E, double F, double G, double H)
{
    /// <summary>The map that moves nothing.</summary>
    public static Homography Identity { get; } = new(1, 0, 0, 0, 1, 0, 0, 0);

    /// <summary>Whether all entries are numbers.</summary>
    public bool IsFinite => double.IsFinite(A + B + C + D + E + F + G + H);

    /// <summary>A shift, in pixels.</summary>
    public static Homography Shift(double right, double down) => new(1, 0, right, 0, 1, down, 0, 0);

    /// <summary>Where a place goes.</summary>
    public (double X, double Y) Apply(double x, double y)
    {
        double w = G * x + H * y + 1;
        return ((A * x + B * y + C) / w, (D * x + E * y + F) / w);
    }

    /// <summary>This map after another one.</summary>
    public Homography After(Homography first)
    {
        double w = G * first.C + H * first.F + 1;
        return new Homography(
            (A * first.A + B * first.D + C * first.G) / w, (A * first.B + B * first.E + C * first.H) / w, (A * first.C + B * first.F + C) / w,
            (D * first.A + E * first.D + F * first.G) / w, (D * first.B + E * first.E + F * first.H) / w, (D * first.C + E * first.F + F) / w,
            (G * first.A + H * first.D + first.G) / w, (G * first.B + H * first.E + first.H) / w);
    }

    /// <summary>The way back.</summary>
    /// <exception cref="InvalidOperationException">The map folds the plane into a line or sends its origin to infinity.</exception>
    public Homography Inverse()
    {
        double w = A * E - B * D;
        var result = new Homography(
            (E - F * H) / w, (C * H - B) / w, (B * F - C * E) / w,
            (F * G - D) / w, (A - C * G) / w, (C * D - A * F) / w,
            (D * H - E * G) / w, (B * G - A * H) / w);
        return result.IsFinite ? result : throw new InvalidOperationException($"The map {this} has no way back.");
    }

    /// <summary>The same map for pictures of another size.</summary>
    /// <param name="factor">Width there over width here.</param>
    public Homography Rescale(double factor) => new(A, B, C * factor, D, E, F * factor, G / factor, H / factor);

    /// <summary>The same map for places that are counted from another origin, here and there.</summary>
    /// <param name="right">Where the new origin lies.</param>
    /// <param name="down">Where the new origin lies.</param>
    public Homography Around(double right, double down) => Shift(-right, -down).After(After(Shift(right, down)));

    /// <summary>Between two maps: entry by entry, which is exact enough from one frame to the next.</summary>
    /// <param name="first">At 0.</param>
    /// <param name="second">At 1.</param>
    /// <param name="share">Anywhere, also a little beyond.</param>
    public static Homography Between(Homography first, Homography second, double share)
    {
        return new Homography(
            Mix(first.A, second.A), Mix(first.B, second.B), Mix(first.C, second.C), Mix(first.D, second.D),
            Mix(first.E, second.E), Mix(first.F, second.F), Mix(first.G, second.G), Mix(first.H, second.H));

        double Mix(double a, double b) => a + share * (b - a);
    }

    /// <summary>How far apart two maps put the corners and the middle of a picture, at most, in pixels.</summary>
    public double Apart(Homography other, double width, double height)
    {
        double most = 0;
        foreach ((double x, double y) in (ReadOnlySpan<(double, double)>)[(0, 0), (width, 0), (0, height), (width, height), (width / 2, height / 2)])
        {
            (double x1, double y1) = Apply(x, y);
            (double x2, double y2) = other.Apply(x, y);
            most = Math.Max(most, Math.Sqrt((x1 - x2) * (x1 - x2) + (y1 - y2) * (y1 - y2)));
        }
        return most;
    }
}
