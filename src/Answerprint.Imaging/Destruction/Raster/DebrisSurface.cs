using System.Numerics;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>What of a pixel one surface covers.</summary>
internal struct SurfacePatch
{
    internal int Triangle, Object, Slice, Samples;
    internal float SumX, SumY;
}

/// <summary>Shades what is seen in a pixel: each surface once, in the middle of the samples that see it.</summary>
internal sealed class DebrisSurface(DebrisScene scene, DebrisJob job, DebrisRest rest, DebrisShade shade, DebrisFrame frame, DebrisTexture plate, DebrisTexture skin)
{
    // Metres that an inner face lay behind what was seen: from the first it begins to show what it is made of, at the second it does so wholly.
    private const float Crack = 0.03f, Deep = 0.12f;

    // Surfaces of one piece whose normals are this close are one.
    private const float Alike = 0.93f;

    // A piece that turns into the sun does not shine more than this much brighter than the plate had it, nor gives back more light than this share.
    private const float Brightest = 2.2f, White = 1.6f;

    // Of what an object is said to have moved by: below the first it stands; times the second, an outside takes that share of the light that it has come into; above the third it is broken all round.
    private const float Still = 1e-4f, Takes = 3, Far = 0.6f;

    // Metres between places of one surface that share their light.
    private const float Same = 0.4f;

    // Of the light that bounces about, what reaches an inner face that sees no sky.
    private const float Bounced = 0.7f;

    // What is further away than this many times the nearest in a pixel is another surface, with dust of its own before it.
    private const float SameSurface = 1.05f;

    private readonly DebrisLook look = new(job.Building, job.Light, plate);
    private readonly DebrisView view = job.View;

    /// <summary>Puts a pixel's samples together by what they see.</summary>
    /// <returns>How many patches there are.</returns>
    internal int Gather(VisibleBand visible, int x, int row, Span<SurfacePatch> patches)
    {
        int count = 0;
        for (int slice = 0; slice < SampleGrid.Slices; slice++)
        {
            Vector128<int> seen = visible.At(slice, x, row);
            if (seen == Vector128.Create(VisibleBand.None))
                continue;
            for (int k = 0; k < SampleGrid.Places; k++)
            {
                int t = seen.GetElement(k);
                if (t == VisibleBand.None)
                    continue;
                int at = Find(patches[..count], t, slice);
                if (at == count)
                    patches[count++] = new SurfacePatch { Triangle = t, Object = scene.ObjectOf[t], Slice = slice };
                patches[at].Samples++;
                patches[at].SumX += SampleGrid.X[slice].GetElement(k);
                patches[at].SumY += SampleGrid.Y[slice].GetElement(k);
            }
        }
        return count;
    }

    private int Find(ReadOnlySpan<SurfacePatch> patches, int t, int slice)
    {
        int own = scene.ObjectOf[t];
        for (int i = 0; i < patches.Length; i++)
        {
            if (patches[i].Object != own || (frame.Smears[own] && patches[i].Slice != slice))
                continue;
            int other = patches[i].Triangle;
            if (other == t)
                return i;
            // Rubble has no normals of its own: two triangles are a side of it.
            if (scene.Objects[own].IsCached ? other >> 1 == t >> 1 : scene.Materials[other] == scene.Materials[t] && Vector3.Dot(scene.Normals[other], scene.Normals[t]) > Alike)
                return i;
        }
        return patches.Length;
    }

    /// <summary>How much of a pixel the nearest surface covers, and how far away most of the rest is; infinite where that is nothing.</summary>
    private static (float Cover, float Behind) Beside(ReadOnlySpan<SurfacePatch> patches, ReadOnlySpan<float> away, float nearest, int samples)
    {
        int near = 0;
        float behind = float.PositiveInfinity;
        for (int k = 0; k < patches.Length; k++)
        {
            if (away[k] <= SameSurface * nearest)
                near += patches[k].Samples;
            else
                behind = Math.Min(behind, away[k]);
        }
        return ((float)near / SampleGrid.Samples, samples - near > SampleGrid.Samples - samples ? behind : float.PositiveInfinity);
    }

