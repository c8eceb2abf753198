using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Guided;

namespace Answerprint.Imaging.GreyBox.Segments;

/// <summary>
/// Dresses a segment map: texture by numbers (Hertzmann et al., "Image Analogies", SIGGRAPH 2001). All references are sources of one guided synthesis,
/// each guided by its region, so that borders are decided where both sides fit best.
/// </summary>
public static class SegmentStudio
{
    private const int PatchSize = 7, LeastSide = 24, LargestSide = 2048;
    private const double RegionWeight = 1.5;

    // Guide colours: no two are nearer than 180 of 255 to each other.
    private static readonly (byte R, byte G, byte B)[] Marks =
    [
        (0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 255), (0, 255, 0), (255, 0, 255), (0, 0, 255), (255, 255, 0), (128, 128, 0), (128, 0, 128), (0, 128, 128), (128, 128, 255),
    ];

    /// <summary>Makes a picture of the map's size. The same pixels on every machine and for any number of threads.</summary>
    /// <param name="map">Where each region is.</param>
    /// <param name="dressings">What each region is made of; regions that cover nothing may be left out.</param>
    /// <param name="options">Sizes, seed, threads.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Obeyed within a few rows.</param>
    /// <exception cref="ArgumentException">A region in the map has no references, a reference or option is out of bounds, or all together are too large; the message says which.</exception>
    public static SegmentLook Make(SegmentMap map, IReadOnlyList<RegionDressing> dressings, SegmentLookOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(dressings);
        ArgumentNullException.ThrowIfNull(options);
        Check(map, dressings, options);
        var (materials, sources) = Sources(map, dressings, options);
        bool placed = options.KeepPlaces > 0;
        var guides = new List<PixelBuffer<byte>> { RegionGuide(map) };
        if (placed)
            guides.AddRange(PlaceGuides(map));
        GuidedResult made = GuidedSynthesis.Run(sources, guides, new GuidedOptions
        {
            PatchSize = PatchSize, Mode = GuidedMode.Copy, Seed = options.Seed, MaxDegreeOfParallelism = options.MaxDegreeOfParallelism,
            GuideWeights = placed ? [RegionWeight, options.KeepPlaces, options.KeepPlaces] : [RegionWeight],
        }, progress, cancellationToken);
        return new SegmentLook(made.Output, [Attribute(made, materials)]);
    }

    private static void Check(SegmentMap map, IReadOnlyList<RegionDressing> dressings, SegmentLookOptions options)
    {
        if (options.MetresWide is not (>= SceneLimits.MinSize and <= SceneLimits.MaxSize))
            throw new ArgumentException($"A map that is {options.MetresWide} m wide is outside {SceneLimits.MinSize} to {SceneLimits.MaxSize}.", nameof(options));
        if (options.KeepPlaces is not (>= 0 and <= 1))
            throw new ArgumentException($"Places are kept by {options.KeepPlaces}; 0 to 1 is possible.", nameof(options));
        if (dressings.Select(dressing => dressing.Region).Distinct(StringComparer.Ordinal).Count() != dressings.Count)
            throw new ArgumentException("A region is dressed twice.", nameof(dressings));
        IReadOnlyList<int> areas = map.Areas();
        for (int i = 0; i < areas.Count; i++)
            if (areas[i] > 0 && !dressings.Any(dressing => dressing.Region == map.Regions[i].Name))
                throw new ArgumentException($"Region '{map.Regions[i].Name}' ({map.Regions[i].Colour}) is in the map and has no references.", nameof(dressings));
        foreach (RegionDressing dressing in dressings)
        {
            if (!map.Regions.Any(region => region.Name == dressing.Region))
                throw new ArgumentException($"The map has no region '{dressing.Region}'; it has {string.Join(", ", map.Regions.Select(region => region.Name))}.", nameof(dressings));
            LookStudio.CheckReferences(dressing.Region, dressing.References);
        }
    }

