using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>What a pixel of the result is made of.</summary>
public enum VariationVote
{
    /// <summary>A mean over 3 x 3 patches, weighted 1, 2, 1 along each axis: seams between pieces are soft, elsewhere a pixel is its source's.</summary>
    Blend,

    /// <summary>One source pixel, bit for bit.</summary>
    Copy,
}

/// <summary>What to make from references.</summary>
public sealed class VariationOptions
{
    /// <value>Width of the result in pixels, 8 to <see cref="VariationLimits.MaxDimension"/>.</value>
    public required int Width { get; init; }

    /// <value>Height of the result in pixels, 8 to <see cref="VariationLimits.MaxDimension"/>.</value>
    public required int Height { get; init; }

    /// <value>Where random numbers begin; default 0. The same seed gives the same pixels.</value>
    public ulong Seed { get; init; }

    /// <value>
    /// From 0, nearly the first reference (or the layout), to 1, pure noise; in thousandths, default 1. Up to one half only details move:
    /// the smaller, the finer; above it the arrangement is new.
    /// </value>
    public double Strength { get; init; } = 1;

    /// <value>A painting of any size that sets where colours go; null for none.</value>
    public Picture? Layout { get; init; }

    /// <value>Colours that the arrangement leans to, as far as the references hold them; empty for none. No pixel is recoloured.</value>
    public IReadOnlyList<Rgb24> Palette { get; init; } = [];

    /// <value>What a pixel of the result is made of; default <see cref="VariationVote.Blend"/>.</value>
    public VariationVote Vote { get; init; }

    /// <value>Threads, 1 to <see cref="VariationLimits.MaxThreads"/>; default 1. The result does not depend on it.</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;

    internal int StrengthPermille => (int)Math.Round(Strength * 1000);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Width, VariationLimits.MaxDimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Height, VariationLimits.MaxDimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)Width * Height, VariationLimits.MaxPixels, nameof(Width));
        if (!(Strength >= 0 && Strength <= 1))
            throw new ArgumentOutOfRangeException(nameof(Strength), Strength, "Must be 0 to 1.");
        ArgumentNullException.ThrowIfNull(Palette);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Palette.Count, VariationLimits.MaxColours, nameof(Palette));
        if (!Enum.IsDefined(Vote))
            throw new ArgumentOutOfRangeException(nameof(Vote), Vote, "No such vote.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDegreeOfParallelism, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxDegreeOfParallelism, VariationLimits.MaxThreads);
    }
}
