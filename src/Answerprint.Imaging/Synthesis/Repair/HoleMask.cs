using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>Which pixels are missing: white in a mask is what is to be filled.</summary>
internal static class HoleMask
{
    /// <summary>1 for each pixel that is to be filled.</summary>
    /// <exception cref="ArgumentException">The mask has another size or more than one channel.</exception>
    internal static byte[] Of(PixelBuffer<byte> mask, int width, int height)
    {
        if ((mask.Width, mask.Height) != (width, height))
            throw new ArgumentException($"The mask has {mask.Width} x {mask.Height} pixels, the picture {width} x {height}; they must be the same.");
        if (mask.Channels != 1)
            throw new ArgumentException($"A mask has one channel, not {mask.Channels}.");
        var hole = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = mask.View.PackedRow(y);
            for (int x = 0; x < width; x++)
                hole[y * width + x] = (byte)(row[x] >> 7);
        }
        return hole;
    }

    /// <summary>The largest patch radius, up to the one wanted, for which a wholly known patch exists; -1 when nothing is known.</summary>
    internal static int KnownRadius(ReadOnlySpan<byte> hole, int width, int height, int wanted)
    {
        int[] missing = BoxSums.Of(hole, width, height);
        for (int r = wanted; r >= 0; r--)
        {
            int size = 2 * r + 1;
            for (int y = 0; y + size <= height; y++)
            {
                for (int x = 0; x + size <= width; x++)
                {
                    if (BoxSums.Sum(missing, width, x, y, x + size, y + size) == 0)
                        return r;
                }
            }
        }
        return -1;
    }

    private static PixelRect Bounds(RepairLevel level)
    {
        int left = int.MaxValue, right = -1, top = -1, bottom = -1;
        for (int y = 0; y < level.Height; y++)
        {
            ReadOnlySpan<byte> row = level.Hole.AsSpan(y * level.Width, level.Width);
            int first = row.IndexOf(RepairLevel.Missing);
            if (first < 0)
                continue;
            (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOf(RepairLevel.Missing)));
            (top, bottom) = (top < 0 ? y : top, y);
        }
        return right < 0 ? default : new PixelRect(left, top, right - left + 1, bottom - top + 1);
    }

    /// <summary>Where a picture is looked at for what it repeats: the hole and as much again on each side, but not less than a sixth of the picture.</summary>
    internal static PixelRect Surroundings(RepairLevel level)
    {
        PixelRect bounds = Bounds(level);
        int x = Math.Max(bounds.Width, level.Width / 6), y = Math.Max(bounds.Height, level.Height / 6);
        return new PixelRect(bounds.X - x, bounds.Y - y, bounds.Width + 2 * x, bounds.Height + 2 * y).Intersect(new PixelRect(0, 0, level.Width, level.Height));
    }
}
