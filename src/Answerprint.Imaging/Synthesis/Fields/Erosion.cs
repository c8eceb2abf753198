namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>Shrinks and grows masks by a square.</summary>
internal static class Erosion
{
    /// <summary>255 where all pixels of the square around a pixel are set and inside the picture, else 0.</summary>
    internal static byte[] Erode(ReadOnlySpan<byte> mask, int width, int height, int size)
    {
        int r = size / 2;
        var rows = new byte[mask.Length];
        var result = new byte[mask.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0, run = 0; x < width; x++)
            {
                run = mask[y * width + x] != 0 ? run + 1 : 0;
                if (run >= size)
                    rows[y * width + x - r] = 255;
            }
        }
        var runs = new int[width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                runs[x] = rows[y * width + x] != 0 ? runs[x] + 1 : 0;
                if (runs[x] >= size)
                    result[(y - r) * width + x] = 255;
            }
        }
        return result;
    }

    /// <summary>255 where any pixel of the square around a pixel is set, else 0.</summary>
    internal static void Dilate(ReadOnlySpan<byte> mask, Span<byte> result, Span<byte> rows, int width, int height, int radius)
    {
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> from = mask.Slice(y * width, width);
            Span<byte> to = rows.Slice(y * width, width);
            int last = -radius - 1, ahead = 0;
            for (int x = 0; x < width; x++)
            {
                for (; ahead < width && ahead <= x + radius; ahead++)
                    if (from[ahead] != 0)
                        last = ahead;
                to[x] = x - last <= radius && last >= 0 ? (byte)255 : (byte)0;
            }
        }
        for (int y = 0; y < height; y++)
        {
            Span<byte> to = result.Slice(y * width, width);
            rows.Slice(y * width, width).CopyTo(to);
            for (int d = Math.Max(0, y - radius); d <= Math.Min(height - 1, y + radius); d++)
            {
                if (d == y)
                    continue;
                ReadOnlySpan<byte> from = rows.Slice(d * width, width);
                for (int x = 0; x < width; x++)
                    to[x] |= from[x];
            }
        }
    }
}
