using System.Numerics;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>The building before the fall: what of it the camera saw, and which light fell on it, so that a piece's light can be told by how it changed.</summary>
internal sealed class DebrisRest
{
    private readonly DebrisScene scene;
    private readonly DebrisView view;
    private readonly int[] triangle;
    private readonly float[] away;

    internal DebrisRest(DebrisScene scene, DebrisView view, DebrisFrame frame, DebrisShade shade, int[] solid, ParallelOptions threads)
    {
        (this.scene, this.view) = (scene, view);
        (triangle, away) = (new int[view.Width * view.Height], new float[view.Width * view.Height]);
        frame.TakeRest(threads);
        shade.Draw(frame.Places, scene.Corners, solid, threads);
        Look(frame, threads);
        Light = new Vector2[scene.Corners.Length];
        Parallel.For(0, scene.Triangles, threads, t =>
        {
            if (scene.Materials[t] == (byte)DebrisMaterial.Plate)
                LightOf(shade, t);
        });
        Ground = new float[view.Width * view.Height];
        Parallel.For(0, view.Height, threads, y =>
        {
            for (int x = 0; x < view.Width; x++)
                Ground[y * view.Width + x] = view.OnGround(x + 0.5f, y + 0.5f) is { } place ? DebrisGround.LightAt(shade, place) : 0;
        });
    }

    /// <summary>For each triangle's three corners the light on what they show: sun times the cosine of its angle, and share of the sky.</summary>
    internal Vector2[] Light { get; }

    /// <summary>For each pixel the light on the ground there; 0 where it shows none.</summary>
    internal float[] Ground { get; }

    /// <summary>How far a place lay behind what was seen of the building, in metres; large where nothing was seen.</summary>
    internal float Behind(Vector3 rest)
    {
        Vector3 pixel = view.Pixel(rest);
        int x = (int)MathF.Floor(pixel.X), y = (int)MathF.Floor(pixel.Y);
        if (pixel.Z == 0 || (uint)x >= (uint)view.Width || (uint)y >= (uint)view.Height)
            return 10;
        return 1 / pixel.Z - away[y * view.Width + x];
    }

    private void Look(DebrisFrame frame, ParallelOptions threads)
    {
        int bands = frame.Bins[0].Length;
        Parallel.For(0, bands, threads, () => new VisibleBand(view.Width), (band, _, visible) =>
        {
            int top = band * VisibleBand.Rows, rows = Math.Min(VisibleBand.Rows, view.Height - top);
            visible.Clear();
            foreach (int t in frame.Bins[0][band])
                visible.Draw(0, t, frame.Seen[0][scene.Corners[3 * t]], frame.Seen[0][scene.Corners[3 * t + 1]], frame.Seen[0][scene.Corners[3 * t + 2]], top, rows);
            for (int row = 0; row < rows; row++)
            {
                for (int x = 0; x < view.Width; x++)
                {
                    int i = (top + row) * view.Width + x, seen = visible.At(0, x, row).GetElement(1);
                    triangle[i] = seen;
                    away[i] = seen == VisibleBand.None ? -10 : Depth(seen, x + 0.5f, top + row + 0.5f);
                }
            }
            return visible;
        }, _ => { });
    }

    private float Depth(int t, float x, float y)
    {
        Vector3 a = view.Pixel(scene.Rest[scene.Corners[3 * t]]), b = view.Pixel(scene.Rest[scene.Corners[3 * t + 1]]), c = view.Pixel(scene.Rest[scene.Corners[3 * t + 2]]);
        float area = (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X), shareB = ((x - a.X) * (c.Y - a.Y) - (y - a.Y) * (c.X - a.X)) / area, shareC = ((b.X - a.X) * (y - a.Y) - (b.Y - a.Y) * (x - a.X)) / area;
        float nearness = a.Z + shareB * (b.Z - a.Z) + shareC * (c.Z - a.Z), least = Math.Min(a.Z, Math.Min(b.Z, c.Z)), most = Math.Max(a.Z, Math.Max(b.Z, c.Z));
        return 1 / Math.Clamp(nearness, least, most);
    }

    /// <summary>A face that shows its own part of the plate was lit as it lay; one that shows another's, which the camera did not see, as that other lay.</summary>
    private void LightOf(DebrisShade shade, int t)
    {
        for (int k = 0; k < 3; k++)
        {
            Vector3 rest = scene.Rest[scene.Corners[3 * t + k]], show = scene.Show[3 * t + k], normal = scene.Normals[t];
            if (Vector3.DistanceSquared(rest, show) > 1e-4f && SeenAt(show) is { } other)
                (rest, normal) = (show, scene.Normals[other]);
            (float sun, float sky, _) = shade.At(rest, normal);
            Light[3 * t + k] = new Vector2(sun, sky);
        }
    }

    private int? SeenAt(Vector3 place)
    {
        Vector3 pixel = view.Pixel(place);
        int x = (int)MathF.Floor(pixel.X), y = (int)MathF.Floor(pixel.Y);
        if (pixel.Z == 0 || (uint)x >= (uint)view.Width || (uint)y >= (uint)view.Height)
            return null;
        int seen = triangle[y * view.Width + x];
        return seen == VisibleBand.None || scene.Materials[seen] != (byte)DebrisMaterial.Plate ? null : seen;
    }
}
