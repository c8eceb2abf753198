using System.Numerics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>The pieces as they are in one frame: in the scene, and as the camera sees them at each moment while the shutter is open.</summary>
internal sealed class DebrisFrame
{
    // Pixels that something moves by while the shutter is open, before its picture is blurred along its way as its outline is.
    private const float Smear = 0.7f;

    private readonly DebrisScene scene;
    private readonly DebrisView view;
    private readonly int bands;
    private readonly bool[] closed;
    private readonly Vector3[] before, after;

    internal DebrisFrame(DebrisScene scene, DebrisView view)
    {
        (this.scene, this.view, bands) = (scene, view, (view.Height + VisibleBand.Rows - 1) / VisibleBand.Rows);
        int corners = scene.Own.Length, cached = scene.Objects.Where(own => own.IsCached).Sum(own => own.Corners);
        (Places, Next, before, after) = (new Vector3[corners], new Vector3[cached == 0 ? 0 : corners], new Vector3[cached == 0 ? 0 : corners], new Vector3[cached == 0 ? 0 : corners]);
        Seen = [.. Enumerable.Range(0, SampleGrid.Slices).Select(_ => new Vector3[corners])];
        Bins = [.. Enumerable.Range(0, SampleGrid.Slices).Select(_ => Enumerable.Range(0, bands).Select(_ => new List<int>()).ToArray())];
        Smears = new bool[scene.Objects.Count];
        closed = [.. scene.Objects.Select(own => !own.IsCached && IsClosed(own))];
        Poses = new Matrix4x4[scene.Objects.Count];
        NextPoses = new Matrix4x4[scene.Objects.Count];
        Moved = new float[scene.Objects.Count];
        Open = new float[scene.Objects.Count];
    }

    /// <summary>Corners in the scene at the frame's own time.</summary>
    internal Vector3[] Places { get; }

    /// <summary>Corners of cached meshes one frame on.</summary>
    internal Vector3[] Next { get; }

    /// <summary>For each moment the corners as the camera sees them: pixel across and down, one over metres away.</summary>
    internal Vector3[][] Seen { get; }

    /// <summary>For each moment and band of rows the triangles that reach into it.</summary>
    internal List<int>[][] Bins { get; }

    /// <summary>Whether an object moves by more than part of a pixel while the shutter is open.</summary>
    internal bool[] Smears { get; }

    /// <summary>Where each object is.</summary>
    internal Matrix4x4[] Poses { get; }

    /// <summary>Where each object is one frame on.</summary>
    internal Matrix4x4[] NextPoses { get; }

    /// <summary>0 for what stands.</summary>
    internal float[] Moved { get; }

    /// <summary>Metres of the crack along each object, at most 1.</summary>
    internal float[] Open { get; }

    /// <summary>Goes to a frame.</summary>
    /// <param name="frame">From 0.</param>
    /// <param name="cache">Where corners of cached meshes are; null for none, and they are not drawn.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    internal void Take(int frame, PointCache? cache, ParallelOptions threads)
    {
        int last = scene.Frames - 1, at = Math.Clamp(frame, 0, last), earlier = Math.Max(at - 1, 0), later = Math.Min(at + 1, last);
        for (int i = 0; i < scene.Objects.Count; i++)
        {
            DebrisObject own = scene.Objects[i];
            if (!own.IsCached)
                (Poses[i], NextPoses[i], Moved[i], Open[i]) = (own.Poses[at].ToScene, own.Poses[later].ToScene, own.Poses[at].Moved, own.Poses[at].Open);
            else if (cache is not null && cache.Corners == own.Corners)
            {
                cache.Read(earlier, before.AsSpan(own.FirstCorner, own.Corners));
                cache.Read(at, Places.AsSpan(own.FirstCorner, own.Corners));
                cache.Read(later, Next.AsSpan(own.FirstCorner, own.Corners));
                Next.AsSpan(own.FirstCorner, own.Corners).CopyTo(after.AsSpan(own.FirstCorner));
            }
        }
        Parallel.For(0, SampleGrid.Slices, threads, slice => Look(slice, at, earlier, later));
        for (int i = 0; i < scene.Objects.Count; i++)
            Smears[i] = scene.Objects[i].IsCached || Sweep(scene.Objects[i]) > Smear;
    }

