namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>A torus of texels at one level, as far as it is laid.</summary>
internal sealed class QuiltSheet
{
    private readonly bool[] filled;

    internal QuiltSheet(QuiltPlan plan, int level, IReadOnlyList<Material> materials)
    {
        (Materials, Block, Overlap) = (materials, plan.Block << (plan.Levels - level), plan.Overlap << (plan.Levels - level));
        (Width, Height) = (plan.Columns * Step, plan.Rows * Step);
        Pixels = new byte[Width * Height * 3];
        Origins = new (ushort, ushort, ushort)[Width * Height];
        filled = new bool[Width * Height];
    }

    internal IReadOnlyList<Material> Materials { get; }

    internal int Block { get; }

    internal int Overlap { get; }

    internal int Step => Block - Overlap;

    internal int Width { get; }

    internal int Height { get; }

    internal byte[] Pixels { get; }

    /// <summary>Material and place in it of each texel.</summary>
    internal (ushort Material, ushort X, ushort Y)[] Origins { get; }

    /// <summary>The sum of squared differences of a block and what is laid where it would go; given up beyond a limit.</summary>
    internal long Distance(int x, int y, (int Material, int X, int Y) place, long limit)
    {
        Material material = Materials[place.Material];
        long sum = 0;
        for (int dy = 0; dy < Block && sum <= limit; dy++)
        {
            int row = (y + dy) % Height * Width;
            // The rows of the overlap above and below count whole; of the others only their ends can be laid.
            bool ends = dy >= Overlap && dy < Step;
            sum += ends ? Run(material, place, x, row, dy, 0, Overlap) + Run(material, place, x, row, dy, Step, Block) : Run(material, place, x, row, dy, 0, Block);
        }
        return sum;
    }

    /// <summary>Lays a block, cut along its seams with what is there.</summary>
    internal void Paste(int x, int y, (int Material, int X, int Y) place)
    {
        Material material = Materials[place.Material];
        var taken = SeamCut.Mask(Block, Overlap, (dx, dy) => Difference(x, y, dx, dy, material, place));
        for (int dy = 0; dy < Block; dy++)
        {
            for (int dx = 0; dx < Block; dx++)
            {
                int at = (y + dy) % Height * Width + (x + dx) % Width;
                if (filled[at] && !taken[dy * Block + dx])
                    continue;
                int from = ((place.Y + dy) * material.Width + place.X + dx) * 3;
                material.Pixels.AsSpan(from, 3).CopyTo(Pixels.AsSpan(at * 3, 3));
                Origins[at] = ((ushort)place.Material, (ushort)(place.X + dx), (ushort)(place.Y + dy));
                filled[at] = true;
            }
        }
    }

    private long Run(Material material, (int Material, int X, int Y) place, int x, int row, int dy, int from, int to)
    {
        long sum = 0;
        while (from < to)
        {
            int start = (x + from) % Width, length = Math.Min(to - from, Width - start);
            bool laid = filled[row + start];
            int same = 1;
            while (same < length && filled[row + start + same] == laid)
                same++;
            if (laid)
            {
                int at = ((place.Y + dy) * material.Width + place.X + from) * 3;
                sum += ByteDistance.Of(Pixels.AsSpan((row + start) * 3, same * 3), material.Pixels.AsSpan(at, same * 3));
            }
            from += same;
        }
        return sum;
    }

    /// <summary>How much old and new differ at a texel of the block; -1 where nothing is laid yet.</summary>
    private int Difference(int x, int y, int dx, int dy, Material material, (int Material, int X, int Y) place)
    {
        int at = (y + dy) % Height * Width + (x + dx) % Width;
        return !filled[at] ? -1 : (int)ByteDistance.Scalar(Pixels.AsSpan(at * 3, 3), material.Pixels.AsSpan(((place.Y + dy) * material.Width + place.X + dx) * 3, 3));
    }
}
