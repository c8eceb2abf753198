using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>
/// A large surface from small pieces of references: blocks that agree where they overlap, cut along the seam where they differ least (image
/// quilting, Efros and Freeman, SIGGRAPH 2001), on a torus, from coarse to fine. Every texel is one texel of one reference.
/// </summary>
internal sealed class Quilt
{
    private const int Kept = 8, Reach = 2;
    private readonly QuiltPlan plan;
    private readonly ulong key;
    private readonly CancellationToken cancellationToken;
    private (int Material, int X, int Y)[] places;

    private Quilt(QuiltPlan plan, ulong seed, CancellationToken cancellationToken)
    {
        (this.plan, this.cancellationToken, key) = (plan, cancellationToken, CounterRandom.Key(seed, 77));
        places = new (int, int, int)[plan.Columns * plan.Rows];
    }

    /// <summary>Makes the surface.</summary>
    /// <param name="materials">References at the finest level, of one scale.</param>
    /// <param name="plan">How large the blocks and the torus are.</param>
    /// <param name="seed">What chance is made from.</param>
    /// <param name="finest">0 for all detail; a higher number stops that many halvings earlier.</param>
    /// <param name="cancellationToken">Obeyed within a block.</param>
    internal static QuiltSheet Make(IReadOnlyList<Material> materials, QuiltPlan plan, ulong seed, int finest, CancellationToken cancellationToken)
    {
        var pyramid = new List<IReadOnlyList<Material>> { materials };
        for (int i = 0; i < plan.Levels; i++)
            pyramid.Add([.. pyramid[^1].Select(material => material.Half())]);
        var quilt = new Quilt(plan, seed, cancellationToken);
        QuiltSheet? sheet = null;
        for (int level = plan.Levels; level >= Math.Min(finest, plan.Levels); level--)
        {
            sheet = new QuiltSheet(plan, level, pyramid[level]);
            quilt.Lay(sheet, level == plan.Levels);
        }
        return sheet!;
    }

    private void Lay(QuiltSheet sheet, bool first)
    {
        var uses = new int[sheet.Materials.Count];
        for (int i = 0; i < places.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int x = i % plan.Columns * sheet.Step, y = i / plan.Columns * sheet.Step;
            places[i] = first ? Search(sheet, i, x, y, uses) : Refine(sheet, places[i], x, y);
            uses[places[i].Material]++;
            sheet.Paste(x, y, places[i]);
        }
    }

    /// <summary>All places of all materials; one of the best by chance.</summary>
    private (int Material, int X, int Y) Search(QuiltSheet sheet, int number, int x, int y, int[] uses)
    {
        ulong random = CounterRandom.Next(key, number);
        var best = new (long Cost, int Material, int X, int Y)[Kept];
        Array.Fill(best, (long.MaxValue, 0, 0, 0));
        int block = sheet.Block;
        for (int m = 0; m < sheet.Materials.Count; m++)
        {
            Material material = sheet.Materials[m];
            // A material that was used more than its share costs more.
            long excess = Math.Max(0, (long)uses[m] * sheet.Materials.Count - number) * 6 / (number + 1);
            for (int py = 0; py <= material.Height - block; py++)
            {
                for (int px = 0; px <= material.Width - block; px++)
                {
                    long limit = best[Kept - 1].Cost, again = 10 + excess + Nearness(number, m, px, py, block);
                    long cost = sheet.Distance(x, y, (m, px, py), limit == long.MaxValue ? limit : limit / again * 10 + 10) / 10 * again;
                    if (cost >= limit)
                        continue;
                    int at = Kept - 1;
                    for (; at > 0 && best[at - 1].Cost > cost; at--)
                        best[at] = best[at - 1];
                    best[at] = (cost, m, px, py);
                }
            }
        }
        if (number == 0)
            return Anywhere(sheet, random);
        int good = 1;
        while (good < Kept && best[good].Cost <= best[0].Cost + best[0].Cost / 8 && best[good].Cost != long.MaxValue)
            good++;
        var chosen = best[CounterRandom.Below((uint)(random >> 32), good)];
        return (chosen.Material, chosen.X, chosen.Y);
    }

    private static (int Material, int X, int Y) Anywhere(QuiltSheet sheet, ulong random)
    {
        int m = CounterRandom.Below((uint)random, sheet.Materials.Count);
        Material material = sheet.Materials[m];
        ulong more = CounterRandom.Step(random), most = CounterRandom.Step(more);
        return (m, CounterRandom.Below((uint)(more >> 32), material.Width - sheet.Block + 1), CounterRandom.Below((uint)(most >> 32), material.Height - sheet.Block + 1));
    }

    /// <summary>What was used before nearly as it is costs more, the more recently the more: nothing is to repeat side by side.</summary>
    private int Nearness(int number, int material, int x, int y, int block)
    {
        int cost = 0, near = block / 2;
        for (int back = 1; back <= Math.Min(number, 2 * plan.Columns + 2); back++)
        {
            var (m, px, py) = places[number - back];
            if (m == material && Math.Abs(px - x) < near && Math.Abs(py - y) < near)
                cost += back <= 2 || Math.Abs(back - plan.Columns) <= 1 ? 12 : 5;
        }
        return cost;
    }

    /// <summary>The best of the places around the one of the coarser level.</summary>
    private static (int Material, int X, int Y) Refine(QuiltSheet sheet, (int Material, int X, int Y) coarse, int x, int y)
    {
        Material material = sheet.Materials[coarse.Material];
        int right = material.Width - sheet.Block, bottom = material.Height - sheet.Block;
        var best = (coarse.Material, X: Math.Min(2 * coarse.X, right), Y: Math.Min(2 * coarse.Y, bottom));
        long least = sheet.Distance(x, y, best, long.MaxValue);
        for (int dy = -Reach; dy <= Reach; dy++)
        {
            for (int dx = -Reach; dx <= Reach; dx++)
            {
                var place = (coarse.Material, X: Math.Clamp(2 * coarse.X + dx, 0, right), Y: Math.Clamp(2 * coarse.Y + dy, 0, bottom));
                long cost = sheet.Distance(x, y, place, least);
                if (cost < least)
                    (best, least) = (place, cost);
            }
        }
        return best;
    }
}
