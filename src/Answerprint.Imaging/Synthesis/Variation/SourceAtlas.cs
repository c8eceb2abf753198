using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>All references at one level in one image, below each other, so that a patch of any of them is one number.</summary>
internal sealed class SourceAtlas
{
    private readonly byte[] sourceOfRow;
    private short[]? scaled;

    internal SourceAtlas(IReadOnlyList<LevelImage> pictures, int patch)
    {
        Patch = patch;
        int width = 0, height = 0;
        foreach (LevelImage picture in pictures)
        {
            width = Math.Max(width, picture.Width);
            height += picture.Height;
        }
        Image = new LevelImage(width, height);
        sourceOfRow = new byte[height];
        Areas = new PixelRect[pictures.Count];
        int top = 0;
        for (int i = 0; i < pictures.Count; i++)
        {
            LevelImage picture = pictures[i];
            for (int y = 0; y < picture.Height; y++)
                picture.Row(y).CopyTo(Image.Row(top + y));
            Areas[i] = new PixelRect(0, top, picture.Width, picture.Height);
            sourceOfRow.AsSpan(top, picture.Height).Fill((byte)i);
            top += picture.Height;
            PatchCount += (long)Math.Max(0, picture.Width - patch + 1) * Math.Max(0, picture.Height - patch + 1);
        }
    }

    internal int Patch { get; }

    internal LevelImage Image { get; }

    internal PixelRect[] Areas { get; }

    /// <summary>Patches that lie wholly inside a reference.</summary>
    internal long PatchCount { get; }

    internal int Stride => Image.Width;

    internal int SourceAt(int row) => sourceOfRow[row];

    /// <summary>Whether a patch with its top left pixel here lies wholly inside one reference.</summary>
    internal bool Holds(int x, int y)
    {
        if ((uint)y >= (uint)sourceOfRow.Length || x < 0)
            return false;
        PixelRect area = Areas[sourceOfRow[y]];
        return x <= area.Width - Patch && y <= area.Bottom - Patch;
    }

    /// <summary>The n-th patch, 0 to <see cref="PatchCount"/> - 1, reference by reference and row by row.</summary>
    internal int PositionOf(long index)
    {
        foreach (PixelRect area in Areas)
        {
            int wide = area.Width - Patch + 1, high = area.Height - Patch + 1;
            if (wide <= 0 || high <= 0)
                continue;
            if (index < (long)wide * high)
                return (area.Y + (int)(index / wide)) * Stride + (int)(index % wide);
            index -= (long)wide * high;
        }
        throw new ArgumentOutOfRangeException(nameof(index));
    }

    /// <summary>Every sample times a factor in 1 / 65,536, rounded; the next call overwrites it.</summary>
    internal short[] Scaled(int factor, ParallelOptions parallel)
    {
        if (factor == 1 << 16)
            return Image.Samples;
        scaled ??= new short[Image.Samples.Length];
        Bands.Run(Image.Height, parallel, (from, to) =>
        {
            for (int y = from; y < to; y++)
            {
                ReadOnlySpan<short> row = Image.Row(y);
                Span<short> output = scaled.AsSpan(4 * y * Stride, row.Length);
                for (int i = 0; i < row.Length; i++)
                    output[i] = (short)((row[i] * factor + (1 << 15)) >> 16);
            }
        });
        return scaled;
    }
}
