using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Attribution;

/// <summary>One part of one pixel.</summary>
/// <param name="Kind">Where the value came from.</param>
/// <param name="Source">Index into the map's sources, or <see cref="AttributionLayer.NoSource"/>.</param>
/// <param name="X">Column in the source, NaN when the part has no source pixel.</param>
/// <param name="Y">Row in the source, NaN when the part has no source pixel.</param>
/// <param name="Weight">Its share in units of 1 / <see cref="AttributionMap.PixelWeight"/>.</param>
public readonly record struct Contribution(AttributionKind Kind, int Source, double X, double Y, int Weight);

/// <summary>What one source gave to an output.</summary>
/// <param name="Kind">How it was used.</param>
/// <param name="Source">Index into the map's sources, or <see cref="AttributionLayer.NoSource"/>.</param>
/// <param name="Weight">Sum over all pixels, in units of 1 / <see cref="AttributionMap.PixelWeight"/> pixel.</param>
/// <param name="PartsPerMillion">The same as a share; the shares of a map add to exactly 1,000,000.</param>
public readonly record struct AttributionShare(AttributionKind Kind, int Source, long Weight, int PartsPerMillion);

/// <summary>For every pixel of an output: what it was made from.</summary>
public sealed partial class AttributionMap
{
    /// <summary>The whole of one pixel, as contributions count it.</summary>
    public const int PixelWeight = 65_535;

    /// <summary>A map.</summary>
    /// <param name="width">Width of the output, in pixels.</param>
    /// <param name="height">Height of the output, in pixels.</param>
    /// <param name="sources">What pixels came from.</param>
    /// <param name="layers">Statements, lowest first.</param>
    /// <exception cref="ArgumentException">A layer leaves the output, or names a source or source pixels that do not exist, or a limit is passed.</exception>
    public AttributionMap(int width, int height, IReadOnlyList<AttributionSource> sources, IReadOnlyList<AttributionLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(layers);
        (Width, Height, Sources, Layers) = (width, height, [.. sources], [.. layers]);
        if (FindFault() is { } fault)
            throw new ArgumentException(fault);
    }

    /// <summary>Width of the output, in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the output, in pixels.</summary>
    public int Height { get; }

    /// <summary>What pixels came from.</summary>
    public IReadOnlyList<AttributionSource> Sources { get; }

    /// <summary>Statements, lowest first.</summary>
    public IReadOnlyList<AttributionLayer> Layers { get; }

    /// <summary>The parts of one pixel, topmost first; their weights add to <see cref="PixelWeight"/>. What no layer covers is not attributable.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel is outside the output.</exception>
    public IReadOnlyList<Contribution> At(int x, int y)
    {
        if (!new PixelRect(0, 0, Width, Height).Contains(x, y))
            throw new ArgumentOutOfRangeException(nameof(x), (x, y), $"Must lie inside {Width} x {Height}.");
        var parts = new List<Contribution>(2);
        int left = PixelWeight;
        for (int i = Layers.Count - 1; i >= 0 && left > 0; i--)
        {
            AttributionLayer layer = Layers[i];
            int weight = Part(left, layer.Alpha(x, y));
            left -= weight;
            if (weight == 0)
                continue;
            if (layer.Field is { } field)
            {
                field.AddTo(parts, layer.Kind, x - layer.Region.X, y - layer.Region.Y, weight, Sources);
                continue;
            }
            (double sourceX, double sourceY) = layer.Crop.IsEmpty ? (double.NaN, double.NaN) : layer.SourcePosition(x, y);
            parts.Add(new Contribution(layer.Kind, layer.Source, sourceX, sourceY, weight));
        }
        if (left > 0)
            parts.Add(new Contribution(AttributionKind.NotAttributable, AttributionLayer.NoSource, double.NaN, double.NaN, left));
        return parts;
    }

    internal static int Part(int left, int alpha) => (left * alpha + 127) / 255;

    private string? FindFault()
    {
        if (Width < 1 || Height < 1 || Width > AttributionLimits.MaxDimension || Height > AttributionLimits.MaxDimension
            || (long)Width * Height > AttributionLimits.MaxPixels)
            return $"An output of {Width} x {Height} pixels is outside the limits.";
        if (Sources.Count > AttributionLimits.MaxSources)
            return $"There are {Sources.Count} sources; the limit is {AttributionLimits.MaxSources}.";
        if (Layers.Count > AttributionLimits.MaxLayers)
            return $"There are {Layers.Count} layers; the limit is {AttributionLimits.MaxLayers}.";
        long coverage = 0, entries = 0;
        for (int i = 0; i < Layers.Count; i++)
        {
            coverage += Layers[i].Coverage.Length;
            entries += Layers[i].Field is { } field ? (long)field.Width * field.Height : 0;
            if (FindFault(Layers[i]) is { } fault)
                return $"Layer {i}: {fault}";
        }
        return coverage > AttributionLimits.MaxCoverageSamples ? $"Coverage of {coverage} samples is beyond the limit."
            : entries > AttributionLimits.MaxFieldEntries ? $"Fields of {entries} pixels are beyond the limit of {AttributionLimits.MaxFieldEntries}." : null;
    }

    private string? FindFault(AttributionLayer layer)
    {
        if (!layer.Region.FitsIn(Width, Height))
            return $"{layer.Region} leaves the output of {Width} x {Height}.";
        if (layer.Field is { } field)
            return FindFault(field);
        bool hasPixels = layer.Kind is AttributionKind.Copied or AttributionKind.Blended;
        if (layer.Source < (hasPixels ? 0 : AttributionLayer.NoSource) || layer.Source >= Sources.Count)
            return $"source {layer.Source} does not exist.";
        if (hasPixels && !layer.Crop.FitsIn(Sources[layer.Source].Width, Sources[layer.Source].Height))
            return $"{layer.Crop} leaves source {layer.Source}.";
        return null;
    }

    private string? FindFault(AttributionField field)
    {
        ReadOnlySpan<ushort> sources = field.Sources, columns = field.Columns, rows = field.Rows;
        for (int start = 0, end; start < sources.Length; start = end)
        {
            // Runs of one source are checked at once.
            int source = sources[start], next = sources[start..].IndexOfAnyExcept(sources[start]);
            end = next < 0 ? sources.Length : start + next;
            if (source == AttributionField.None)
                continue;
            if (source >= Sources.Count)
                return $"source {source} does not exist.";
            (int width, int height) = (Sources[source].Width, Sources[source].Height);
            if (width == 0 || height == 0 || columns[start..end].ContainsAnyExceptInRange((ushort)0, (ushort)Math.Min(width - 1, ushort.MaxValue))
                || rows[start..end].ContainsAnyExceptInRange((ushort)0, (ushort)Math.Min(height - 1, ushort.MaxValue)))
                return $"a match leaves source {source}, which is {width} x {height}.";
        }
        return null;
    }
}
