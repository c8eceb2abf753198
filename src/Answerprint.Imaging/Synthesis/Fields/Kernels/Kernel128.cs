using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Answerprint.Imaging.Synthesis.Fields.Kernels;

/// <summary>One pixel a step: 16 bytes widen to two vectors of 16 bits, squares of neighbours add up in 32 bits.</summary>
internal readonly unsafe struct Kernel128 : IPatchKernel
{
    public static long Distance(in PatchShape shape, nint target, nint source, long limit)
    {
        long total = 0;
        for (int plane = 0; plane < shape.Planes; plane++)
        {
            byte* t = shape.Target[plane] + target, s = shape.Source[plane] + source;
            Vector128<int> low = default, high = default;
            for (int y = 0; y < shape.Size; y++, t += shape.TargetRow, s += shape.SourceRow)
            {
                AddRow(t, s, shape.Size, ref low, ref high);
                if (y == 1 && total + PairWeights.Sum(low, high, shape.Weights + plane * FeatureLayout.PlanePairs) is var part && part >= limit)
                    return part;
            }
            total += PairWeights.Sum(low, high, shape.Weights + plane * FeatureLayout.PlanePairs);
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
            Vector128<int> low = default, high = default;
            for (int y = 0; y < height; y++, t += shape.TargetRow, s += shape.SourceRow)
                AddRow(t, s, width, ref low, ref high);
            total += PairWeights.Sum(low, high, shape.Weights + plane * FeatureLayout.PlanePairs);
        }
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(byte* t, byte* s, int width, ref Vector128<int> low, ref Vector128<int> high)
    {
        for (int x = 0; x < width; x++)
            AddPixel(Vector128.Load(t + 16 * x), Vector128.Load(s + 16 * x), ref low, ref high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddPixel(Vector128<byte> t, Vector128<byte> s, ref Vector128<int> low, ref Vector128<int> high)
    {
        Vector128<byte> difference = Vector128.Max(t, s) - Vector128.Min(t, s);
        low += SquarePairs(Vector128.WidenLower(difference).AsInt16());
        high += SquarePairs(Vector128.WidenUpper(difference).AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> SquarePairs(Vector128<short> d)
    {
        if (Sse2.IsSupported)
            return Sse2.MultiplyAddAdjacent(d, d);
        // A square of 8 bits fits 16 unsigned bits; even and odd halves of a pair are parted by shifts.
        Vector128<ushort> square = (d * d).AsUInt16();
        return ((square.AsUInt32() & Vector128.Create(0xFFFFu)) + (square.AsUInt32() >>> 16)).AsInt32();
    }
}