    /// <summary>Writes a pixel.</summary>
    /// <param name="patches">What is seen in it.</param>
    /// <param name="x">The pixel.</param>
    /// <param name="y">The pixel.</param>
    /// <param name="i">Its index.</param>
    /// <param name="made">The picture.</param>
    /// <param name="passes">Whether normals and ways are wanted.</param>
    internal void Shade(ReadOnlySpan<SurfacePatch> patches, int x, int y, int i, DebrisPicture made, bool passes)
    {
        Vector3 sum = default, mark = default;
        Span<float> away = stackalloc float[patches.Length];
        float nearest = float.MaxValue;
        int samples = 0, largest = 0;
        SurfacePoint main = default;
        var lit = new Lit { Object = -1 };
        for (int k = 0; k < patches.Length; k++)
        {
            ref readonly SurfacePatch patch = ref patches[k];
            var point = new SurfacePoint(scene, frame, patch, x, y);
            (Vector3 colour, Vector3 rested) = Colour(patch, point, x, y, ref lit);
            sum += colour * patch.Samples;
            mark += rested * patch.Samples;
            samples += patch.Samples;
            away[k] = view.Away(point.Place);
            nearest = Math.Min(nearest, away[k]);
            if (k == 0 || patch.Samples > patches[largest].Samples)
                (largest, main) = (k, point);
        }
        const float one = 1f / SampleGrid.Samples;
        (made.Layers.Colour[4 * i], made.Layers.Colour[4 * i + 1], made.Layers.Colour[4 * i + 2], made.Layers.Colour[4 * i + 3]) = (sum.X * one, sum.Y * one, sum.Z * one, samples * one);
        (made.Layers.Rest[3 * i], made.Layers.Rest[3 * i + 1], made.Layers.Rest[3 * i + 2]) = (mark.X / samples, mark.Y / samples, mark.Z / samples);
        made.Layers.Depth[i] = nearest;
        (made.Layers.Behind!.Cover[i], float behind) = Beside(patches, away, nearest, samples);
        made.Layers.Behind.Depth[i] = Math.Min(made.Layers.Behind.Depth[i], behind);
        if (!passes || 2 * samples < SampleGrid.Samples)
            return;
        Vector3 normal = Facing(main), here = view.Pixel(main.Place), next = view.Pixel(main.Next(scene, frame));
        (made.Normal[3 * i], made.Normal[3 * i + 1], made.Normal[3 * i + 2]) = (normal.X, normal.Y, normal.Z);
        if (here.Z > 0 && next.Z > 0)
            (made.Motion[2 * i], made.Motion[2 * i + 1]) = (next.X - here.X, next.Y - here.Y);
    }

    /// <summary>The colour of a patch in a pixel, and what it shows of the plate: where across and up, and 1 where it is not the plate as it was.</summary>
    private (Vector3 Colour, Vector3 Mark) Colour(in SurfacePatch patch, in SurfacePoint point, int x, int y, ref Lit lit)
    {
        int t = patch.Triangle;
        var material = (DebrisMaterial)scene.Materials[t];
        if (scene.Objects[patch.Object].IsCached)
        {
            LightOn(patch, point, ref lit);
            Vector3 lies = point.Mix(scene.Tint[scene.Corners[3 * t]], scene.Tint[scene.Corners[3 * t + 1]], scene.Tint[scene.Corners[3 * t + 2]]) * job.Light.On(lit.Sun, lit.Sky, 1);
            return (material == DebrisMaterial.Glass ? lies + Mirrored(point) : lies, Vector3.UnitZ);
        }
        float moved = frame.Moved[patch.Object];
        // What stands is where it was. Its own coordinates say so less well: at a silhouette they are those of slivers that hardly face the camera.
        Vector3 was = moved <= Still ? new Vector3(x + patch.SumX / patch.Samples, y + patch.SumY / patch.Samples, 0) : view.Pixel(point.Rest), mark = new(was.X / view.Width, 1 - was.Y / view.Height, 1);
        if (material == DebrisMaterial.Plate)
        {
            if (moved <= Still)
                return (At(plate, was), mark with { Z = 0 });
            Vector3 shown = At(skin, view.Pixel(point.Mix(scene.Show[3 * t], scene.Show[3 * t + 1], scene.Show[3 * t + 2])));
            LightOn(patch, point, ref lit);
            Vector3 turned = Vector3.Lerp(shown, Turned(t, shown, point, lit), Math.Min(1, Takes * moved));
            float gone = PanesGone(t, moved, frame.Open[patch.Object]);
            return (gone > 0 ? Vector3.Lerp(turned, look.Bare(point.Rest, scene.Normals[t]) * job.Light.On(lit.Sun, lit.Sky, 1), gone) : turned, mark);
        }
        // What lay at the surface already, a stone that sticks out of it, keeps the plate's face until its piece has come some way.
        float own = moved >= Far ? 1 : Math.Max(Math.Clamp((rest.Behind(point.Rest) - Crack) / (Deep - Crack), 0, 1), Math.Clamp(2 * moved / Far - 1, 0, 1));
        Vector3 colour = own < 1 ? At(skin, was) : default;
        if (own <= 0)
            return (colour, mark with { Z = moved > Still ? 1 : 0 });
        LightOn(patch, point, ref lit);
        return (Vector3.Lerp(colour, Broken(t, material, point, lit, frame.Open[patch.Object]), own), mark);
    }

