using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Resampling;

namespace Answerprint.Imaging.Attribution;

/// <summary>
/// A statement about a rectangle of the output: what it was made from and how. Later layers lie over earlier ones; a layer without
/// coverage hides what is below it.
/// </summary>
public sealed class AttributionLayer
{
    /// <summary>Source index of a layer that names no source.</summary>
    public const int NoSource = -1;

    private AttributionLayer(AttributionKind kind, PixelRect region, int source, PixelRect crop, ResampleKernel kernel, ReadOnlyMemory<byte> coverage, AttributionField? field = null)
    {
        (Kind, Region, Source, Crop, Kernel, Coverage, Field) = (kind, region, source, crop, kernel, coverage, field);
    }

    /// <summary>Where the values came from.</summary>
    public AttributionKind Kind { get; }

    /// <summary>The output pixels that the layer speaks of.</summary>
    public PixelRect Region { get; }

    /// <summary>Index into the map's sources, or <see cref="NoSource"/>.</summary>
    public int Source { get; }

    /// <summary>The source rectangle that became the region; empty when the layer has no geometry.</summary>
    public PixelRect Crop { get; }

    /// <summary>The filter that resampled it.</summary>
    public ResampleKernel Kernel { get; }

    /// <summary>How much of each region pixel the layer makes, 0..255, row by row; empty for all of every pixel.</summary>
    public ReadOnlyMemory<byte> Coverage { get; }

    /// <summary>The matches that patch synthesis made the region from; null for all other layers. Where it has none, the layer is not there.</summary>
    public AttributionField? Field { get; }

    /// <summary>Source pixels on each side of the source column that one output pixel takes.</summary>
    public int SupportX => Crop.IsEmpty ? 0 : Resampler.SupportInSource(Kernel, Crop.Width, Region.Width);

    /// <summary>Source pixels on each side of the source row that one output pixel takes.</summary>
    public int SupportY => Crop.IsEmpty ? 0 : Resampler.SupportInSource(Kernel, Crop.Height, Region.Height);

    /// <summary>Pixels taken from a source bit for bit.</summary>
    /// <exception cref="ArgumentException">The two rectangles differ in size.</exception>
    public static AttributionLayer Copied(PixelRect region, int source, PixelRect crop) =>
        (region.Width, region.Height) == (crop.Width, crop.Height)
            ? new(AttributionKind.Copied, region, source, crop, ResampleKernel.None, default)
            : throw new ArgumentException($"A copy keeps its size; {crop} is not that of {region}.", nameof(crop));

    /// <summary>Pixels resampled from a source: the crop became the region.</summary>
    /// <exception cref="ArgumentException">No filter is named.</exception>
    public static AttributionLayer Resampled(PixelRect region, int source, PixelRect crop, ResampleKernel kernel) =>
        kernel != ResampleKernel.None
            ? new(AttributionKind.Blended, region, source, crop, kernel, default)
            : throw new ArgumentException("Resampling has a filter.", nameof(kernel));

    /// <summary>Pixels that something drew over the layers below: type, a gradient, a brush, an engine without record.</summary>
    /// <param name="kind">Rendered, painted or not attributable.</param>
    /// <param name="region">The output pixels.</param>
    /// <param name="source">Index of the typeface, person or engine, or <see cref="NoSource"/>.</param>
    /// <param name="coverage">Alpha of each region pixel, row by row; empty for opaque. It is not copied.</param>
    /// <exception cref="ArgumentException">The kind has source pixels, or the coverage has not one byte a pixel.</exception>
    public static AttributionLayer Drawn(AttributionKind kind, PixelRect region, int source, ReadOnlyMemory<byte> coverage)
    {
        if (kind is not (AttributionKind.Rendered or AttributionKind.Painted or AttributionKind.NotAttributable))
            throw new ArgumentException($"{kind} pixels come from source pixels.", nameof(kind));
        if (!coverage.IsEmpty && coverage.Length != region.Area)
            throw new ArgumentException($"{region} has {region.Area} pixels; coverage has {coverage.Length}.", nameof(coverage));
        return new(kind, region, source, default, ResampleKernel.None, coverage);
    }

    /// <summary>Pixels that patch synthesis made: copied where a patch is one pixel, blended otherwise.</summary>
    /// <param name="x">Left edge of the region, in pixels of the output.</param>
    /// <param name="y">Top edge of the region, in pixels of the output.</param>
    /// <param name="field">The matches; its sources are indices into the map's.</param>
    public static AttributionLayer Synthesised(int x, int y, AttributionField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var kind = field.PatchSize == 1 ? AttributionKind.Copied : AttributionKind.Blended;
        return new(kind, new PixelRect(x, y, field.Width, field.Height), NoSource, default, ResampleKernel.None, default, field);
    }

    /// <summary>Pixels that were filtered from source pixels and lit: the field of single pixels names the one in the middle of what each was filtered from.</summary>
    /// <param name="x">Left edge of the region, in pixels of the output.</param>
    /// <param name="y">Top edge of the region, in pixels of the output.</param>
    /// <param name="field">The middles; its sources are indices into the map's.</param>
    public static AttributionLayer Filtered(int x, int y, AttributionField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return new(AttributionKind.Blended, new PixelRect(x, y, field.Width, field.Height), NoSource, default, ResampleKernel.None, default, field);
    }

    /// <summary>The source position that the centre of an output pixel came from, in source pixels, where 0 is the centre of the first.</summary>
    /// <exception cref="InvalidOperationException">The layer has no geometry.</exception>
    public (double X, double Y) SourcePosition(int x, int y)
    {
        if (Crop.IsEmpty)
            throw new InvalidOperationException($"{Kind} pixels have no source position.");
        return (Crop.X + (2L * (x - Region.X) + 1) * Crop.Width / (2.0 * Region.Width) - 0.5,
            Crop.Y + (2L * (y - Region.Y) + 1) * Crop.Height / (2.0 * Region.Height) - 0.5);
    }

    internal int Alpha(int x, int y) =>
        !Region.Contains(x, y) ? 0
        : Field is not null ? Field.Covers(x - Region.X, y - Region.Y) ? 255 : 0
        : Coverage.IsEmpty ? 255 : Coverage.Span[(y - Region.Y) * Region.Width + (x - Region.X)];
}
