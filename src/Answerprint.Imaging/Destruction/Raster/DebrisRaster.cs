using System.Numerics;
using Answerprint.Imaging.Dust;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>A frame as it was drawn.</summary>
/// <param name="Layers">What a composite takes.</param>
/// <param name="Normal">In the scene's axes, three numbers a pixel, 0 where nothing is; empty where it was not asked for.</param>
/// <param name="Motion">Pixels to the right and down that a place takes to the next frame, two numbers a pixel; empty where it was not asked for.</param>
public sealed record DebrisPicture(CollapseLayers Layers, float[] Normal, float[] Motion);

/// <summary>
/// Draws frames of a fall for drafts: what is visible is found with sixteen samples a pixel, four for each of four moments while the shutter is open, and shaded once for each surface in a pixel.
/// Sun and sky come from depth maps; light has no noise, and frames do not depend on the number of threads.
/// </summary>
public sealed class DebrisRaster
{
    /// <summary>Raised whenever the same scene would be drawn otherwise.</summary>
    public const int Version = 7;

    private const float Nothing = 1e10f;

    private readonly DebrisScene scene;
    private readonly DebrisView view;
    private readonly PointCache? cache;
    private readonly ParallelOptions threads;
    private readonly DebrisFrame frame;
    private readonly DebrisShade shade;
    private readonly DebrisRest rest;
    private readonly DebrisSurface surface;
    private readonly int[] solid;

    /// <summary>Prepares a fall: the light on it before it began is found once.</summary>
    /// <param name="scene">Its geometry.</param>
    /// <param name="cache">Where rubble is in each frame; null for none.</param>
    /// <param name="job">Camera, light and materials.</param>
    /// <param name="plate">The plate in linear light, as <see cref="PlateLight"/> gives it.</param>
    /// <param name="maxDegreeOfParallelism">Threads, 1 or more.</param>
    public DebrisRaster(DebrisScene scene, PointCache? cache, DebrisJob job, Picture<Half> plate, int maxDegreeOfParallelism = 1)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(plate);
        (this.scene, this.cache, view) = (scene, cache, job.View);
        threads = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism };
        frame = new DebrisFrame(scene, view);
        (Vector3 centre, float radius) = Extent(scene);
        shade = new DebrisShade(job.Light, centre, radius);
        // Wherever cached meshes come among the objects: they do not shade the sky, all others do.
        solid = [.. scene.Objects.Where(own => !own.IsCached).SelectMany(own => scene.Corners.AsSpan(3 * own.FirstTriangle, 3 * own.Triangles).ToArray())];
        rest = new DebrisRest(scene, view, frame, shade, solid, threads);
        DebrisTexture texture = DebrisTexture.Of(plate);
        surface = new DebrisSurface(scene, job, rest, shade, frame, texture, texture.Skin(job.Silhouette, job.Before));
    }

    /// <summary>Draws a frame.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="passes">Whether normals and ways are wanted; they are empty otherwise.</param>
    /// <param name="cancellationToken">Stops between bands of rows.</param>
    public DebrisPicture Draw(int number, bool passes = false, CancellationToken cancellationToken = default)
    {
        frame.Take(number - 1, cache, threads);
        cancellationToken.ThrowIfCancellationRequested();
        shade.Draw(frame.Places, scene.Corners, solid, threads);
        int area = view.Width * view.Height;
        var made = new DebrisPicture(new CollapseLayers(new float[4 * area], new float[area], new float[area], new float[3 * area]) { Behind = new DustBehind(new float[area], new float[area]) }, new float[passes ? 3 * area : 0], new float[passes ? 2 * area : 0]);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, frame.Bins[0].Length, options, () => new VisibleBand(view.Width), (band, _, visible) =>
        {
            DrawBand(visible, band, made, passes);
            return visible;
        }, _ => { });
        return made;
    }

    private void DrawBand(VisibleBand visible, int band, DebrisPicture made, bool passes)
    {
        int top = band * VisibleBand.Rows, rows = Math.Min(VisibleBand.Rows, view.Height - top);
        visible.Clear();
        for (int slice = 0; slice < SampleGrid.Slices; slice++)
        {
            Vector3[] seen = frame.Seen[slice];
            foreach (int t in frame.Bins[slice][band])
                visible.Draw(slice, t, seen[scene.Corners[3 * t]], seen[scene.Corners[3 * t + 1]], seen[scene.Corners[3 * t + 2]], top, rows);
        }
        Span<SurfacePatch> patches = stackalloc SurfacePatch[SampleGrid.Samples];
        for (int row = 0; row < rows; row++)
        {
            int y = top + row;
            for (int x = 0; x < view.Width; x++)
            {
                int i = y * view.Width + x;
                made.Layers.Shadow[i] = rest.Ground[i] > 0 && view.OnGround(x + 0.5f, y + 0.5f) is { } place ? DebrisGround.Left(shade, rest.Ground[i], place) : 1;
                int count = surface.Gather(visible, x, row, patches);
                made.Layers.Depth[i] = made.Layers.Behind!.Depth[i] = Nothing;
                if (count > 0)
                    surface.Shade(patches[..count], x, y, i, made, passes);
            }
        }
    }

    /// <summary>What the depth maps show: the building, and around it as far as pieces of it come to lie, at most half its size away.</summary>
    private static (Vector3 Centre, float Radius) Extent(DebrisScene scene)
    {
        Vector3 low = new(float.MaxValue), high = new(float.MinValue);
        foreach (DebrisObject own in scene.Objects)
        {
            for (int v = own.FirstCorner; !own.IsCached && v < own.FirstCorner + own.Corners; v++)
                (low, high) = (Vector3.Min(low, scene.Rest[v]), Vector3.Max(high, scene.Rest[v]));
        }
        if (!(low.X <= high.X))
            return (default, 1);
        Vector3 room = new(0.5f * (high - low).Length()), least = low - room, most = high + room;
        foreach (DebrisObject own in scene.Objects)
        {
            foreach (DebrisPose pose in own.Poses)
            {
                Vector3 at = Vector3.Clamp(Vector3.Transform(scene.Own[own.FirstCorner], pose.ToScene), least, most);
                (low, high) = (Vector3.Min(low, at), Vector3.Max(high, at));
            }
        }
        low.Z = Math.Max(low.Z, 0);
        return ((low + high) / 2, Math.Max(1, 0.5f * (high - low).Length()));
    }
}