    /// <summary>How much of its panes an outside has lost: all once it is cracked loose by a hand's breadth, or has come some way. Roofs have none.</summary>
    private float PanesGone(int t, float moved, float wide) =>
        job.Building.Material == BuildingMaterial.Glass && MathF.Abs(scene.Normals[t].Z) < 0.5f ? Math.Clamp(Math.Max((wide - 0.03f) / 0.1f, moved / 0.15f), 0, 1) : 0;

    /// <summary>What a shard mirrors: more of the sky at a flat angle (Schlick 1994), and the sun within about ten degrees, since no pane is even.</summary>
    private Vector3 Mirrored(in SurfacePoint point)
    {
        Vector3 way = Vector3.Normalize(point.Place - view.Eye), mirrored = Vector3.Reflect(way, point.Normal);
        float flat = 1 - MathF.Abs(Vector3.Dot(way, point.Normal)), sky = mirrored.Z > 0 ? (0.1f + 0.9f * flat * flat * flat * flat * flat) * job.Light.Sky : 0;
        float sun = 1.6f * job.Light.Sun * Math.Clamp((Vector3.Dot(mirrored, job.Light.Direction) - 0.97f) / (0.995f - 0.97f), 0, 1);
        return job.Light.SunColour * sun + job.Light.SkyColour * sky;
    }

    /// <summary>The light on a surface; the same surface a moment later has the same.</summary>
    private void LightOn(in SurfacePatch patch, in SurfacePoint point, ref Lit lit)
    {
        Vector3 normal = Facing(point);
        if (lit.Object == patch.Object && Vector3.Dot(lit.Normal, normal) > Alike && Vector3.DistanceSquared(lit.Place, point.Place) < Same * Same)
            return;
        (float sun, float sky, float open) = shade.At(point.Place, normal);
        lit = new Lit { Object = patch.Object, Normal = normal, Place = point.Place, Sun = sun, Sky = sky, Open = open };
    }

    /// <summary>A piece of the plate under the light that it has come into: by how much that differs from what it lay in.</summary>
    private Vector3 Turned(int t, Vector3 shown, in SurfacePoint point, in Lit lit)
    {
        Vector2 fell = point.Mix(rest.Light[3 * t], rest.Light[3 * t + 1], rest.Light[3 * t + 2]);
        Vector3 was = Vector3.Max(job.Light.On(fell.X, fell.Y, 1), new Vector3(0.05f)), now = job.Light.On(lit.Sun, lit.Sky, 1);
        // Brighter than white is where the given light is not the plate's; only what the plate had is kept of that.
        return Vector3.Min(shown * Vector3.Min(now / was, new Vector3(Brightest)), Vector3.Max(shown, now * White));
    }

    /// <summary>An inner face: the narrower the gap that it lies in, the less light reaches it, since gaps are narrower than a texel of the sky's maps. What the sky does not reach gets some of what bounces about in there.</summary>
    private Vector3 Broken(int t, DebrisMaterial material, in SurfacePoint point, in Lit lit, float wide)
    {
        float gap = 0.25f + 0.75f * wide;
        return look.At(material, point.Rest, scene.Normals[t]) * job.Light.On(lit.Sun, lit.Sky * gap, (Bounced + (1 - Bounced) * lit.Open) * gap);
    }

