using System.Runtime.CompilerServices;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// Which of a few offsets each missing pixel of one level takes: what the context around the hole says, and how little a seam between
/// two offsets would show, are added up and made small by cutting graphs (alpha expansion; Boykov, Veksler and Zabih, PAMI 2001).
/// </summary>
internal sealed class OffsetLabels
{
    /// <summary>Cost of an offset that leads a pixel, or a patch around it, to nothing known.</summary>
    internal const int Never = ushort.MaxValue;

    // Costs are kept in 16 bits, halved.
    private const int CostScale = 2;

    // What a known pixel of the context costs that an offset has no answer to: a third of the range in each channel.
    private const int Unanswered = 3 * 80 * 80;

    // How much the context counts beside the seams.
    private const int ContextWeight = 4;

    // What part of the difference in tone from what is expected counts.
    private const int ToneShare = 2;

    // What a pixel costs at an offset that only the rim speaks for: without it the inside of a hole collects whatever fits in pieces.
    private const int Rare = 300;

    // How many offsets look at the same choice: enough for the processors of a workstation, few enough that they seldom want the same pixels.
    private const int MovesAtOnce = 4;

    private readonly RepairLevel level;
    private readonly int[] missingSums;
    private readonly int[] nodeAt;
    private readonly int[] pixels;
    private readonly int[] labels;
    private readonly int[] changedAt;
    private int clock;
    private readonly List<Offset> offsets;
    private readonly List<ushort[]> costs = [];
    private readonly RimTones? tones;
    private readonly int dominant;
    private readonly int contextRadius;
    private readonly int patchRadius;
    private readonly int rowCost;

    /// <param name="level">The picture.</param>
    /// <param name="offsets">What may be chosen, in pixels of the level.</param>
    /// <param name="dominant">How many of them, from the first, the picture repeats itself at; the others cost a little more everywhere.</param>
    /// <param name="contextRadius">How far around a missing pixel known ones must agree.</param>
    /// <param name="tones">What tone is expected where; null when that is settled.</param>
    /// <param name="patchRadius">So far around a missing pixel an offset must lead to known pixels as well.</param>
    /// <param name="rowCost">What a pixel costs that is taken from a whole height of the level above or below.</param>
    internal OffsetLabels(RepairLevel level, IEnumerable<Offset> offsets, int dominant, int contextRadius, int patchRadius, RimTones? tones = null, int rowCost = 0)
    {
        this.rowCost = rowCost;
        this.tones = tones;
        this.dominant = dominant;
        (this.level, this.offsets, this.contextRadius, this.patchRadius) = (level, [.. offsets], contextRadius, patchRadius);
        missingSums = BoxSums.Of(level.Hole, level.Width, level.Height);
        nodeAt = new int[level.Hole.Length];
        var missing = new List<int>();
        for (int i = 0; i < nodeAt.Length; i++)
        {
            bool made = level.Hole[i] == RepairLevel.Missing;
            nodeAt[i] = made ? missing.Count : -1;
            if (made)
                missing.Add(i);
        }
        pixels = [.. missing];
        labels = new int[pixels.Length];
        changedAt = new int[pixels.Length];
        Array.Fill(labels, -1);
    }

    internal IReadOnlyList<Offset> Offsets => offsets;

    /// <summary>The missing pixels, by row and column.</summary>
    internal ReadOnlySpan<int> Pixels => pixels;

    /// <summary>Index of the offset that each missing pixel takes.</summary>
    internal ReadOnlySpan<int> Labels => labels;

    internal Offset OffsetAt(int x, int y) => offsets[labels[nodeAt[y * level.Width + x]]];

    /// <summary>Works out what every offset costs every pixel by its context.</summary>
    internal void Weigh(int threads, CancellationToken cancellationToken)
    {
        var all = new ushort[offsets.Count][];
        Parallel.For(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, k => all[k] = CostOf(k));
        costs.AddRange(all);
    }

