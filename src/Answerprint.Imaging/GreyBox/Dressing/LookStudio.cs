using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>Dresses scenes in references. Surfaces are kept between calls: another camera, light or reference elsewhere leaves them as they are.</summary>
public sealed class LookStudio
{
    private readonly Dictionary<(RegionDressing Dressing, ulong Seed, int Finest, string Extent), SurfaceTexture> kept = [];

    /// <summary>Makes a picture. The same pixels on every machine and for any number of threads.</summary>
    /// <param name="scene">What is dressed.</param>
    /// <param name="dressings">What in; regions that are not named stay grey.</param>
    /// <param name="options">Size, seed, threads.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Obeyed within a row or a block.</param>
    /// <exception cref="ArgumentException">A size or reference is out of bounds, or a region is dressed twice.</exception>
    public Look Make(GreyBoxScene scene, IReadOnlyList<RegionDressing> dressings, LookOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(dressings);
        ArgumentNullException.ThrowIfNull(options);
        Check(dressings, options);
        var world = new World(scene);
        Guides guides = GuideRenderer.Render(world, options.Width, options.Height, options.MaxDegreeOfParallelism, cancellationToken);
        progress?.Report(0.1);
        var textures = Textures(scene, dressings, guides, options, progress, cancellationToken);
        var painter = new LookPainter(world, guides, textures, options, cancellationToken);
        PixelBuffer<byte> pixels = painter.Paint();
        progress?.Report(1);
        return new Look(pixels, painter.Attribute(), guides);
    }

    /// <summary>One texture a region, the sky's last; null for what stays grey.</summary>
    private (SurfaceTexture? Texture, bool Picture)[] Textures(
        GreyBoxScene scene, IReadOnlyList<RegionDressing> dressings, Guides guides, LookOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var textures = new (SurfaceTexture?, bool)[scene.Regions.Count + 1];
        var wanted = dressings.Select(dressing => (Dressing: dressing, At: dressing.Region == GreyBoxScene.Sky ? scene.Regions.Count : Index(scene, dressing.Region))).Where(one => one.At >= 0).ToArray();
        int done = 0;
        Parallel.ForEach(wanted, new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken }, one =>
        {
            RegionDressing dressing = one.At == scene.Regions.Count ? one.Dressing with { Fit = DressingFit.Picture } : one.Dressing;
            textures[one.At] = (Keep(scene, dressing, options, cancellationToken), dressing.Fit == DressingFit.Picture);
            progress?.Report(0.1 + 0.6 * Interlocked.Increment(ref done) / wanted.Length);
        });
        return textures;
    }

    private SurfaceTexture Keep(GreyBoxScene scene, RegionDressing dressing, LookOptions options, CancellationToken cancellationToken)
    {
        string sizes = string.Join(';', scene.Objects.Where(item => item.Region == dressing.Region || item.Openings.Any(o => o.FrameRegion == dressing.Region)).Select(item => $"{item.Kind} {item.Size}"));
        var key = (dressing, options.Seed, options.Draft ? 1 : 0, sizes);
        lock (kept)
            if (kept.TryGetValue(key, out SurfaceTexture? found))
                return found;
        SurfaceTexture made = RegionSurface.Make(scene, dressing, options.Seed, options.Draft ? 1 : 0, cancellationToken);
        lock (kept)
            return kept[key] = made;
    }

    private static int Index(GreyBoxScene scene, string region)
    {
        for (int i = 0; i < scene.Regions.Count; i++)
            if (scene.Regions[i] == region)
                return i;
        return -1;
    }

    private static void Check(IReadOnlyList<RegionDressing> dressings, LookOptions options)
    {
        if (options.Width is < 16 or > GuideRenderer.MaxSide || options.Height is < 16 or > GuideRenderer.MaxSide)
            throw new ArgumentException($"A look of {options.Width} x {options.Height} pixels is outside 16 to {GuideRenderer.MaxSide}.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxDegreeOfParallelism, 1);
        if (dressings.Select(d => d.Region).Distinct(StringComparer.Ordinal).Count() != dressings.Count)
            throw new ArgumentException("A region is dressed twice.", nameof(dressings));
        foreach (RegionDressing dressing in dressings)
            CheckReferences(dressing.Region, dressing.References);
    }

    internal static void CheckReferences(string region, IReadOnlyList<DressingReference> references)
    {
        if (references.Count is < 1 or > 16)
            throw new ArgumentException($"Region '{region}' has {references.Count} references; 1 to 16 are possible.", nameof(references));
        foreach (DressingReference reference in references)
        {
            if (reference.Quad is { } quad ? !quad.FitsIn(reference.Pixels.Width, reference.Pixels.Height) : !reference.Crop.FitsIn(reference.Pixels.Width, reference.Pixels.Height))
                throw new ArgumentException(reference.Quad is null
                    ? $"{reference.Crop} leaves a reference of region '{region}', which is {reference.Pixels.Width} x {reference.Pixels.Height}."
                    : $"The four corners on a reference of region '{region}' do not go around clockwise within its {reference.Pixels.Width} x {reference.Pixels.Height} pixels.", nameof(references));
            if (reference.Turn is not (0 or 90 or 180 or 270))
                throw new ArgumentException($"A reference of region '{region}' is turned by {reference.Turn} degrees; 0, 90, 180 and 270 are possible.", nameof(references));
            if (reference.MetresWide is not (>= SceneLimits.MinSize and <= SceneLimits.MaxSize))
                throw new ArgumentException($"A reference of region '{region}' is {reference.MetresWide} m wide; {SceneLimits.MinSize} to {SceneLimits.MaxSize} are possible.", nameof(references));
            if (reference.Source is < 0 or >= AttributionField.None || Math.Max(reference.Pixels.Width, reference.Pixels.Height) > ushort.MaxValue)
                throw new ArgumentException($"Source {reference.Source} of region '{region}' cannot be recorded.", nameof(references));
        }
    }
}
