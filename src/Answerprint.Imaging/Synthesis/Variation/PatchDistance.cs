using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>
/// Sum of squared differences of two square patches of at most 15 pixels a side. Samples stay within 1,530 of each other (five deviations
/// of noise and one of picture), so that 15 x 15 x 4 squares fit 31 bits. All sums are integers: each vector width gives what <see cref="Scalar"/> gives.
/// </summary>
internal static unsafe class PatchDistance
{
    /// <summary>Largest patch side, in pixels.</summary>
    internal const int MaxPatch = 15;

    /// <summary>Rows after which a patch that is already worse than the limit is given up.</summary>
    private const int RowsBetweenChecks = 5;

    /// <summary>The distance, or some number above <paramref name="limit"/> when it is above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Measure(short* a, int strideA, short* b, int strideB, int patch, int limit)
    {
        if (Avx512BW.IsSupported && Vector512.IsHardwareAccelerated)
            return Wide512(a, strideA, b, strideB, patch, limit);
        if (Avx2.IsSupported)
            return Wide256(a, strideA, b, strideB, patch, limit);
        return Vector128.IsHardwareAccelerated ? Wide128(a, strideA, b, strideB, patch, limit) : Scalar(a, strideA, b, strideB, patch, limit);
    }

    internal static int Scalar(short* a, int strideA, short* b, int strideB, int patch, int limit)
    {
        int sum = 0;
        for (int y = 0, left = RowsBetweenChecks; y < patch; y++, a += strideA, b += strideB)
        {
            for (int i = 0; i < 4 * patch; i++)
            {
                int difference = a[i] - b[i];
                sum += difference * difference;
            }
            if (--left == 0)
            {
                if (sum > limit)
                    return sum;
                left = RowsBetweenChecks;
            }
        }
        return sum;
    }

    internal static int Wide512(short* a, int strideA, short* b, int strideB, int patch, int limit)
    {
        int rest = 4 * patch - 32;
        Vector512<int> sum = Vector512<int>.Zero;
        int left = RowsBetweenChecks;
        if (rest > 0)
        {
            Vector512<short> mask = Mask512(rest);
            for (int y = 0; y < patch; y++, a += strideA, b += strideB)
            {
                Vector512<short> first = Vector512.Load(a) - Vector512.Load(b);
                Vector512<short> second = (Vector512.Load(a + 32) - Vector512.Load(b + 32)) & mask;
                sum += Avx512BW.MultiplyAddAdjacent(first, first) + Avx512BW.MultiplyAddAdjacent(second, second);
                if (--left == 0)
                {
                    int soFar = Vector512.Sum(sum);
                    if (soFar > limit)
                        return soFar;
                    left = RowsBetweenChecks;
                }
            }
            return Vector512.Sum(sum);
        }
        Vector512<short> narrow = Mask512(4 * patch);
        for (int y = 0; y < patch; y++, a += strideA, b += strideB)
        {
            Vector512<short> first = (Vector512.Load(a) - Vector512.Load(b)) & narrow;
            sum += Avx512BW.MultiplyAddAdjacent(first, first);
        }
        return Vector512.Sum(sum);
    }

    internal static int Wide256(short* a, int strideA, short* b, int strideB, int patch, int limit)
    {
        int full = 4 * patch / 16, rest = 4 * patch % 16;
        Vector256<short> mask = Vector256.LessThan(Vector256<short>.Indices, Vector256.Create((short)rest));
        Vector256<int> sum = Vector256<int>.Zero;
        for (int y = 0, left = RowsBetweenChecks; y < patch; y++, a += strideA, b += strideB)
        {
            for (int i = 0; i < full; i++)
            {
                Vector256<short> part = Vector256.Load(a + 16 * i) - Vector256.Load(b + 16 * i);
                sum += Avx2.MultiplyAddAdjacent(part, part);
            }
            if (rest > 0)
            {
                Vector256<short> part = (Vector256.Load(a + 16 * full) - Vector256.Load(b + 16 * full)) & mask;
                sum += Avx2.MultiplyAddAdjacent(part, part);
            }
            if (--left == 0)
            {
                int soFar = Vector256.Sum(sum);
                if (soFar > limit)
                    return soFar;
                left = RowsBetweenChecks;
            }
        }
        return Vector256.Sum(sum);
    }

    internal static int Wide128(short* a, int strideA, short* b, int strideB, int patch, int limit)
    {
        Vector128<int> sum = Vector128<int>.Zero;
        for (int y = 0, left = RowsBetweenChecks; y < patch; y++, a += strideA, b += strideB)
        {
            int i = 0;
            for (; i + 8 <= 4 * patch; i += 8)
            {
                Vector128<short> part = Vector128.Load(a + i) - Vector128.Load(b + i);
                sum += Squares(part);
            }
            if (i < 4 * patch)
            {
                // One pixel is left: half a vector.
                Vector128<int> part = Vector128.WidenLower(Vector128.Load(a + i) - Vector128.Load(b + i));
                sum += part * part;
            }
            if (--left == 0)
            {
                int soFar = Vector128.Sum(sum);
                if (soFar > limit)
                    return soFar;
                left = RowsBetweenChecks;
            }
        }
        return Vector128.Sum(sum);
    }

    private static Vector128<int> Squares(Vector128<short> part)
    {
        if (Sse2.IsSupported)
            return Sse2.MultiplyAddAdjacent(part, part);
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(part);
        return low * low + high * high;
    }

    private static Vector512<short> Mask512(int samples) => Vector512.LessThan(Vector512<short>.Indices, Vector512.Create((short)samples));
}
