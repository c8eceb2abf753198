namespace Answerprint.Imaging.Quality;

/// <summary>A small grid of integers, with sums over rectangles in constant time.</summary>
internal sealed class Plane(int width, int height)
{
    private long[]? sums;

    internal int Width { get; } = width;

    internal int Height { get; } = height;

    internal int[] Values { get; } = new int[width * height];

    internal int this[int x, int y]
    {
        get => Values[y * Width + x];
        set => Values[y * Width + x] = value;
    }

    /// <summary>Sum over columns left .. right - 1 and rows top .. bottom - 1, clamped to the grid. Values may not change after the first call.</summary>
    internal long Sum(int left, int top, int right, int bottom)
    {
        sums ??= Integrate();
        (left, right) = (Math.Clamp(left, 0, Width), Math.Clamp(right, 0, Width));
        (top, bottom) = (Math.Clamp(top, 0, Height), Math.Clamp(bottom, 0, Height));
        if (right <= left || bottom <= top)
            return 0;
        int stride = Width + 1;
        return sums[bottom * stride + right] - sums[top * stride + right] - sums[bottom * stride + left] + sums[top * stride + left];
    }

    /// <summary>Mean over a rectangle clamped to the grid, rounded down; 0 when nothing is left of it.</summary>
    internal int Mean(int left, int top, int right, int bottom)
    {
        int area = (Math.Clamp(right, 0, Width) - Math.Clamp(left, 0, Width)) * (Math.Clamp(bottom, 0, Height) - Math.Clamp(top, 0, Height));
        return area <= 0 ? 0 : (int)(Sum(left, top, right, bottom) / area);
    }

    /// <summary>Mean of the square of 2 r + 1 cells around each cell.</summary>
    internal Plane Blur(int radius)
    {
        var result = new Plane(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
                result[x, y] = Mean(x - radius, y - radius, x + radius + 1, y + radius + 1);
        }
        return result;
    }

    /// <summary>Values scaled so that the 98th percentile becomes 255 and what is above is cut off; a plane without contrast becomes 0.</summary>
    internal Plane Normalise(int least = 1)
    {
        int[] sorted = [.. Values];
        Array.Sort(sorted);
        int low = sorted[sorted.Length / 10], high = sorted[sorted.Length * 98 / 100];
        var result = new Plane(Width, Height);
        if (high - low < least)
            return result;
        for (int i = 0; i < Values.Length; i++)
            result.Values[i] = (int)Math.Clamp((Values[i] - low) * 255L / (high - low), 0, 255);
        return result;
    }

    private long[] Integrate()
    {
        var table = new long[(Width + 1) * (Height + 1)];
        for (int y = 0; y < Height; y++)
        {
            long row = 0;
            for (int x = 0; x < Width; x++)
            {
                row += Values[y * Width + x];
                table[(y + 1) * (Width + 1) + x + 1] = table[y * (Width + 1) + x + 1] + row;
            }
        }
        return table;
    }
}