    /// <summary>The pieces before the fall, without what flies.</summary>
    internal void TakeRest(ParallelOptions threads)
    {
        scene.Rest.CopyTo(Places, 0);
        Parallel.For(0, SampleGrid.Slices, threads, slice =>
        {
            for (int i = 0; i < scene.Objects.Count; i++)
            {
                DebrisObject own = scene.Objects[i];
                for (int v = own.FirstCorner; v < own.FirstCorner + own.Corners; v++)
                    Seen[slice][v] = own.IsCached ? default : view.Pixel(Places[v]);
            }
            Bin(slice, -1);
        });
    }

    private void Look(int slice, int frame, int earlier, int later)
    {
        float time = SampleGrid.Time(slice);
        Vector3[] seen = Seen[slice];
        for (int i = 0; i < scene.Objects.Count; i++)
        {
            DebrisObject own = scene.Objects[i];
            int end = own.FirstCorner + own.Corners;
            if (own.IsCached)
            {
                Vector3[] other = time < 0 ? before : after;
                for (int v = own.FirstCorner; v < end; v++)
                    seen[v] = view.Pixel(Vector3.Lerp(Places[v], other[v], MathF.Abs(time)));
                continue;
            }
            Matrix4x4 pose = Matrix4x4.Lerp(Poses[i], own.Poses[time < 0 ? earlier : later].ToScene, MathF.Abs(time));
            for (int v = own.FirstCorner; v < end; v++)
                seen[v] = view.Pixel(Vector3.Transform(scene.Own[v], pose));
            // Each object's own places are written once, by the first moment.
            for (int v = own.FirstCorner; slice == 0 && v < end; v++)
                Places[v] = Vector3.Transform(scene.Own[v], Poses[i]);
        }
        Bin(slice, frame);
    }

    /// <summary>Tells the bands which triangles reach into them.</summary>
    private void Bin(int slice, int frame)
    {
        List<int>[] bins = Bins[slice];
        foreach (List<int> bin in bins)
            bin.Clear();
        Vector3[] seen = Seen[slice];
        for (int i = 0; i < scene.Objects.Count; i++)
        {
            DebrisObject own = scene.Objects[i];
            if (frame >= 0 && !own.IsCached && !own.Poses[frame].IsShown)
                continue;
            bool isClosed = closed[i];
            for (int t = own.FirstTriangle; t < own.FirstTriangle + own.Triangles; t++)
            {
                Vector3 a = seen[scene.Corners[3 * t]], b = seen[scene.Corners[3 * t + 1]], c = seen[scene.Corners[3 * t + 2]];
                // Of a body that is closed all round, what faces away is behind what faces here. Rows count downwards.
                if (a.Z == 0 || b.Z == 0 || c.Z == 0 || (isClosed && (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X) > 0))
                    continue;
                float left = Math.Min(a.X, Math.Min(b.X, c.X)), right = Math.Max(a.X, Math.Max(b.X, c.X)), top = Math.Min(a.Y, Math.Min(b.Y, c.Y)), bottom = Math.Max(a.Y, Math.Max(b.Y, c.Y));
                if (right < 0 || left >= view.Width || bottom < 0 || top >= view.Height || (left == right && top == bottom))
                    continue;
                int lastBand = Math.Min(bands - 1, (int)(bottom / VisibleBand.Rows));
                for (int band = Math.Max(0, (int)(top / VisibleBand.Rows)); band <= lastBand; band++)
                    bins[band].Add(t);
            }
        }
    }

    /// <summary>Whether every edge of an object is passed once each way, so that its triangles are the skin of a body.</summary>
    private bool IsClosed(DebrisObject own)
    {
        var edges = new Dictionary<(int, int), int>();
        for (int t = own.FirstTriangle; t < own.FirstTriangle + own.Triangles; t++)
        {
            for (int k = 0; k < 3; k++)
            {
                (int from, int to) = (scene.Corners[3 * t + k], scene.Corners[3 * t + ((k + 1) % 3)]);
                (int, int) edge = from < to ? (from, to) : (to, from);
                edges[edge] = edges.GetValueOrDefault(edge) + (from < to ? 1 : -1);
            }
        }
        return own.Triangles > 3 && edges.Values.All(count => count == 0);
    }

    /// <summary>Pixels that an object's corners move by while the shutter is open, at most; of a few corners of it.</summary>
    private float Sweep(DebrisObject own)
    {
        float most = 0;
        int step = Math.Max(1, own.Corners / 8);
        for (int v = own.FirstCorner; v < own.FirstCorner + own.Corners; v += step)
        {
            Vector3 first = Seen[0][v], last = Seen[^1][v];
            if (first.Z > 0 && last.Z > 0)
                most = Math.Max(most, Math.Max(MathF.Abs(first.X - last.X), MathF.Abs(first.Y - last.Y)));
        }
        return most;
    }
}