    private Vector3 Facing(in SurfacePoint point) => Vector3.Dot(point.Normal, view.Eye - point.Place) < 0 ? -point.Normal : point.Normal;

    /// <summary>A pixel's place in a picture that may have another size than what is rendered.</summary>
    private Vector3 At(DebrisTexture picture, Vector3 pixel) => picture.At(pixel.X / view.Width * picture.Width, pixel.Y / view.Height * picture.Height);
}

/// <summary>The light on a surface, for the next place of it.</summary>
internal struct Lit
{
    internal int Object;
    internal Vector3 Normal, Place;
    internal float Sun, Sky, Open;
}

/// <summary>A place on a triangle that is seen.</summary>
internal readonly struct SurfacePoint
{
    private readonly float a, b, c;
    private readonly int triangle, owner;

    internal SurfacePoint(DebrisScene scene, DebrisFrame frame, in SurfacePatch patch, int x, int y)
    {
        (triangle, owner) = (patch.Triangle, patch.Object);
        int first = scene.Corners[3 * triangle], second = scene.Corners[3 * triangle + 1], third = scene.Corners[3 * triangle + 2];
        Vector3[] seen = frame.Seen[patch.Slice];
        (a, b, c) = Shares(seen[first], seen[second], seen[third], x + patch.SumX / patch.Samples, y + patch.SumY / patch.Samples);
        Vector3 p = frame.Places[first], q = frame.Places[second], r = frame.Places[third];
        Place = Mix(p, q, r);
        Rest = Mix(scene.Rest[first], scene.Rest[second], scene.Rest[third]);
        Vector3 normal = Vector3.Cross(q - p, r - p);
        float length = normal.Length();
        Normal = length > 1e-12f ? normal / length : Vector3.UnitZ;
    }

    /// <summary>In the scene, at the frame's own time.</summary>
    internal Vector3 Place { get; }

    /// <summary>In the scene, before the fall.</summary>
    internal Vector3 Rest { get; }

    /// <summary>At right angles to the triangle.</summary>
    internal Vector3 Normal { get; }

    internal Vector3 Mix(Vector3 first, Vector3 second, Vector3 third) => a * first + b * second + c * third;

    internal Vector2 Mix(Vector2 first, Vector2 second, Vector2 third) => a * first + b * second + c * third;

    /// <summary>The same place one frame on.</summary>
    internal Vector3 Next(DebrisScene scene, DebrisFrame frame)
    {
        int first = scene.Corners[3 * triangle], second = scene.Corners[3 * triangle + 1], third = scene.Corners[3 * triangle + 2];
        return scene.Objects[owner].IsCached ? Mix(frame.Next[first], frame.Next[second], frame.Next[third]) : Vector3.Transform(Mix(scene.Own[first], scene.Own[second], scene.Own[third]), frame.NextPoses[owner]);
    }

    /// <summary>Shares of the corners at a pixel, in perspective; a little beyond the triangle, where it stands for its neighbours as well.</summary>
    private static (float A, float B, float C) Shares(Vector3 p, Vector3 q, Vector3 r, float x, float y)
    {
        const float beyond = 1.5f;
        float area = (q.X - p.X) * (r.Y - p.Y) - (q.Y - p.Y) * (r.X - p.X);
        float shareQ = ((x - p.X) * (r.Y - p.Y) - (y - p.Y) * (r.X - p.X)) / area, shareR = ((q.X - p.X) * (y - p.Y) - (q.Y - p.Y) * (x - p.X)) / area, shareP = 1 - shareQ - shareR;
        if (!(MathF.Abs(area) > 1e-6f) || Math.Min(shareP, Math.Min(shareQ, shareR)) < -beyond)
            return (1 / 3f, 1 / 3f, 1 / 3f);
        (float a, float b, float c) = (shareP * p.Z, shareQ * q.Z, shareR * r.Z);
        float sum = a + b + c;
        return sum > 1e-9f ? (a / sum, b / sum, c / sum) : (1 / 3f, 1 / 3f, 1 / 3f);
    }
}
