using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Answerprint.Imaging.Synthesis.Fields.Kernels;

/// <summary>Four pixels a step. Needs AVX-512 with byte and word instructions.</summary>
internal readonly unsafe struct Kernel512 : IPatchKernel
{
    public static long Distance(in PatchShape shape, nint target, nint source, long limit)
    {
        long total = 0;
        for (int plane = 0; plane < shape.Planes; plane++)
        {
            byte* t = shape.Target[plane] + target, s = shape.Source[plane] + source;
            uint* weights = shape.Weights + plane * FeatureLayout.PlanePairs;
            Vector512<int> low = default, high = default;
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
            Vector512<int> low = default, high = default;
            Vector128<int> lastLow = default, lastHigh = default;
            for (int y = 0; y < height; y++, t += shape.TargetRow, s += shape.SourceRow)
                AddRow(t, s, width, ref low, ref high, ref lastLow, ref lastHigh);
            total += Weigh(low, high, lastLow, lastHigh, shape.Weights + plane * FeatureLayout.PlanePairs);
        }
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        byte* t, byte* s, int width, ref Vector512<int> low, ref Vector512<int> high, ref Vector128<int> lastLow, ref Vector128<int> lastHigh)
    {
        int x = 0;
        for (; x + 4 <= width; x += 4)
        {
            Vector512<byte> a = Vector512.Load(t + 16 * x), b = Vector512.Load(s + 16 * x);
            Vector512<byte> difference = Vector512.Max(a, b) - Vector512.Min(a, b);
            Vector512<short> first = Avx512BW.UnpackLow(difference, default).AsInt16(), last = Avx512BW.UnpackHigh(difference, default).AsInt16();
            low += Avx512BW.MultiplyAddAdjacent(first, first);
            high += Avx512BW.MultiplyAddAdjacent(last, last);
        }
        for (; x < width; x++)
            Kernel128.AddPixel(Vector128.Load(t + 16 * x), Vector128.Load(s + 16 * x), ref lastLow, ref lastHigh);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Weigh(Vector512<int> low, Vector512<int> high, Vector128<int> lastLow, Vector128<int> lastHigh, uint* weights) =>
        Kernel256.Weigh(low.GetLower() + low.GetUpper(), high.GetLower() + high.GetUpper(), lastLow, lastHigh, weights);
}
