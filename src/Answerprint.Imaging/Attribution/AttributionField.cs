namespace Answerprint.Imaging.Attribution;

/// <summary>
/// For each pixel of a region: which source pixel it was matched with. It is the record of patch synthesis: a copy takes the matched
/// pixel; a blend averages, at each pixel, what the patches around it bring there, so the whole weighted list follows from the field.
/// </summary>
public sealed class AttributionField
{
    /// <summary>Source number of a pixel that the field says nothing of.</summary>
    public const ushort None = ushort.MaxValue;

    /// <summary>Largest patch, in pixels a side.</summary>
    public const int MaxPatchSize = 63;

    private readonly ReadOnlyMemory<ushort> sources;
    private readonly ReadOnlyMemory<ushort> columns;
    private readonly ReadOnlyMemory<ushort> rows;
    private readonly ushort[] window;

    /// <summary>A field; the memory is not copied.</summary>
    /// <param name="width">Width of the region, in pixels.</param>
    /// <param name="height">Height of the region, in pixels.</param>
    /// <param name="sources">Index into the map's sources of each pixel, row by row; <see cref="None"/> for pixels without a match.</param>
    /// <param name="columns">Column of the matched pixel in its source.</param>
    /// <param name="rows">Row of the matched pixel in its source.</param>
    /// <param name="window">Weights of a patch's columns, and of its rows; a pixel of the patch weighs their product. One entry for copies, an odd number of ones for a plain vote.</param>
    /// <exception cref="ArgumentException">A plane has not one value a pixel, or the window is even, too long or without weight.</exception>
    public AttributionField(
        int width, int height, ReadOnlyMemory<ushort> sources, ReadOnlyMemory<ushort> columns, ReadOnlyMemory<ushort> rows, ReadOnlySpan<ushort> window)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        long area = (long)width * height;
        if (sources.Length != area || columns.Length != area || rows.Length != area)
            throw new ArgumentException($"A field of {width} x {height} has {area} values a plane.", nameof(sources));
        if (window.Length % 2 == 0 || window.Length > MaxPatchSize || window[window.Length / 2] == 0)
            throw new ArgumentException($"A window has an odd number of weights up to {MaxPatchSize}, and weight in its middle.", nameof(window));
        (Width, Height, this.sources, this.columns, this.rows, this.window) = (width, height, sources, columns, rows, window.ToArray());
    }

    /// <summary>Width of the region, in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the region, in pixels.</summary>
    public int Height { get; }

    /// <summary>Pixels a side of a patch; 1 for copies.</summary>
    public int PatchSize => window.Length;

    /// <summary>Index into the map's sources of each pixel, row by row.</summary>
    public ReadOnlySpan<ushort> Sources => sources.Span;

    /// <summary>Column of the matched pixel in its source.</summary>
    public ReadOnlySpan<ushort> Columns => columns.Span;

    /// <summary>Row of the matched pixel in its source.</summary>
    public ReadOnlySpan<ushort> Rows => rows.Span;

    /// <summary>Weights of a patch's columns, and of its rows.</summary>
    public ReadOnlySpan<ushort> Window => window;

    /// <summary>The weights of a plain vote: every pixel of a patch counts the same.</summary>
    public static ushort[] PlainWindow(int patchSize)
    {
        var window = new ushort[patchSize];
        Array.Fill(window, (ushort)1);
        return window;
    }

    /// <summary>Whether the field says what a pixel of the region was made from.</summary>
    public bool Covers(int x, int y) => Sources[y * Width + x] != None;

    /// <summary>
    /// Adds what made a pixel of the region: each patch around it that reaches it brings the source pixel that lies as far from its
    /// match as the pixel lies from the patch's middle, unless that leaves the source. Equal source pixels are added up; the order is
    /// that of the patches, row by row. The weights add to <paramref name="total"/>: part i ends at <c>total * (w1 + .. + wi) / w</c>.
    /// </summary>
    internal void AddTo(List<Contribution> parts, AttributionKind kind, int x, int y, int total, IReadOnlyList<AttributionSource> all)
    {
        var found = new List<(int Source, int X, int Y, long Weight)>();
        Gather(x, y, all, found);
        long sum = 0, before = 0;
        foreach (var entry in found)
            sum += entry.Weight;
        long done = 0;
        foreach (var (source, sx, sy, weight) in found)
        {
            done += weight;
            long end = total * done / sum;
            if (end > before)
                parts.Add(new Contribution(kind, source, sx, sy, (int)(end - before)));
            before = end;
        }
    }

    /// <summary>The source pixels of one pixel of the region with their window weights, equal ones merged.</summary>
    internal void Gather(int x, int y, IReadOnlyList<AttributionSource> all, List<(int Source, int X, int Y, long Weight)> found)
    {
        int radius = window.Length / 2;
        ReadOnlySpan<ushort> source = Sources, column = Columns, row = Rows;
        for (int dy = -radius; dy <= radius; dy++)
        {
            for (int dx = -radius; dx <= radius; dx++)
            {
                int qx = x + dx, qy = y + dy;
                if ((uint)qx >= (uint)Width || (uint)qy >= (uint)Height || source[qy * Width + qx] is var s && s == None)
                    continue;
                // The patch around q has this pixel at (-dx, -dy) from its middle.
                int sx = column[qy * Width + qx] - dx, sy = row[qy * Width + qx] - dy;
                long weight = (long)window[radius - dx] * window[radius - dy];
                if (weight == 0 || (uint)sx >= (uint)all[s].Width || (uint)sy >= (uint)all[s].Height)
                    continue;
                int same = found.FindIndex(f => f.Source == s && f.X == sx && f.Y == sy);
                if (same < 0)
                    found.Add((s, sx, sy, weight));
                else
                    found[same] = (s, sx, sy, found[same].Weight + weight);
            }
        }
    }
}
