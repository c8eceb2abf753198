using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Answerprint.Imaging.Synthesis.Fields.Kernels;

/// <summary>Two pixels a step. Needs AVX2.</summary>
internal readonly unsafe struct Kernel256 : IPatchKernel
{
    public static long Distance(in PatchShape shape, nint target, nint source, long limit)
    {
        long total = 0;
        for (int plane = 0; plane < shape.Planes; plane++)
        {
            byte* t = shape.Target[plane] + target, s = shape.Source[plane] + source;
            uint* weights = shape.Weights + plane * FeatureLayout.PlanePairs;
            Vector256<int> low = default, high = default;
            Vector128<int> lastLow = default, lastHigh = default;
            for (int y = 0; y < shape.Size; y++, t += shape.TargetRow, s += shape.SourceRow)
            {
                AddRow(t, s, shape.Size, ref low, ref high, ref lastLow, ref lastHigh);
                if (y == 1 && total + Weigh(low, high, lastLow, lastHigh, weights) is var part && part >= limit)
                    return part;
            }
            total += Weigh(low, high, lastLow, lastHigh, weights);
            if (total >= limit)
                break;
        }
        return total;
    }

    public static long Rectangle(in PatchShape shape, nint target, nint source, int width, int height)
    {
        long total = 0;
        for (int plane = 0; plane < shape.Planes; plane++)
        {
            byte* t = shape.Target[plane] + target, s = shape.Source[plane] + source;
            Vector256<int> low = default, high = default;
            Vector128<int> lastLow = default, lastHigh = default;
            for (int y = 0; y < height; y++, t += shape.TargetRow, s += shape.SourceRow)
                AddRow(t, s, width, ref low, ref high, ref lastLow, ref lastHigh);
            total += Weigh(low, high, lastLow, lastHigh, shape.Weights + plane * FeatureLayout.PlanePairs);
        }
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        byte* t, byte* s, int width, ref Vector256<int> low, ref Vector256<int> high, ref Vector128<int> lastLow, ref Vector128<int> lastHigh)
    {
        int x = 0;
        for (; x + 2 <= width; x += 2)
            AddPixels(Vector256.Load(t + 16 * x), Vector256.Load(s + 16 * x), ref low, ref high);
        if (x < width)
            Kernel128.AddPixel(Vector128.Load(t + 16 * x), Vector128.Load(s + 16 * x), ref lastLow, ref lastHigh);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddPixels(Vector256<byte> t, Vector256<byte> s, ref Vector256<int> low, ref Vector256<int> high)
    {
        // Unpacking works inside 128-bit halves, that is inside a pixel: low holds its first eight channels, high the others.
        Vector256<byte> difference = Vector256.Max(t, s) - Vector256.Min(t, s);
        Vector256<short> first = Avx2.UnpackLow(difference, default).AsInt16(), last = Avx2.UnpackHigh(difference, default).AsInt16();
        low += Avx2.MultiplyAddAdjacent(first, first);
        high += Avx2.MultiplyAddAdjacent(last, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Weigh(Vector256<int> low, Vector256<int> high, Vector128<int> lastLow, Vector128<int> lastHigh, uint* weights) =>
        PairWeights.Sum(Vector256.Create(low.GetLower() + low.GetUpper() + lastLow, high.GetLower() + high.GetUpper() + lastHigh), weights);
}
