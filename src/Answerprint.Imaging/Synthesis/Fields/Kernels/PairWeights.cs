using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Answerprint.Imaging.Synthesis.Fields.Kernels;

/// <summary>Weighs the eight 32-bit sums of a plane and adds them up in 64 bits.</summary>
internal static unsafe class PairWeights
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Sum(Vector128<int> low, Vector128<int> high, uint* weights)
    {
        if (Avx2.IsSupported)
            return Sum(Vector256.Create(low, high), weights);
        ulong total = 0;
        for (int i = 0; i < 4; i++)
            total += (ulong)(uint)low.GetElement(i) * weights[i] + (ulong)(uint)high.GetElement(i) * weights[4 + i];
        return (long)total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Sum(Vector256<int> sums, uint* weights)
    {
        // vpmuludq multiplies the even 32-bit lanes; the odd ones follow after a shift.
        Vector256<uint> w = Vector256.Load(weights);
        Vector256<ulong> even = Avx2.Multiply(sums.AsUInt32(), w);
        Vector256<ulong> odd = Avx2.Multiply((sums.AsUInt64() >>> 32).AsUInt32(), (w.AsUInt64() >>> 32).AsUInt32());
        Vector256<ulong> four = even + odd;
        Vector128<ulong> two = four.GetLower() + four.GetUpper();
        return (long)(two.ToScalar() + two.GetElement(1));
    }
}