    /// <summary>Gives every pixel the offset that costs least, and new offsets to what none of them reaches: from there to the nearest known patch.</summary>
    internal void StartFromContext(CancellationToken cancellationToken)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            if (i % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            labels[i] = Cheapest(i) is >= 0 and var best ? best : AddReaching(i);
        }
    }

    /// <summary>Takes the choice of a level of half the size; what does not hold here is chosen anew.</summary>
    internal void StartFrom(OffsetLabels coarser, CancellationToken cancellationToken)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            if (i % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            int x = pixels[i] % level.Width, y = pixels[i] / level.Width;
            int label = coarser.labels[coarser.nodeAt[y / 2 * coarser.level.Width + x / 2]];
            if (costs[label][i] < Never)
                labels[i] = label;
            else
                labels[i] = Cheapest(i) is >= 0 and var best ? best : AddReaching(i);
        }
    }

    /// <summary>
    /// Lets every offset spread where that lowers the whole cost: the first time in turn, later a few at a time that look at the same choice, on as many threads; then
    /// they take in turn what they found, and one whose pixels touch what another of them took looks again. The result does not depend
    /// on the threads.
    /// </summary>
    /// <param name="reach">How far from where it is an offset may spread; 0 for anywhere.</param>
    /// <param name="threads">Threads, 1 or more.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many pixels changed.</returns>
    internal int Sweep(int reach, int threads, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        var moves = new OffsetMove[Math.Min(MovesAtOnce, offsets.Count)];
        for (int k = 0; k < moves.Length; k++)
            moves[k] = new OffsetMove(pixels.Length);
        int changed = 0;
        // Where all pixels are still open, offsets would look at a choice that the one before them is about to replace.
        int step = reach == 0 && clock > 0 ? moves.Length : 1;
        for (int label = 0; label < offsets.Count; label += step)
        {
            int first = label, count = Math.Min(step, offsets.Count - first);
            Parallel.For(0, count, parallel, k => Propose(first + k, reach, moves[k]));
            int before = clock;
            for (int k = 0; k < count; k++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (k > 0 && clock != before && Touches(moves[k], before))
                    Propose(first + k, reach, moves[k]);
                changed += Take(first + k, moves[k]);
            }
        }
        return changed;
    }

    /// <summary>Forgets the offsets that no pixel takes, here and in a list that begins alike.</summary>
    /// <returns>How many of the first ones stay, and the list.</returns>
    internal (int Dominant, List<DominantOffset> Known) KeepUsed(int first, List<DominantOffset> known)
    {
        var used = new bool[offsets.Count];
        foreach (int label in labels)
            used[label] = true;
        var renamed = new int[used.Length];
        int next = 0;
        for (int k = 0; k < used.Length; k++)
            renamed[k] = used[k] ? next++ : -1;
        for (int i = 0; i < labels.Length; i++)
            labels[i] = renamed[labels[i]];
        offsets.RemoveAll(WithIndex<Offset>(used));
        costs.Clear();
        return (used.Take(first).Count(u => u), [.. known.Where((_, k) => used[k])]);
    }

    private static Predicate<T> WithIndex<T>(bool[] used)
    {
        int at = 0;
        return _ => !used[at++];
    }

    private int Cheapest(int node)
    {
        int best = -1;
        for (int k = 0; k < costs.Count; k++)
        {
            if (costs[k][node] < (best < 0 ? Never : costs[best][node]))
                best = k;
        }
        return best;
    }

    private int AddReaching(int node)
    {
        int x = pixels[node] % level.Width, y = pixels[node] / level.Width;
        (int sx, int sy) = NearestKnownPatch(x, y);
        int times = 4;
        // Further out in the same direction serves more pixels of a deep hole.
        while (times > 1 && !IsKnownPatch(x + times * (sx - x), y + times * (sy - y)))
            times--;
        offsets.Add(new Offset(times * (sx - x), times * (sy - y)));
        costs.Add(CostOf(offsets.Count - 1));
        return offsets.Count - 1;
    }

    /// <summary>The middle of the known patch nearest to a pixel, in rings of growing distance.</summary>
    private (int X, int Y) NearestKnownPatch(int x, int y)
    {
        for (int radius = 1; radius < Math.Max(level.Width, level.Height); radius++)
        {
            for (int dy = -radius; dy <= radius; dy++)
            {
                int step = Math.Abs(dy) == radius ? 1 : 2 * radius;
                for (int dx = -radius; dx <= radius; dx += step)
                {
                    if (IsKnownPatch(x + dx, y + dy))
                        return (x + dx, y + dy);
                }
            }
        }
        throw new InvalidOperationException("No known patch was found; the mask should have been refused.");
    }

    private bool IsKnownPatch(int x, int y) =>
        x >= patchRadius && y >= patchRadius && x < level.Width - patchRadius && y < level.Height - patchRadius
        && BoxSums.Sum(missingSums, level.Width, x - patchRadius, y - patchRadius, x + patchRadius + 1, y + patchRadius + 1) == 0;

    private ushort[] CostOf(int label)
    {
        Offset offset = offsets[label];
        int rarity = (label < dominant ? 0 : Rare) + (int)((long)rowCost * Math.Abs(offset.Y) / level.Height);
        int width = level.Width, height = level.Height, radius = Math.Max(contextRadius, patchRadius);
        var result = new ushort[pixels.Length];
        if (pixels.Length == 0)
            return result;
        int top = Math.Max(0, pixels[0] / width - radius), bottom = Math.Min(height, pixels[^1] / width + radius + 1), rows = bottom - top;
        // Sums of what the context costs, and of missing pixels that stay missing, over the rows that the hole touches.
        var differences = new int[(width + 1) * (rows + 1)];
        var barred = new int[(width + 1) * (rows + 1)];
        for (int y = top; y < bottom; y++)
        {
            int sum = 0, bar = 0, at = (y - top + 1) * (width + 1) + 1;
            for (int x = 0; x < width; x++, at++)
            {
                bool known = level.IsKnown(x + offset.X, y + offset.Y);
                byte found = level.Hole[y * width + x];
                if (found == RepairLevel.Missing)
                    bar += known ? 0 : 1;
                else if (found == 0)
                    sum += known ? Math.Min(Unanswered, RepairLevel.Difference(level.Pixels[y * width + x], level.Pixels[(y + offset.Y) * width + x + offset.X])) : Unanswered;
                (differences[at], barred[at]) = (differences[at - width - 1] + sum, barred[at - width - 1] + bar);
            }
        }
        int area = (2 * contextRadius + 1) * (2 * contextRadius + 1);
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = pixels[i] % width, y = pixels[i] / width;
            if (Sum(barred, x, y, patchRadius) != 0)
                result[i] = Never;
            else
            {
                int tone = tones is null ? 0 : tones.Surprise(x, y, x + offset.X, y + offset.Y) / ToneShare;
                result[i] = (ushort)Math.Min(Never - 1, (Sum(differences, x, y, contextRadius) * ContextWeight / area + rarity + tone) / CostScale);
            }
        }
        return result;

        int Sum(int[] sums, int x, int y, int r) => BoxSums.Sum(
            sums, width, Math.Max(0, x - r), Math.Max(0, y - r - top), Math.Min(width, x + r + 1), Math.Min(rows, y + r + 1 - top));
    }

    /// <summary>The pixels that may take an offset: all that it reaches, or those near where it is.</summary>
    private void Gather(int label, int reach, int[] slots, List<int> nodes)
    {
        ushort[] cost = costs[label];
        if (reach == 0)
        {
            for (int i = 0; i < pixels.Length; i++)
            {
                if (labels[i] != label && cost[i] < Never)
                    Add(i);
            }
            return;
        }
        for (int i = 0; i < pixels.Length; i++)
        {
            if (labels[i] != label || !IsSeam(i))
                continue;
            int x = pixels[i] % level.Width, y = pixels[i] / level.Width;
            for (int ny = Math.Max(0, y - reach); ny <= Math.Min(level.Height - 1, y + reach); ny++)
            {
                for (int nx = Math.Max(0, x - reach); nx <= Math.Min(level.Width - 1, x + reach); nx++)
                {
                    int other = nodeAt[ny * level.Width + nx];
                    if (other >= 0 && slots[other] < 0 && labels[other] != label && cost[other] < Never)
                        Add(other);
                }
            }
        }

        void Add(int i)
        {
            slots[i] = nodes.Count;
            nodes.Add(i);
        }
    }

    private bool IsSeam(int node)
    {
        for (int slot = 0; slot < 4; slot++)
        {
            int other = Neighbour(pixels[node], slot);
            if (other >= 0 && nodeAt[other] >= 0 && labels[nodeAt[other]] != labels[node])
                return true;
        }
        return false;
    }

    /// <summary>Finds which pixels an offset would take.</summary>
    private void Propose(int label, int reach, OffsetMove move)
    {
        move.Clear();
        Gather(label, reach, move.Slots, move.Nodes);
        if (move.Nodes.Count > 0)
            Expand(label, move.Cut, move.Slots, move.Nodes, move.Taken);
    }

    /// <summary>Whether something that a move takes, or that lies beside it, changed after a time.</summary>
    private bool Touches(OffsetMove move, int time)
    {
        foreach (int node in move.Taken)
        {
            if (changedAt[node] > time)
                return true;
            for (int slot = 0; slot < 4; slot++)
            {
                int other = Neighbour(pixels[node], slot);
                if (other >= 0 && nodeAt[other] is >= 0 and var beside && changedAt[beside] > time)
                    return true;
            }
        }
        return false;
    }

    private int Take(int label, OffsetMove move)
    {
        if (move.Taken.Count > 0)
            clock++;
        foreach (int node in move.Taken)
            (labels[node], changedAt[node]) = (label, clock);
        return move.Taken.Count;
    }

    private void Expand(int label, GraphCut cut, int[] slots, List<int> nodes, List<int> result)
    {
        cut.Reset(nodes.Count);
        Offset taken = offsets[label];
        for (int n = 0; n < nodes.Count; n++)
        {
            int node = nodes[n], pixel = pixels[node];
            Offset kept = offsets[labels[node]];
            int difference = CostScale * (costs[label][node] - costs[labels[node]][node]);
            for (int slot = 0; slot < 4; slot++)
            {
                int other = Neighbour(pixel, slot), otherNode = other < 0 ? -1 : nodeAt[other];
                // The edge of the frame costs nothing; known pixels are in the context already.
                if (otherNode < 0)
                    continue;
                Offset beside = offsets[labels[otherNode]];
                if (slots[otherNode] < 0)
                {
                    difference += Seam(pixel, other, taken, beside) - Seam(pixel, other, kept, beside);
                    continue;
                }
                if ((slot & 1) != 0)
                    continue;
                int keepBoth = Seam(pixel, other, kept, beside), keepThis = Seam(pixel, other, kept, taken), keepOther = Seam(pixel, other, taken, beside);
                difference += keepOther - keepBoth;
                cut.AddTerminal(slots[otherNode], -keepOther);
                // Where taking over one side would cost less than the sum allows, the cut is told the larger number: it never makes things worse.
                cut.Join(n, slot, slots[otherNode], Math.Max(0, keepThis + keepOther - keepBoth), 0);
            }
            cut.AddTerminal(n, difference);
        }
        cut.Solve();
        for (int n = 0; n < nodes.Count; n++)
        {
            if (cut.IsSink(n))
                result.Add(nodes[n]);
        }
    }

    /// <summary>The pixel to the right (0), left (1), below (2) or above (3); -1 outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Neighbour(int pixel, int slot)
    {
        int width = level.Width, x = pixel % width;
        return slot switch
        {
            0 => x + 1 < width ? pixel + 1 : -1,
            1 => x > 0 ? pixel - 1 : -1,
            2 => pixel + width < nodeAt.Length ? pixel + width : -1,
            _ => pixel - width,
        };
    }

    /// <summary>How much it shows when of two neighbours one takes an offset and the other another: in value and in slope.</summary>
    private int Seam(int p, int q, Offset a, Offset b)
    {
        if (a == b)
            return 0;
        int width = level.Width, px = p % width, py = p / width, qx = q % width, qy = q / width;
        bool known = level.IsKnown(px + a.X, py + a.Y) & level.IsKnown(px + b.X, py + b.Y) & level.IsKnown(qx + a.X, qy + a.Y) & level.IsKnown(qx + b.X, qy + b.Y);
        if (!known)
            return Unanswered;
        uint pa = level.Pixels[p + a.Y * width + a.X], pb = level.Pixels[p + b.Y * width + b.X];
        uint qa = level.Pixels[q + a.Y * width + a.X], qb = level.Pixels[q + b.Y * width + b.X];
        int sum = 1;
        for (int shift = 0; shift < 32; shift += 8)
        {
            int first = (int)(pa >> shift & 255) - (int)(pb >> shift & 255), second = (int)(qa >> shift & 255) - (int)(qb >> shift & 255);
            sum += first * first + second * second + 2 * (first - second) * (first - second);
        }
        return sum;
    }
}