    private static (List<Material> Materials, List<GuidedSource> Sources) Sources(SegmentMap map, IReadOnlyList<RegionDressing> dressings, SegmentLookOptions options)
    {
        IReadOnlyList<int> areas = map.Areas();
        var materials = new List<Material>();
        var sources = new List<GuidedSource>();
        for (int i = 0; i < areas.Count; i++)
        {
            // What nobody sees would only be searched in vain.
            if (areas[i] == 0)
                continue;
            RegionDressing dressing = dressings.First(one => one.Region == map.Regions[i].Name);
            foreach (DressingReference reference in dressing.References)
            {
                double scale = reference.MetresWide / options.MetresWide * map.Width / reference.Across;
                Material material = Material.Of(reference, Side(reference.Across * scale), Side(reference.Down * scale), even: false);
                materials.Add(material);
                var style = new PixelBuffer<byte>(material.Pixels, PixelLayout.Interleaved(material.Width, material.Height, 3));
                var guides = new List<PixelBuffer<byte>> { Flat(material.Width, material.Height, Marks[i]) };
                if (options.KeepPlaces > 0)
                    guides.AddRange([Ramp(material.Width, material.Height, (x, _) => x * 255 / Math.Max(1, material.Width - 1)), Ramp(material.Width, material.Height, (_, y) => y * 255 / Math.Max(1, material.Height - 1))]);
                sources.Add(new GuidedSource(style, guides));
            }
        }
        return (materials, sources);
    }

    private static int Side(double pixels) => Math.Clamp((int)Math.Floor(pixels + 0.5), LeastSide, LargestSide);

    private static PixelBuffer<byte> RegionGuide(SegmentMap map)
    {
        var guide = new PixelBuffer<byte>(PixelLayout.Interleaved(map.Width, map.Height, 3));
        Span<byte> to = guide.Memory.Span;
        ReadOnlySpan<byte> index = map.Index;
        for (int i = 0; i < index.Length; i++)
            (to[i * 3], to[i * 3 + 1], to[i * 3 + 2]) = Marks[index[i]];
        return guide;
    }

    /// <summary>Where a pixel lies between the ends of its region: across and down.</summary>
    private static PixelBuffer<byte>[] PlaceGuides(SegmentMap map)
    {
        var boxes = new (int Left, int Top, int Right, int Bottom)[map.Regions.Count];
        Array.Fill(boxes, (int.MaxValue, int.MaxValue, 0, 0));
        for (int y = 0; y < map.Height; y++)
            for (int x = 0; x < map.Width; x++)
            {
                ref var box = ref boxes[map.Index[y * map.Width + x]];
                box = (Math.Min(box.Left, x), Math.Min(box.Top, y), Math.Max(box.Right, x), Math.Max(box.Bottom, y));
            }
        return
        [
            Ramp(map.Width, map.Height, (x, y) => boxes[map.Index[y * map.Width + x]] is var box ? (x - box.Left) * 255 / Math.Max(1, box.Right - box.Left) : 0),
            Ramp(map.Width, map.Height, (x, y) => boxes[map.Index[y * map.Width + x]] is var box ? (y - box.Top) * 255 / Math.Max(1, box.Bottom - box.Top) : 0),
        ];
    }

    private static PixelBuffer<byte> Flat(int width, int height, (byte R, byte G, byte B) mark)
    {
        var guide = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
        Span<byte> to = guide.Memory.Span;
        for (int i = 0; i < width * height; i++)
            (to[i * 3], to[i * 3 + 1], to[i * 3 + 2]) = mark;
        return guide;
    }

    private static PixelBuffer<byte> Ramp(int width, int height, Func<int, int, int> value)
    {
        var guide = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 1));
        Span<byte> to = guide.Memory.Span;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                to[y * width + x] = (byte)value(x, y);
        return guide;
    }

    /// <summary>Each pixel is one pixel of a reference at its size; named is the picture's own pixel in the middle of what that one was filtered from.</summary>
    private static AttributionLayer Attribute(GuidedResult made, List<Material> materials)
    {
        var field = made.Field;
        int pixels = field.Width * field.Height;
        ushort[] numbers = new ushort[pixels], columns = new ushort[pixels], rows = new ushort[pixels];
        for (int i = 0; i < pixels; i++)
        {
            var (source, x, y) = field.Sources.Locate(field.Positions[i * field.Neighbours]);
            numbers[i] = (ushort)materials[source].Source;
            (columns[i], rows[i]) = materials[source].Origin(x, y);
        }
        return AttributionLayer.Filtered(0, 0, new AttributionField(field.Width, field.Height, numbers, columns, rows, AttributionField.PlainWindow(1)));
    }
}
