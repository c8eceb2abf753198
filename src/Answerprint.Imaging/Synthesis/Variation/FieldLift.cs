using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Carries neighbours from a coarser level to a finer one: the same place of the same reference, as nearly as pixels allow.</summary>
internal static class FieldLift
{
    internal static NeighbourLists Lift(
        NeighbourLists coarse, SourceAtlas from, LevelImage coarsePicture, SourceAtlas to, int width, int height, ParallelOptions parallel)
    {
        int patch = to.Patch, half = patch / 2;
        var result = new NeighbourLists(width - patch + 1, height - patch + 1, coarse.Count);
        Bands.Run(result.Height, parallel, (first, end) =>
        {
            for (int y = first; y < end; y++)
            {
                int cy = Nearest(y, half, coarsePicture.Height, height, coarse.Height);
                for (int x = 0; x < result.Width; x++)
                {
                    int cx = Nearest(x, half, coarsePicture.Width, width, coarse.Width);
                    int source = (cy * coarse.Width + cx) * coarse.Count, target = (y * result.Width + x) * result.Count;
                    for (int i = 0; i < coarse.Count; i++)
                        result.Positions[target + i] = Lift(coarse.Positions[source + i], from, to, x, y, cx, cy, coarsePicture, width, height);
                }
            }
        });
        return result;
    }

    /// <summary>The coarse patch whose middle is nearest.</summary>
    private static int Nearest(int at, int half, int coarseLength, int length, int patches) =>
        (int)Math.Clamp((2L * (at + half) + 1) * coarseLength / (2L * length) - half, 0, patches - 1);

    private static int Lift(int position, SourceAtlas from, SourceAtlas to, int x, int y, int cx, int cy, LevelImage coarse, int width, int height)
    {
        if (position < 0)
            return -1;
        (int row, int column) = Math.DivRem(position, from.Stride);
        int owner = from.SourceAt(row), half = to.Patch / 2;
        PixelRect a = from.Areas[owner], b = to.Areas[owner];
        int tx = Place(column, a.Width, b.Width, x, cx, coarse.Width, width, half);
        int ty = Place(row - a.Y, a.Height, b.Height, y, cy, coarse.Height, height, half);
        return (Math.Clamp(ty, 0, b.Height - to.Patch) + b.Y) * to.Stride + Math.Clamp(tx, 0, b.Width - to.Patch);
    }

    /// <summary>Where the middle of the match lies in the finer reference, plus how far the finer patch lies from the middle of the coarser.</summary>
    private static int Place(int match, int fromLength, int toLength, int at, int coarseAt, int coarseLength, int length, int half)
    {
        const long Unit = 1 << 16;
        long middle = (2L * (match + half) + 1) * toLength * Unit / (2L * fromLength);
        long aside = (2L * (at + half) + 1) * Unit / 2 - (2L * (coarseAt + half) + 1) * length * Unit / (2L * coarseLength);
        return (int)((middle + aside) >> 16) - half;
    }
}
