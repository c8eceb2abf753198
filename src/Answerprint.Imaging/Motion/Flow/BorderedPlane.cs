using System.Runtime.CompilerServices;

namespace Answerprint.Imaging.Motion.Flow;

/// <summary>One channel with its edge repeated around it, so that a patch may leave the frame without a test for each pixel.</summary>
internal sealed class BorderedPlane
{
    /// <summary>Pixels repeated on each side.</summary>
    internal const int Border = 16;

    internal BorderedPlane(int width, int height)
    {
        (Width, Height, Stride) = (width, height, width + 2 * Border);
        Values = new float[Stride * (height + 2 * Border) + 8];
    }

    internal int Width { get; }

    internal int Height { get; }

    internal int Stride { get; }

    internal float[] Values { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int IndexOf(int x, int y) => (y + Border) * Stride + x + Border;

    internal Span<float> Row(int y) => Values.AsSpan(IndexOf(0, y), Width);

    /// <summary>Repeats the edge, once all rows are set.</summary>
    internal void RepeatEdge()
    {
        for (int y = 0; y < Height; y++)
        {
            Span<float> row = Values.AsSpan(IndexOf(-Border, y), Stride);
            row[..Border].Fill(row[Border]);
            row[(Border + Width)..].Fill(row[Border + Width - 1]);
        }
        ReadOnlySpan<float> first = Values.AsSpan(IndexOf(-Border, 0), Stride), last = Values.AsSpan(IndexOf(-Border, Height - 1), Stride);
        for (int y = 1; y <= Border; y++)
        {
            first.CopyTo(Values.AsSpan(IndexOf(-Border, -y), Stride));
            last.CopyTo(Values.AsSpan(IndexOf(-Border, Height - 1 + y), Stride));
        }
    }

    /// <summary>Half as wide and high (rounded down, at least 1): means of 2 x 2 pixels.</summary>
    internal BorderedPlane Halve()
    {
        var result = new BorderedPlane(Math.Max(1, Width / 2), Math.Max(1, Height / 2));
        for (int y = 0; y < result.Height; y++)
        {
            ReadOnlySpan<float> upper = Values.AsSpan(IndexOf(0, 2 * y), Width + 1), lower = Values.AsSpan(IndexOf(0, 2 * y + 1), Width + 1);
            Span<float> to = result.Row(y);
            for (int x = 0; x < to.Length; x++)
                to[x] = 0.25f * (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]);
        }
        result.RepeatEdge();
        return result;
    }

    /// <summary>Differences to the right and down, exact for cubic signals: (1, -8, 0, 8, -1) / 12.</summary>
    internal (BorderedPlane X, BorderedPlane Y) Gradient()
    {
        var across = new BorderedPlane(Width, Height);
        var down = new BorderedPlane(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<float> row = Values.AsSpan(IndexOf(-2, y), Width + 4);
            ReadOnlySpan<float> above = Values.AsSpan(IndexOf(0, y - 1), Width), below = Values.AsSpan(IndexOf(0, y + 1), Width);
            ReadOnlySpan<float> farAbove = Values.AsSpan(IndexOf(0, y - 2), Width), farBelow = Values.AsSpan(IndexOf(0, y + 2), Width);
            Span<float> x = across.Row(y), z = down.Row(y);
            for (int i = 0; i < Width; i++)
            {
                x[i] = (8 * (row[i + 3] - row[i + 1]) - (row[i + 4] - row[i])) * (1 / 12f);
                z[i] = (8 * (below[i] - above[i]) - (farBelow[i] - farAbove[i])) * (1 / 12f);
            }
        }
        across.RepeatEdge();
        down.RepeatEdge();
        return (across, down);
    }
}
