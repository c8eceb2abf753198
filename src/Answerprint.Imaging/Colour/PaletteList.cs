namespace Answerprint.Imaging.Colour;

/// <summary>A palette that fits colours that are looked for.</summary>
/// <param name="Index">Its place in the list.</param>
/// <param name="Score">0 to 1: how much of the picture is near each colour, the least of them.</param>
public readonly record struct PaletteFit(int Index, double Score);

/// <summary>Palettes one after the other in memory, searched exactly for colours. Not safe for writing from several threads.</summary>
public sealed class PaletteList
{
    /// <summary>OKLab distance at which a colour no longer counts: about seven just noticeable differences.</summary>
    public const double Reach = 0.14;

    private const int Most = 8;
    private readonly List<Entry> entries = [];
    private readonly List<int> counts = [];

    /// <summary>How many there are.</summary>
    public int Count => counts.Count;

    /// <summary>Appends a palette, of which the first 8 colours count; its index is the count before.</summary>
    public void Add(IReadOnlyList<Swatch> palette)
    {
        ArgumentNullException.ThrowIfNull(palette);
        counts.Add(0);
        entries.AddRange(new Entry[Most]);
        Replace(Count - 1, palette);
    }

    /// <summary>Puts another palette in a place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public void Replace(int index, IReadOnlyList<Swatch> palette)
    {
        ArgumentNullException.ThrowIfNull(palette);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        counts[index] = Math.Min(Most, palette.Count);
        for (int i = 0; i < counts[index]; i++)
            entries[index * Most + i] = new Entry(OkLab.FromRgb(palette[i].Colour), palette[i].PartsPerMillion / 1e6);
    }

    /// <summary>The palettes that hold something near every colour, best first; of two as good the one added first.</summary>
    /// <param name="colours">What is looked for, at least one colour.</param>
    public IReadOnlyList<PaletteFit> Rank(IReadOnlyList<OkLab> colours)
    {
        ArgumentNullException.ThrowIfNull(colours);
        ArgumentOutOfRangeException.ThrowIfZero(colours.Count);
        var fits = new List<PaletteFit>();
        for (int index = 0; index < Count; index++)
        {
            double least = double.MaxValue;
            foreach (OkLab colour in colours)
                least = Math.Min(least, FitOf(index, colour));
            if (least > 0)
                fits.Add(new PaletteFit(index, least));
        }
        return [.. fits.OrderByDescending(fit => fit.Score).ThenBy(fit => fit.Index)];
    }

    /// <summary>Shares of the swatches, each less the further its colour lies: 1 where it is the same, 0 from <see cref="Reach"/> on.</summary>
    private double FitOf(int index, OkLab colour)
    {
        double fit = 0;
        for (int i = 0; i < counts[index]; i++)
        {
            Entry entry = entries[index * Most + i];
            double near = 1 - entry.Colour.DistanceSquared(colour) / (Reach * Reach);
            if (near > 0)
                fit += near * entry.Share;
        }
        return fit;
    }

    private readonly record struct Entry(OkLab Colour, double Share);
}
