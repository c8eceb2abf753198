using System.Globalization;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.GreyBox.Segments;

/// <summary>Which region each pixel of a painted picture belongs to.</summary>
public sealed class SegmentMap
{
    private const byte Unsure = 255;
    private readonly byte[] index;

    private SegmentMap(int width, int height, IReadOnlyList<SegmentRegion> regions, byte[] index) => (Width, Height, Regions, this.index) = (width, height, regions, index);

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>The regions.</summary>
    public IReadOnlyList<SegmentRegion> Regions { get; }

    /// <summary>The region of each pixel, row by row: an index into <see cref="Regions"/>.</summary>
    public ReadOnlySpan<byte> Index => index;

    /// <summary>
    /// Reads a picture of flat colours. A pixel of a region's colour, or nearly, is that region's; mixtures at soft edges go to the nearest pixel
    /// that is certain, so that red beside blue does not become violet.
    /// </summary>
    /// <param name="picture">8 bit, grey or colour; alpha is ignored.</param>
    /// <param name="regions">The colours that mean something.</param>
    /// <param name="width">Width of the map, <see cref="SegmentLimits.MinSide"/> to <see cref="SegmentLimits.MaxSide"/>; the picture is stretched to it.</param>
    /// <param name="height">Height of the map.</param>
    /// <exception cref="SegmentFormatException">There are too many regions, two have nearly one colour, none is painted, or a flat colour has no region.</exception>
    public static SegmentMap Read(PixelBuffer<byte> picture, IReadOnlyList<SegmentRegion> regions, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(regions);
        Check(regions, width, height);
        byte[] certain = Certain(picture, regions);
        var index = new byte[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                index[y * width + x] = certain[(int)((2L * y + 1) * picture.Height / (2L * height)) * picture.Width + (int)((2L * x + 1) * picture.Width / (2L * width))];
        Spread(index, width, height);
        return new SegmentMap(width, height, regions, index);
    }

    /// <summary>The same map where what belongs to some regions is given to those around them, as far as there are any.</summary>
    /// <param name="keeps">Whether a region stays.</param>
    public SegmentMap Keeping(Func<SegmentRegion, bool> keeps)
    {
        ArgumentNullException.ThrowIfNull(keeps);
        byte[] left = [.. index.Select(at => keeps(Regions[at]) ? at : Unsure)];
        Spread(left, Width, Height);
        return new SegmentMap(Width, Height, Regions, left);
    }

    /// <summary>Pixels of each region.</summary>
    public IReadOnlyList<int> Areas()
    {
        var areas = new int[Regions.Count];
        foreach (byte at in index)
            areas[at]++;
        return areas;
    }

    private static void Check(IReadOnlyList<SegmentRegion> regions, int width, int height)
    {
        if (width is < SegmentLimits.MinSide or > SegmentLimits.MaxSide || height is < SegmentLimits.MinSide or > SegmentLimits.MaxSide)
            throw new SegmentFormatException($"A map of {width} x {height} pixels is outside {SegmentLimits.MinSide} to {SegmentLimits.MaxSide}.");
        if (regions.Count is < 1 or > SegmentLimits.MaxRegions)
            throw new SegmentFormatException($"A map has 1 to {SegmentLimits.MaxRegions} regions, not {regions.Count}.");
        for (int i = 0; i < regions.Count; i++)
            for (int j = 0; j < i; j++)
            {
                if (regions[i].Name == regions[j].Name)
                    throw new SegmentFormatException($"Two regions are called '{regions[i].Name}'.");
                if (regions[i].Distance(regions[j].R, regions[j].G, regions[j].B) <= SegmentLimits.Tolerance)
                    throw new SegmentFormatException($"'{regions[j].Name}' ({regions[j].Colour}) and '{regions[i].Name}' ({regions[i].Colour}) have nearly one colour; a channel must differ by more than {SegmentLimits.Tolerance}.");
            }
    }

    private static byte[] Certain(PixelBuffer<byte> picture, IReadOnlyList<SegmentRegion> regions)
    {
        var certain = new byte[picture.Width * picture.Height];
        var unnamed = new Dictionary<int, int>();
        ReadOnlySpan<byte> from = picture.Memory.Span;
        bool some = false;
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                int at = y * picture.Layout.RowStride + x * picture.Layout.PixelStride, c = picture.Channels < 3 ? 0 : picture.Layout.ChannelStride;
                var (r, g, b) = (from[at], from[at + c], from[at + 2 * c]);
                byte region = Nearest(regions, r, g, b);
                certain[y * picture.Width + x] = region;
                some |= region != Unsure;
                // A bounded table: a photograph has more colours than a map ever needs, and is refused all the same.
                if (region == Unsure && (unnamed.Count < 65536 || unnamed.ContainsKey(r << 16 | g << 8 | b)))
                    unnamed[r << 16 | g << 8 | b] = unnamed.GetValueOrDefault(r << 16 | g << 8 | b) + 1;
            }
        }
        if (!some)
            throw new SegmentFormatException("None of the regions' colours is in the map; a map is painted in flat colours, each named as a region.");
        var largest = unnamed.OrderByDescending(one => one.Value).ThenBy(one => one.Key).FirstOrDefault();
        if (largest.Value * 1000L >= certain.Length * (long)SegmentLimits.UnnamedPerMille)
            throw new SegmentFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{largest.Value * 100.0 / certain.Length:0.0} % of the map are painted in #{largest.Key:x6}, which is no region's colour; the regions are {string.Join(", ", regions.Select(one => $"{one.Name} {one.Colour}"))}."));
        return Supported(certain, picture.Width, picture.Height);
    }

    /// <summary>Only what hangs together is certain: where an edge is soft, the mixture of two regions may happen to be the colour of a third.</summary>
    private static byte[] Supported(byte[] certain, int width, int height)
    {
        var supported = new byte[certain.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = y * width + x, alike = 0;
                for (int dy = Math.Max(0, y - 1); dy <= Math.Min(height - 1, y + 1); dy++)
                    for (int dx = Math.Max(0, x - 1); dx <= Math.Min(width - 1, x + 1); dx++)
                        alike += certain[dy * width + dx] == certain[at] ? 1 : 0;
                // A corner of a shape has itself and three more.
                supported[at] = alike >= 4 ? certain[at] : Unsure;
            }
        }
        // Shapes as thin as a line have no such place; then everything stays as it was.
        return supported.AsSpan().ContainsAnyExcept(Unsure) ? supported : certain;
    }

    private static byte Nearest(IReadOnlyList<SegmentRegion> regions, byte r, byte g, byte b)
    {
        int best = SegmentLimits.Tolerance + 1;
        byte region = Unsure;
        for (int i = 0; i < regions.Count; i++)
            if (regions[i].Distance(r, g, b) is var distance && distance < best)
                (best, region) = (distance, (byte)i);
        return region;
    }

    /// <summary>Gives what is unsure to the region that reaches it in the fewest steps: one front that grows from all that is certain.</summary>
    private static void Spread(byte[] index, int width, int height)
    {
        var front = new Queue<int>();
        for (int i = 0; i < index.Length; i++)
            if (index[i] != Unsure)
                front.Enqueue(i);
        if (front.Count == 0)
            throw new SegmentFormatException("None of the regions is left in the map.");
        while (front.TryDequeue(out int at))
        {
            int x = at % width;
            if (x > 0) Take(at - 1, at);
            if (x + 1 < width) Take(at + 1, at);
            if (at >= width) Take(at - width, at);
            if (at + width < index.Length) Take(at + width, at);
        }

        void Take(int at, int from)
        {
            if (index[at] != Unsure)
                return;
            index[at] = index[from];
            front.Enqueue(at);
        }
    }
}
