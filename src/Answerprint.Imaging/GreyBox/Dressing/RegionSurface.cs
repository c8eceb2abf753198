using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>Makes the texture of a region from its references and the size of what is to be covered. It does not depend on the camera or the light.</summary>
internal static class RegionSurface
{
    private const int MostTexels = 3 << 20, LargestMaterial = 896, LargestPicture = 2048;

    internal static SurfaceTexture Make(GreyBoxScene scene, RegionDressing dressing, ulong seed, int finest, CancellationToken cancellationToken) =>
        dressing.Fit == DressingFit.Picture ? Picture(dressing.References[0]) : Quilted(scene, dressing, seed, finest, cancellationToken);

    private static SurfaceTexture Quilted(GreyBoxScene scene, RegionDressing dressing, ulong seed, int finest, CancellationToken cancellationToken)
    {
        // One scale for all: that of the sharpest reference, as long as none grows beyond what is worth searching.
        double texel = dressing.References.Min(r => r.MetresWide / r.Across);
        texel = Math.Max(texel, dressing.References.Max(r => r.MetresWide / r.Across * Math.Max(r.Across, r.Down) / LargestMaterial));
        Material[] materials = [.. dressing.References.Select(r => Size(r, texel, dressing.Even))];
        var (width, height) = Extent(scene, dressing.Region);
        var plan = QuiltPlan.For(materials.Min(m => Math.Min(m.Width, m.Height)), materials.Max(m => Math.Max(m.Width, m.Height)), width / texel, height / texel, MostTexels);
        ulong key = CounterRandom.Mix(seed + Name(dressing.Region));
        QuiltSheet sheet = Quilt.Make(materials, plan, key, finest, cancellationToken);
        int scale = materials[0].Width / Math.Max(1, sheet.Materials[0].Width), down = 1;
        while (down * 2 <= scale)
            down *= 2;
        return new SurfaceTexture(sheet.Pixels, sheet.Width, sheet.Height, true, texel * down, (x, y) =>
        {
            var (m, mx, my) = sheet.Origins[y * sheet.Width + x];
            var (sx, sy) = materials[m].Origin(mx * down + down / 2, my * down + down / 2);
            return ((ushort)materials[m].Source, sx, sy);
        });
    }

    private static Material Size(DressingReference reference, double texel, bool even)
    {
        double scale = reference.MetresWide / reference.Across / texel;
        int width = Math.Clamp((int)Math.Floor(reference.Across * scale + 0.5), 1, 2 * LargestMaterial), height = Math.Clamp((int)Math.Floor(reference.Down * scale + 0.5), 1, 2 * LargestMaterial);
        return Material.Of(reference, width, height, even);
    }

    private static SurfaceTexture Picture(DressingReference reference)
    {
        double scale = Math.Min(1, LargestPicture / Math.Max(reference.Across, reference.Down));
        Material material = Material.Of(reference, Math.Max(1, (int)(reference.Across * scale)), Math.Max(1, (int)(reference.Down * scale)), even: false);
        return new SurfaceTexture(material.Pixels, material.Width, material.Height, false, reference.MetresWide / material.Width, (x, y) => material.Origin(x, y) is var (sx, sy) ? ((ushort)material.Source, sx, sy) : default);
    }

    /// <summary>The largest face of the region's objects, in metres.</summary>
    private static (double Width, double Height) Extent(GreyBoxScene scene, string region)
    {
        double width = 0.5, height = 0.5;
        foreach (SceneObject item in scene.Objects.Where(item => item.Region == region || item.Openings.Any(o => o.FrameRegion == region)))
        {
            bool round = item.Kind is ObjectKind.Column or ObjectKind.Form;
            width = Math.Max(width, round ? item.Size.X * Trigonometry.Pi : Math.Max(item.Size.X, item.Size.Z));
            height = Math.Max(height, item.Kind == ObjectKind.Floor ? item.Size.Z : Math.Max(item.Size.Y, Math.Min(item.Size.X, item.Size.Z)));
        }
        return (width, height);
    }

    private static ulong Name(string region)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in region)
            hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
