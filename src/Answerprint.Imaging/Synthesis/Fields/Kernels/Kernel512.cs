using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Answerprint.Imaging.Synthesis.Fields.Kernels;

/// <summary>Four pixels a step. Needs AVX-512 with byte and word instructions.</summary>
internal readonly unsafe struct Kernel512 : IPatchKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Distance(in PatchShape shape, nint target, nint source, long limit)
    {
        if (shape.Planes == 1 && shape.Size == 5)
            return Five(shape, shape.Target[0] + target, shape.Source[0] + source, limit);
        if (shape.Planes == 1 && shape.Size == 3)
            return Three(shape, shape.Target[0] + target, shape.Source[0] + source);
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

    // The usual patch without loops. Rows 1 and 3 come first: if they alone are too far, the other three are never touched.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Five(in PatchShape shape, byte* t, byte* s, long limit)
    {
        nint tr = shape.TargetRow, sr = shape.SourceRow;
        Vector512<int> low = default, high = default;
        Vector128<int> lastLow = default, lastHigh = default;
        AddFour(t + tr, s + sr, ref low, ref high);
        AddFour(t + 3 * tr, s + 3 * sr, ref low, ref high);
        Kernel128.AddPixel(Vector128.Load(t + tr + 64), Vector128.Load(s + sr + 64), ref lastLow, ref lastHigh);
        Kernel128.AddPixel(Vector128.Load(t + 3 * tr + 64), Vector128.Load(s + 3 * sr + 64), ref lastLow, ref lastHigh);
        if (Weigh(low, high, lastLow, lastHigh, shape.Weights) is var part && part >= limit)
            return part;
        AddFour(t, s, ref low, ref high);
        AddFour(t + 2 * tr, s + 2 * sr, ref low, ref high);
        AddFour(t + 4 * tr, s + 4 * sr, ref low, ref high);
        Kernel128.AddPixel(Vector128.Load(t + 64), Vector128.Load(s + 64), ref lastLow, ref lastHigh);
        Kernel128.AddPixel(Vector128.Load(t + 2 * tr + 64), Vector128.Load(s + 2 * sr + 64), ref lastLow, ref lastHigh);
        Kernel128.AddPixel(Vector128.Load(t + 4 * tr + 64), Vector128.Load(s + 4 * sr + 64), ref lastLow, ref lastHigh);
        return Weigh(low, high, lastLow, lastHigh, shape.Weights);
    }

    // Three pixels of a row fill three quarters of a vector; the pixel beyond is masked out (images keep room behind their last pixel).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Three(in PatchShape shape, byte* t, byte* s)
    {
        nint tr = shape.TargetRow, sr = shape.SourceRow;
        Vector512<byte> three = Vector512.Create(Vector256<byte>.AllBitsSet, Vector256.Create(Vector128<byte>.AllBitsSet, default));
        Vector512<int> low = default, high = default;
        for (int y = 0; y < 3; y++, t += tr, s += sr)
        {
            Vector512<byte> a = Vector512.Load(t), b = Vector512.Load(s);
            Square((Vector512.Max(a, b) - Vector512.Min(a, b)) & three, ref low, ref high);
        }
        return Weigh(low, high, default, default, shape.Weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour(byte* t, byte* s, ref Vector512<int> low, ref Vector512<int> high)
    {
        Vector512<byte> a = Vector512.Load(t), b = Vector512.Load(s);
        Square(Vector512.Max(a, b) - Vector512.Min(a, b), ref low, ref high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(Vector512<byte> difference, ref Vector512<int> low, ref Vector512<int> high)
    {
        Vector512<short> first = Avx512BW.UnpackLow(difference, default).AsInt16(), last = Avx512BW.UnpackHigh(difference, default).AsInt16();
        low += Avx512BW.MultiplyAddAdjacent(first, first);
        high += Avx512BW.MultiplyAddAdjacent(last, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        byte* t, byte* s, int width, ref Vector512<int> low, ref Vector512<int> high, ref Vector128<int> lastLow, ref Vector128<int> lastHigh)
    {
        int x = 0;
        for (; x + 4 <= width; x += 4)
            AddFour(t + 16 * x, s + 16 * x, ref low, ref high);
        for (; x < width; x++)
            Kernel128.AddPixel(Vector128.Load(t + 16 * x), Vector128.Load(s + 16 * x), ref lastLow, ref lastHigh);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Weigh(Vector512<int> low, Vector512<int> high, Vector128<int> lastLow, Vector128<int> lastHigh, uint* weights) =>
        Kernel256.Weigh(low.GetLower() + low.GetUpper(), high.GetLower() + high.GetUpper(), lastLow, lastHigh, weights);
}
