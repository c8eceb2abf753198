using System.Diagnostics;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>
/// Finds for every patch of a noisy picture the nearest patches of the references. Small levels are searched whole. Larger ones look at
/// what the patch and its neighbours had before (a coherence search after Ashikhmin, I3D 2001), and at a few random places; each pass
/// reads the lists of the pass before and writes new ones, so that the result is the same for any number of threads. This is not the
/// field search that guided synthesis uses: here the picture is 16-bit noise that changes before every pass, and every patch keeps several.
/// </summary>
internal sealed unsafe class NeighbourSearch(SourceAtlas atlas, int patch, CounterNoise random, ParallelOptions parallel)
{
    /// <summary>Most neighbours a patch can keep.</summary>
    internal const int MaxCount = 32;

    /// <summary>Search every patch against every patch.</summary>
    internal void Whole(LevelImage state, short[] scaled, NeighbourLists lists)
    {
        int count = lists.Count;
        Debug.Assert(count <= MaxCount);
        Bands.Run(lists.Height, parallel, (from, to) =>
        {
            fixed (short* query = state.Samples, source = scaled)
            {
                var best = new Shortlist(stackalloc int[count], stackalloc int[count]);
                for (int y = from; y < to; y++)
                {
                    for (int x = 0; x < lists.Width; x++)
                    {
                        best.Clear();
                        ScanAll(query + 4 * (y * state.Width + x), 4 * state.Width, source, ref best);
                        best.CopyTo(lists, y * lists.Width + x);
                    }
                }
            }
        });
    }

    private void ScanAll(short* query, int stride, short* source, ref Shortlist best)
    {
        foreach (var area in atlas.Areas)
        {
            for (int y = area.Y; y <= area.Bottom - patch; y++)
            {
                int row = y * atlas.Stride;
                for (int x = 0; x <= area.Width - patch; x++)
                    best.OfferNew(row + x, PatchDistance.Measure(query, stride, source + 4 * (row + x), 4 * atlas.Stride, patch, best.Limit));
            }
        }
    }

    /// <summary>Begins with random places.</summary>
    internal void Scatter(NeighbourLists lists) => Bands.Run(lists.Height, parallel, (from, to) =>
    {
        for (int i = from * lists.Width * lists.Count; i < to * lists.Width * lists.Count; i++)
            lists.Positions[i] = AnyPlace(random.Bits(ulong.MaxValue - (ulong)i));
    });

    private int AnyPlace(ulong bits) => atlas.PositionOf((long)(((UInt128)bits * (ulong)atlas.PatchCount) >> 64));

    /// <summary>One pass over lists that are about right.</summary>
    /// <param name="state">The noisy picture.</param>
    /// <param name="scaled">The atlas' samples times the signal's share.</param>
    /// <param name="old">Lists of the pass before.</param>
    /// <param name="next">Receives the lists; may keep fewer neighbours.</param>
    /// <param name="pass">Counts passes: it varies reach and random places.</param>
    /// <param name="randomTries">Random places for each patch.</param>
    internal void Refine(LevelImage state, short[] scaled, NeighbourLists old, NeighbourLists next, int pass, int randomTries)
    {
        int reach = 1 << (2 * (pass % 3));
        Bands.Run(next.Height, parallel, (from, to) =>
        {
            fixed (short* query = state.Samples, source = scaled)
            {
                var best = new Shortlist(stackalloc int[next.Count], stackalloc int[next.Count]);
                for (int y = from; y < to; y++)
                {
                    for (int x = 0; x < next.Width; x++)
                    {
                        best.Clear();
                        short* at = query + 4 * (y * state.Width + x);
                        int here = (y * old.Width + x) * old.Count;
                        for (int i = 0; i < old.Count; i++)
                            Try(old.Positions[here + i], 0, 0, at, state.Width, source, ref best);
                        for (int i = 0; i < 4; i++)
                        {
                            int dx = i switch { 0 => -1, 1 => 1, _ => 0 }, dy = i switch { 2 => -1, 3 => 1, _ => 0 };
                            TryNeighbour(old, x, y, dx, dy, 2, at, state.Width, source, ref best);
                            if (reach > 1)
                                TryNeighbour(old, x, y, dx * reach, dy * reach, 1, at, state.Width, source, ref best);
                        }
                        TryRandom(old.Positions[here], (uint)(pass * next.Height + y) * (ulong)next.Width + (uint)x, randomTries, at, state.Width, source, ref best);
                        best.CopyTo(next, y * next.Width + x);
                    }
                }
            }
        });
    }

    private void TryNeighbour(NeighbourLists old, int x, int y, int dx, int dy, int count, short* at, int width, short* source, ref Shortlist best)
    {
        if ((uint)(x + dx) >= (uint)old.Width || (uint)(y + dy) >= (uint)old.Height)
            return;
        int there = ((y + dy) * old.Width + x + dx) * old.Count;
        for (int i = 0; i < Math.Min(count, old.Count); i++)
            Try(old.Positions[there + i], -dx, -dy, at, width, source, ref best);
    }

    private void TryRandom(int around, ulong counter, int tries, short* at, int width, short* source, ref Shortlist best)
    {
        for (int i = 0; i < tries; i++)
        {
            ulong bits = random.Bits(counter * 8 + (uint)i);
            if (i == 0)
            {
                Try(AnyPlace(bits), 0, 0, at, width, source, ref best);
                continue;
            }
            int radius = i == 1 ? 32 : 6;
            int dx = (int)((bits & 0xFFFF) * (ulong)(2 * radius + 1) >> 16) - radius, dy = (int)((bits >> 16 & 0xFFFF) * (ulong)(2 * radius + 1) >> 16) - radius;
            Try(around, dx, dy, at, width, source, ref best);
        }
    }

    private void Try(int position, int dx, int dy, short* at, int width, short* source, ref Shortlist best)
    {
        if (position < 0)
            return;
        if ((dx | dy) != 0)
        {
            (int row, int column) = Math.DivRem(position, atlas.Stride);
            if (atlas.SourceAt(row) is var owner && ((uint)(row + dy) >= (uint)atlas.Image.Height || atlas.SourceAt(row + dy) != owner || !atlas.Holds(column + dx, row + dy)))
                return;
            position += dy * atlas.Stride + dx;
        }
        if (best.Has(position))
            return;
        best.OfferNew(position, PatchDistance.Measure(at, 4 * width, source + 4L * position, 4 * atlas.Stride, patch, best.Limit));
    }
}
