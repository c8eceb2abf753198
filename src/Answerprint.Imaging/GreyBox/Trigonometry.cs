namespace Answerprint.Imaging.GreyBox;

/// <summary>Angles from power series: the functions of a C library differ in their last bits from machine to machine, these do not.</summary>
internal static class Trigonometry
{
    internal const double Pi = 3.14159265358979323846;

    internal static (double Sin, double Cos) SinCos(double degrees)
    {
        double turn = degrees - 360 * Math.Floor(degrees / 360);
        int quarter = (int)((turn + 45) / 90) & 3;
        double x = (turn - 90 * Math.Floor((turn + 45) / 90)) * (Pi / 180), z = x * x;
        double sin = x * (1 - z / 6 * (1 - z / 20 * (1 - z / 42 * (1 - z / 72 * (1 - z / 110 * (1 - z / 156))))));
        double cos = 1 - z / 2 * (1 - z / 12 * (1 - z / 30 * (1 - z / 56 * (1 - z / 90 * (1 - z / 132 * (1 - z / 182))))));
        return quarter switch { 0 => (sin, cos), 1 => (cos, -sin), 2 => (-sin, -cos), _ => (-cos, sin) };
    }

    /// <summary>The angle of a direction in radians, above -pi to pi.</summary>
    internal static double Atan2(double y, double x)
    {
        if (x == 0 && y == 0)
            return 0;
        double ax = Math.Abs(x), ay = Math.Abs(y);
        double angle = ay <= ax ? Atan(ay / ax) : Pi / 2 - Atan(ax / ay);
        if (x < 0)
            angle = Pi - angle;
        return y < 0 ? -angle : angle;
    }

    /// <summary>Two raised to a number of stops.</summary>
    internal static double PowerOfTwo(double stops)
    {
        double whole = Math.Floor(stops), rest = stops - whole, value = 1, root = 2;
        for (int i = 0; i < 30; i++)
        {
            root = Math.Sqrt(root);
            rest *= 2;
            if (rest >= 1)
                (value, rest) = (value * root, rest - 1);
        }
        for (; whole > 0; whole--)
            value *= 2;
        for (; whole < 0; whole++)
            value /= 2;
        return value;
    }

    private static double Atan(double z)
    {
        // Half the angle twice: then |z| < 0.2 and the series is short.
        z /= 1 + Math.Sqrt(1 + z * z);
        z /= 1 + Math.Sqrt(1 + z * z);
        double s = z * z, sum = 0;
        for (int k = 21; k >= 1; k -= 2)
            sum = 1.0 / k - s * sum;
        return 4 * z * sum;
    }
}
