using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Answerprint.Imaging.Quality.Looks;

/// <summary>Sums of squared differences of bytes. The scalar loop says what is meant; the wide one gives the same number.</summary>
internal static class LookDistance
{
    internal static int Scalar(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            int difference = left[i] - right[i];
            sum += difference * difference;
        }
        return sum;
    }

    /// <summary>The distances of one look to many that lie one after the other. Compiled at once to its best: the first search of a process is as fast as the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ToAll(ReadOnlySpan<byte> look, ReadOnlySpan<byte> many, Span<int> distances)
    {
        bool wide = Avx2.IsSupported && look.Length % Vector256<byte>.Count == 0;
        for (int i = 0; i < distances.Length; i++)
        {
            ReadOnlySpan<byte> other = many.Slice(i * look.Length, look.Length);
            distances[i] = wide ? Wide(look, other) : Scalar(look, other);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Wide(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        ref byte a = ref MemoryMarshal.GetReference(left), b = ref MemoryMarshal.GetReference(right);
        Vector256<int> sum = Vector256<int>.Zero;
        for (nuint i = 0; i < (nuint)left.Length; i += (nuint)Vector256<byte>.Count)
        {
            Vector256<byte> x = Vector256.LoadUnsafe(ref a, i), y = Vector256.LoadUnsafe(ref b, i);
            // The larger less the smaller stays a byte; widened to 16 bits its square fits the 32-bit pair sums.
            Vector256<byte> difference = Avx2.Subtract(Avx2.Max(x, y), Avx2.Min(x, y));
            Vector256<short> low = Avx2.UnpackLow(difference, Vector256<byte>.Zero).AsInt16(), high = Avx2.UnpackHigh(difference, Vector256<byte>.Zero).AsInt16();
            sum += Avx2.MultiplyAddAdjacent(low, low) + Avx2.MultiplyAddAdjacent(high, high);
        }
        return Vector256.Sum(sum);
    }
}
