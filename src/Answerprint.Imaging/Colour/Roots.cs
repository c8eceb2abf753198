namespace Answerprint.Imaging.Colour;

/// <summary>
/// Roots and sines from additions, multiplications, divisions and square roots alone, which IEEE 754 rounds the same way on every
/// processor; the C library's pow, cbrt and sin do not promise that.
/// </summary>
internal static class Roots
{
    /// <summary>The fifth root of a number in 0..4 by Newton's method, to the last few bits of a double.</summary>
    internal static double Fifth(double value)
    {
        if (value <= 0)
            return 0;
        // From above, Newton's steps fall until rounding stops them.
        double root = Math.Max(1, value);
        while (true)
        {
            double squared = root * root, fourth = squared * squared;
            double next = root - (root * fourth - value) / (5 * fourth);
            if (next >= root)
                return root;
            root = next;
        }
    }

    /// <summary>The cube root of any finite number.</summary>
    internal static double Cube(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;
        double magnitude = Math.Abs(value), root = Math.Max(1, magnitude);
        while (true)
        {
            double next = root - (root * root * root - magnitude) / (3 * root * root);
            if (next >= root)
                return value < 0 ? -root : root;
            root = next;
        }
    }

    /// <summary>sin(pi * x) for |x| up to 4, by its Taylor series on 0..1/2.</summary>
    internal static double SinPi(double x)
    {
        double sign = x < 0 ? -1 : 1, t = Math.Abs(x);
        t -= 2 * Math.Floor(t / 2);
        if (t >= 1)
            (sign, t) = (-sign, t - 1);
        if (t > 0.5)
            t = 1 - t;
        double angle = Math.PI * t, squared = angle * angle, term = angle, sum = angle;
        for (int i = 1; i <= 11; i++)
        {
            term = -(term * squared) / (2 * i * (2 * i + 1));
            sum += term;
        }
        return sign * sum;
    }
}
