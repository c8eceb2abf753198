using System.Runtime.CompilerServices;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>One level of a picture that is to be repaired: four 8-bit features a pixel, and which pixels are missing.</summary>
internal sealed class RepairLevel
{
    /// <summary>In <see cref="Hole"/>: a pixel that is to be made.</summary>
    internal const byte Missing = 1;

    /// <summary>In <see cref="Hole"/>: a pixel of another hole, neither made nor taken.</summary>
    internal const byte Barred = 2;

    private RepairLevel(int width, int height)
    {
        (Width, Height) = (width, height);
        Pixels = new uint[width * height];
        Hole = new byte[width * height];
    }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>Four features a pixel, the first in the lowest byte; those that the picture lacks are 0.</summary>
    internal uint[] Pixels { get; }

    /// <summary>0 where a pixel is known, otherwise <see cref="Missing"/> or <see cref="Barred"/>.</summary>
    internal byte[] Hole { get; }

    /// <summary>The full size of a window of a picture.</summary>
    /// <param name="features">Features of the whole picture, packed.</param>
    /// <param name="window">The part that is looked at.</param>
    /// <param name="partOf">0 for known pixels of the whole picture, otherwise the number of the hole.</param>
    /// <param name="part">The hole that is to be made.</param>
    internal static RepairLevel Create(PixelBuffer<byte> features, PixelRect window, ReadOnlySpan<int> partOf, int part)
    {
        var level = new RepairLevel(window.Width, window.Height);
        int channels = Math.Min(4, features.Channels);
        for (int y = 0, i = 0; y < level.Height; y++)
        {
            ReadOnlySpan<byte> row = features.View.PackedRow(window.Y + y)[(window.X * features.Channels)..];
            for (int x = 0; x < level.Width; x++, i++)
            {
                int found = partOf[(window.Y + y) * features.Width + window.X + x];
                level.Hole[i] = found == 0 ? (byte)0 : found == part ? Missing : Barred;
                for (int c = 0; found == 0 && c < channels; c++)
                    level.Pixels[i] |= (uint)row[x * features.Channels + c] << 8 * c;
            }
        }
        return level;
    }

    /// <summary>Levels of one size below each other.</summary>
    internal static RepairLevel Stack(IReadOnlyList<RepairLevel> levels)
    {
        var stack = new RepairLevel(levels[0].Width, levels[0].Height * levels.Count);
        for (int i = 0; i < levels.Count; i++)
        {
            levels[i].Pixels.CopyTo(stack.Pixels, i * levels[i].Pixels.Length);
            levels[i].Hole.CopyTo(stack.Hole, i * levels[i].Hole.Length);
        }
        return stack;
    }

    /// <summary>Half the size, odd edges rounded up: the mean of the known ones of four pixels; missing where any of the four is.</summary>
    internal RepairLevel Halve()
    {
        var half = new RepairLevel((Width + 1) / 2, (Height + 1) / 2);
        for (int y = 0, i = 0; y < half.Height; y++)
        {
            for (int x = 0; x < half.Width; x++, i++)
            {
                int right = Math.Min(2 * x + 1, Width - 1), below = Math.Min(2 * y + 1, Height - 1);
                int a = 2 * y * Width + 2 * x, b = 2 * y * Width + right, c = below * Width + 2 * x, d = below * Width + right;
                int found = Hole[a] | Hole[b] | Hole[c] | Hole[d];
                half.Hole[i] = (found & Missing) != 0 ? Missing : (byte)found;
                if (half.Hole[i] == 0)
                    half.Pixels[i] = Mean(Pixels[a], Pixels[b], Pixels[c], Pixels[d]);
            }
        }
        return half;
    }

    /// <summary>Whether an offset leads from a pixel to a known one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsKnown(int x, int y) => (uint)x < (uint)Width && (uint)y < (uint)Height && Hole[y * Width + x] == 0;

    /// <summary>Sum of squared differences of two pixels' features.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Difference(uint a, uint b)
    {
        int d0 = (int)(a & 255) - (int)(b & 255), d1 = (int)(a >> 8 & 255) - (int)(b >> 8 & 255);
        int d2 = (int)(a >> 16 & 255) - (int)(b >> 16 & 255), d3 = (int)(a >> 24) - (int)(b >> 24);
        return d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
    }

    private static uint Mean(uint a, uint b, uint c, uint d)
    {
        const uint even = 0x00FF00FF;
        uint low = (a & even) + (b & even) + (c & even) + (d & even) + 0x00020002;
        uint high = (a >> 8 & even) + (b >> 8 & even) + (c >> 8 & even) + (d >> 8 & even) + 0x00020002;
        return (low >> 2 & even) | (high >> 2 & even) << 8;
    }
}
