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

    /// <summary>
    /// One pass that lets a patch follow its neighbours: of its own match and theirs the one takes it whose distance, less a tenth for
    /// each of the eight neighbours that would agree, is least. Where many places fit about as well, as in skies, pieces grow.
    /// </summary>
    /// <param name="state">The picture.</param>
    /// <param name="source">The atlas' samples.</param>
    /// <param name="old">Lists of the pass before; the first of each counts.</param>
    /// <param name="next">Receives one match a patch.</param>
    /// <param name="reach">How far away neighbours are, in pixels.</param>
    internal void Settle(LevelImage state, short[] source, NeighbourLists old, NeighbourLists next, int reach)
    {
        Debug.Assert(next.Count == 1);
        Bands.Run(next.Height, parallel, (from, to) =>
        {
            fixed (short* query = state.Samples, sheet = source)
            {
                Span<int> places = stackalloc int[9], votes = stackalloc int[9];
                for (int y = from; y < to; y++)
                {
                    for (int x = 0; x < next.Width; x++)
                    {
                        int count = Agreements(old, x, y, reach, places, votes), i = y * next.Width + x;
                        (next.Positions[i], next.Distances[i]) = count == 1
                            ? (places[0], old.Distances[i * old.Count])
                            : Follow(query + 4 * (y * state.Width + x), state.Width, sheet, places[..count], votes);
                    }
                }
            }
        });
    }

    /// <summary>The places that a patch and its neighbours have, as the patch would have them, and how many neighbours have each.</summary>
    private int Agreements(NeighbourLists old, int x, int y, int reach, Span<int> places, Span<int> votes)
    {
        places[0] = old.Positions[(y * old.Width + x) * old.Count];
        votes[0] = 0;
        int count = 1;
        for (int dy = -reach; dy <= reach; dy += reach)
        {
            for (int dx = -reach; dx <= reach; dx += reach)
            {
                if ((dx | dy) == 0 || (uint)(x + dx) >= (uint)old.Width || (uint)(y + dy) >= (uint)old.Height)
                    continue;
                int place = Shifted(old.Positions[((y + dy) * old.Width + x + dx) * old.Count], -dx, -dy);
                if (place < 0)
                    continue;
                int known = places[..count].IndexOf(place);
                if (known < 0)
                {
                    known = count++;
                    (places[known], votes[known]) = (place, 0);
                }
                votes[known]++;
            }
        }
        return count;
    }

    private (int Position, int Distance) Follow(short* at, int width, short* sheet, ReadOnlySpan<int> places, ReadOnlySpan<int> votes)
    {
        (int best, int distance, long least) = (places[0], int.MaxValue, long.MaxValue);
        for (int i = 0; i < places.Length; i++)
        {
            int apart = PatchDistance.Measure(at, 4 * width, sheet + 4L * places[i], 4 * atlas.Stride, patch, int.MaxValue);
            long cost = (long)apart * (10 - votes[i]);
            if (cost < least)
                (best, distance, least) = (places[i], apart, cost);
        }
        return (best, distance);
    }

    /// <summary>A place moved by so many pixels; -1 where that leaves its reference.</summary>
    private int Shifted(int position, int dx, int dy)
    {
        if (position < 0)
            return -1;
        (int row, int column) = Math.DivRem(position, atlas.Stride);
        return (uint)(row + dy) < (uint)atlas.Image.Height && atlas.SourceAt(row + dy) == atlas.SourceAt(row) && atlas.Holds(column + dx, row + dy)
            ? position + dy * atlas.Stride + dx
            : -1;
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
        if (position >= 0 && (dx | dy) != 0)
            position = Shifted(position, dx, dy);
        if (position < 0)
            return;
        if (best.Has(position))
            return;
        best.OfferNew(position, PatchDistance.Measure(at, 4 * width, source + 4L * position, 4 * atlas.Stride, patch, best.Limit));
    }
}
