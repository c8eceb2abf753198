using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Motion.Flow;

/// <summary>A plane whose rows hold first their even columns, then their odd ones, with zeros around, so that one colour of a chessboard is contiguous.</summary>
internal sealed class SplitPlane
{
    /// <summary>Over-relaxation; 1 is Gauss and Seidel's method, 2 no longer converges.</summary>
    internal const float Omega = 1.6f;

    private const int Margin = 8;

    private readonly int part;
    private readonly float[] values;

    internal SplitPlane(int width, int height)
    {
        Half = (width + 1) / 2;
        part = ((Half + 7) & ~7) + 2 * Margin;
        values = new float[2 * part * (height + 2)];
    }

    /// <summary>Even columns in a row.</summary>
    internal int Half { get; }

    /// <summary>From a row to the next.</summary>
    internal int Stride => 2 * part;

    internal ref float First => ref MemoryMarshal.GetArrayDataReference(values);

    internal int IndexOf(int row, int odd) => (row + 1) * Stride + odd * part + Margin;

    /// <summary>Takes a row apart; its length is a multiple of 16.</summary>
    internal void Part(int row, ReadOnlySpan<float> from)
    {
        Vector256<int> order = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
        int even = IndexOf(row, 0), odd = IndexOf(row, 1);
        for (int i = 0; i < from.Length; i += 16, even += 8, odd += 8)
        {
            Vector256<float> low = Vector256.Shuffle(Vector256.Create(from[i..]), order), high = Vector256.Shuffle(Vector256.Create(from[(i + 8)..]), order);
            Vector256.Create(low.GetLower(), high.GetLower()).CopyTo(values, even);
            Vector256.Create(low.GetUpper(), high.GetUpper()).CopyTo(values, odd);
        }
    }

    /// <summary>Puts a row together again.</summary>
    internal void Join(int row, Span<float> to)
    {
        int even = IndexOf(row, 0), odd = IndexOf(row, 1);
        for (int i = 0; i < to.Length; i++)
            to[i] = values[((i & 1) == 0 ? even : odd) + i / 2];
    }
}
