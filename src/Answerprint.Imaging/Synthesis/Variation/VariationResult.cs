using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>A picture made from references, and where each of its pixels came from.</summary>
public sealed class VariationResult
{
    private readonly IReadOnlyList<(int Width, int Height)> sizes;

    internal VariationResult(Picture picture, AttributionField field, IReadOnlyList<Picture> made, IReadOnlyList<Picture> references)
    {
        (Picture, Field, Scaled) = (picture, field, made);
        sizes = [.. references.Select(r => (r.Width, r.Height))];
    }

    /// <summary>The picture, at the depth of the references when they are alike, in 8 bits otherwise.</summary>
    public Picture Picture { get; }

    /// <summary>For each pixel its source pixel, in the references as <see cref="Scaled"/> has them; the window says how pixels are averaged.</summary>
    public AttributionField Field { get; }

    /// <summary>The references at the scale of the result: what <see cref="Field"/> points into. A reference that has more pixels than the result is reduced.</summary>
    public IReadOnlyList<Picture> Scaled { get; }

    /// <summary>The field in pixels of a reference as it was given.</summary>
    /// <remarks>Where a reference was reduced, the place is the middle of the pixels that the reduced one stands for.</remarks>
    public AttributionField OriginalField()
    {
        if (Enumerable.Range(0, sizes.Count).All(i => sizes[i] == (Scaled[i].Width, Scaled[i].Height)))
            return Field;
        ushort[] columns = new ushort[Field.Columns.Length], rows = new ushort[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            int source = Field.Sources[i];
            columns[i] = Middle(Field.Columns[i], Scaled[source].Width, sizes[source].Width);
            rows[i] = Middle(Field.Rows[i], Scaled[source].Height, sizes[source].Height);
        }
        // A reduced pixel is a mean even where it is one pixel of the reduced reference.
        ushort[] window = Field.PatchSize == 1 ? [1, 2, 1] : Field.Window.ToArray();
        return new AttributionField(Field.Width, Field.Height, Field.Sources.ToArray(), columns, rows, window);
    }

    /// <summary>What every pixel came from.</summary>
    /// <param name="references">The references in the order in which they were given.</param>
    /// <exception cref="ArgumentException">There are not as many as there were references, or one has another size.</exception>
    public AttributionMap MapOf(IReadOnlyList<AttributionSource> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        if (!references.Select(r => (r.Width, r.Height)).SequenceEqual(sizes))
            throw new ArgumentException("The sources are not the references that the picture was made from.", nameof(references));
        return new AttributionMap(Field.Width, Field.Height, references, [AttributionLayer.Synthesised(0, 0, OriginalField())]);
    }

    private static ushort Middle(int at, int from, int to) => (ushort)Math.Min(to - 1, (2L * at + 1) * to / (2L * from));
}
