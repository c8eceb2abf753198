using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>A picture on its way to another shape: its features, how much each pixel matters, and where each came from.</summary>
internal sealed class RetargetState
{
    private RetargetState(int width, int height, uint[] pixels, int[] weights, int[] origins)
    {
        (Width, Height, Pixels, Weights, Origins) = (width, height, pixels, weights, origins);
    }

    internal int Width { get; private set; }

    internal int Height { get; private set; }

    /// <summary>Four features a pixel.</summary>
    internal uint[] Pixels { get; private set; }

    /// <summary>How much is lost with each pixel.</summary>
    internal int[] Weights { get; private set; }

    /// <summary>Index of each pixel in the picture.</summary>
    internal int[] Origins { get; private set; }

    internal static RetargetState Create(PixelBuffer<byte> features, int[] weights)
    {
        var pixels = new uint[features.Width * features.Height];
        for (int y = 0, i = 0; y < features.Height; y++)
        {
            ReadOnlySpan<byte> row = features.View.PackedRow(y);
            for (int x = 0; x < features.Width; x++, i++)
            {
                for (int c = 0; c < Math.Min(4, features.Channels); c++)
                    pixels[i] |= (uint)row[x * features.Channels + c] << 8 * c;
            }
        }
        return new RetargetState(features.Width, features.Height, pixels, weights, [.. Enumerable.Range(0, pixels.Length)]);
    }

    /// <summary>Rows become columns.</summary>
    internal void Transpose()
    {
        (Pixels, Weights, Origins) = (Turn(Pixels), Turn(Weights), Turn(Origins));
        (Width, Height) = (Height, Width);
    }

    /// <summary>Takes so many columns out of each row, from the one after <paramref name="cut"/> says.</summary>
    internal void Remove(int[] cut, int count)
    {
        (Pixels, Weights, Origins) = (Without(Pixels, cut, count), Without(Weights, cut, count), Without(Origins, cut, count));
        Width -= count;
    }

    private T[] Turn<T>(T[] values)
    {
        var turned = new T[values.Length];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
                turned[x * Height + y] = values[y * Width + x];
        }
        return turned;
    }

    private T[] Without<T>(T[] values, int[] cut, int count)
    {
        var kept = new T[(Width - count) * Height];
        for (int y = 0; y < Height; y++)
        {
            int to = y * (Width - count), from = y * Width;
            values.AsSpan(from, cut[y]).CopyTo(kept.AsSpan(to));
            values.AsSpan(from + cut[y] + count, Width - cut[y] - count).CopyTo(kept.AsSpan(to + cut[y]));
        }
        return kept;
    }
}
