using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Motion;

/// <summary>A frame reduced to 64 x 36 cells of luma and chroma, whatever its size, in which frames are compared.</summary>
internal sealed class FrameSignature
{
    internal const int Columns = 64;
    internal const int Rows = 36;
    internal const int Cells = Columns * Rows;
    internal const int Bins = 16 * 8 * 8;

    /// <summary>Cells on each side of a coarse cell.</summary>
    internal const int CoarseSide = 4;

    internal const int CoarseCells = Cells / (CoarseSide * CoarseSide);

    private FrameSignature(int index, long pts)
    {
        (Index, Pts) = (index, pts);
    }

    internal int Index { get; }

    internal long Pts { get; }

    /// <summary>BT.601 luma, 0..255.</summary>
    internal byte[] Luma { get; } = new byte[Cells];

    /// <summary>Blue and red difference, 128 for grey.</summary>
    internal byte[] Blue { get; } = new byte[Cells];

    /// <inheritdoc cref="Blue"/>
    internal byte[] Red { get; } = new byte[Cells];

    /// <summary>Means of 4 x 4 cells: luma, then blue and red difference, one plane after the other.</summary>
    internal byte[] Coarse { get; } = new byte[3 * CoarseCells];

    /// <summary>Cells per bin of luma (16), blue difference (8) and red difference (8).</summary>
    internal ushort[] Histogram { get; } = new ushort[Bins];

    /// <summary>Mean luma, 0..255.</summary>
    internal int Mean { get; private set; }

    /// <summary>Mean absolute deviation of luma from its mean, in 1/16 codes.</summary>
    internal int Deviation { get; private set; }

    internal static FrameSignature Create(PixelView<byte> frame, int index, long pts)
    {
        var signature = new FrameSignature(index, pts);
        for (int row = 0; row < Rows; row++)
        {
            (int top, int bottom) = Range(row, Rows, frame.Height);
            for (int column = 0; column < Columns; column++)
            {
                (int left, int right) = Range(column, Columns, frame.Width);
                signature.SetCell(row * Columns + column, frame, left, top, right, bottom);
            }
        }
        signature.Summarise();
        Shrink(signature.Luma, signature.Coarse);
        Shrink(signature.Blue, signature.Coarse.AsSpan(CoarseCells));
        Shrink(signature.Red, signature.Coarse.AsSpan(2 * CoarseCells));
        return signature;
    }

    private static (int Start, int End) Range(int cell, int cells, int length)
    {
        int start = (int)((long)cell * length / cells);
        return (start, Math.Max(start + 1, (int)((cell + 1L) * length / cells)));
    }

    private void SetCell(int cell, PixelView<byte> frame, int left, int top, int right, int bottom)
    {
        int count = (right - left) * (bottom - top);
        int r = CellMean(frame, 0, left, top, right, bottom, count);
        if (frame.Channels < 3)
        {
            (Luma[cell], Blue[cell], Red[cell]) = ((byte)r, 128, 128);
        }
        else
        {
            int g = CellMean(frame, 1, left, top, right, bottom, count), b = CellMean(frame, 2, left, top, right, bottom, count);
            Luma[cell] = (byte)((77 * r + 150 * g + 29 * b + 128) >> 8);
            Blue[cell] = (byte)Math.Clamp(((-43 * r - 85 * g + 128 * b + 128) >> 8) + 128, 0, 255);
            Red[cell] = (byte)Math.Clamp(((128 * r - 107 * g - 21 * b + 128) >> 8) + 128, 0, 255);
        }
        Histogram[(Luma[cell] >> 4 << 6) | (Chroma(Blue[cell]) << 3) | Chroma(Red[cell])]++;
    }

    /// <summary>Film chroma stays near grey, so the eight bins are finer there.</summary>
    private static int Chroma(int value) => Math.Clamp((value - 128 + 48) / 12, 0, 7);

    private static int CellMean(PixelView<byte> frame, int channel, int left, int top, int right, int bottom, int count)
    {
        long sum = 0;
        int stride = frame.Layout.PixelStride;
        for (int y = top; y < bottom; y++)
        {
            ReadOnlySpan<byte> row = frame.Row(y, channel);
            for (int x = left * stride; x < right * stride; x += stride)
                sum += row[x];
        }
        return (int)((sum + count / 2) / count);
    }

    private static void Shrink(ReadOnlySpan<byte> cells, Span<byte> coarse)
    {
        for (int i = 0; i < CoarseCells; i++)
        {
            int first = i / (Columns / CoarseSide) * CoarseSide * Columns + i % (Columns / CoarseSide) * CoarseSide, sum = 0;
            for (int y = 0; y < CoarseSide; y++)
            {
                foreach (byte value in cells.Slice(first + y * Columns, CoarseSide))
                    sum += value;
            }
            coarse[i] = (byte)((sum + CoarseSide * CoarseSide / 2) / (CoarseSide * CoarseSide));
        }
    }

    private void Summarise()
    {
        int sum = 0, deviation = 0;
        foreach (byte value in Luma)
            sum += value;
        Mean = (sum + Cells / 2) / Cells;
        foreach (byte value in Luma)
            deviation += Math.Abs(value - Mean);
        Deviation = (16 * deviation + Cells / 2) / Cells;
    }
}
