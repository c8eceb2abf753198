using System.Numerics;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>An exact fraction, kept in lowest terms with a positive denominator: a frame rate, a time base, an aspect ratio.</summary>
public readonly record struct Rational : IComparable<Rational>
{
    /// <summary>Makes a fraction in lowest terms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is zero or negative.</exception>
    public Rational(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var divisor = (long)BigInteger.GreatestCommonDivisor(numerator, denominator);
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    /// <summary>The upper part.</summary>
    public long Numerator { get; }

    /// <summary>The lower part; 0 only in a default value, which stands for "unknown".</summary>
    public long Denominator { get; }

    /// <summary>Whether this is a default value and not a fraction.</summary>
    public bool IsUnknown => Denominator == 0;

    /// <summary>The nearest double; 0 when unknown.</summary>
    public double ToDouble() => Denominator == 0 ? 0 : (double)Numerator / Denominator;

    /// <summary>Reads "25/1", "30000:1001" or "25"; false for "0/0", "N/A" and anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Rational value)
    {
        value = default;
        var cut = text.IndexOfAny('/', ':');
        var upper = cut < 0 ? text : text[..cut];
        long bottom = 1;
        if (!long.TryParse(upper, out var top) || (cut >= 0 && !long.TryParse(text[(cut + 1)..], out bottom)) || bottom <= 0 || top == long.MinValue)
            return false;
        value = new Rational(top, bottom);
        return true;
    }

    /// <inheritdoc />
    public int CompareTo(Rational other) =>
        ((Int128)Numerator * other.Denominator).CompareTo((Int128)other.Numerator * Denominator);

    /// <summary>Whether the left value is smaller.</summary>
    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left value is larger.</summary>
    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left value is smaller or the same.</summary>
    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left value is larger or the same.</summary>
    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => $"{Numerator}/{Denominator}";
}
