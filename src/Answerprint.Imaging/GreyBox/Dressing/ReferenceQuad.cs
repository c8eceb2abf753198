namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>Four corners in a picture, clockwise from the upper left of what they frame, in pixels; what lies between them is laid flat.</summary>
/// <param name="X0">Upper left.</param>
/// <param name="Y0">Upper left.</param>
/// <param name="X1">Upper right.</param>
/// <param name="Y1">Upper right.</param>
/// <param name="X2">Lower right.</param>
/// <param name="Y2">Lower right.</param>
/// <param name="X3">Lower left.</param>
/// <param name="Y3">Lower left.</param>
public readonly record struct ReferenceQuad(double X0, double Y0, double X1, double Y1, double X2, double Y2, double X3, double Y3)
{
    private const double LeastArea = 4;

    /// <summary>The mean length of the upper and the lower side, in pixels.</summary>
    public double Across => (Length(X1 - X0, Y1 - Y0) + Length(X2 - X3, Y2 - Y3)) / 2;

    /// <summary>The mean length of the left and the right side, in pixels.</summary>
    public double Down => (Length(X3 - X0, Y3 - Y0) + Length(X2 - X1, Y2 - Y1)) / 2;

    /// <summary>Whether the corners go around clockwise without a dent, hold some pixels, and lie within a picture.</summary>
    public bool FitsIn(int width, int height)
    {
        ReadOnlySpan<(double X, double Y)> at = [(X0, Y0), (X1, Y1), (X2, Y2), (X3, Y3)];
        double area = 0;
        for (int i = 0; i < 4; i++)
        {
            var (a, b, c) = (at[i], at[(i + 1) & 3], at[(i + 2) & 3]);
            if (!(a.X >= 0 && a.X <= width && a.Y >= 0 && a.Y <= height) || !((b.X - a.X) * (c.Y - b.Y) - (b.Y - a.Y) * (c.X - b.X) > 0))
                return false;
            area += (a.X * b.Y - b.X * a.Y) / 2;
        }
        return area >= LeastArea;
    }

    /// <summary>
    /// The place in the picture of a place in the unit square, by the projective map of P. Heckbert (Fundamentals of Texture Mapping and Image
    /// Warping, 1989, 2.2.3). Only products, sums and quotients, so that all machines agree.
    /// </summary>
    internal (double X, double Y) At(double u, double v)
    {
        double sx = X0 - X1 + X2 - X3, sy = Y0 - Y1 + Y2 - Y3, dx1 = X1 - X2, dx2 = X3 - X2, dy1 = Y1 - Y2, dy2 = Y3 - Y2;
        double whole = dx1 * dy2 - dx2 * dy1, g = (sx * dy2 - dx2 * sy) / whole, h = (dx1 * sy - sx * dy1) / whole, w = g * u + h * v + 1;
        return (((X1 - X0 + g * X1) * u + (X3 - X0 + h * X3) * v + X0) / w, ((Y1 - Y0 + g * Y1) * u + (Y3 - Y0 + h * Y3) * v + Y0) / w);
    }

    private static double Length(double x, double y) => Math.Sqrt(x * x + y * y);
}
