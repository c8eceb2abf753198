using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>Sums of squared differences of bytes: integers, so that any vector width gives the same.</summary>
internal static class ByteDistance
{
    /// <summary>The sum over two rows of one length.</summary>
    internal static long Of(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int i = 0;
        long sum = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte ra = ref MemoryMarshal.GetReference(a), rb = ref MemoryMarshal.GetReference(b);
            Vector128<uint> total = default;
            // A lane takes at most 4 squares of 65,025 a step: 4,096 steps stay within 32 bits; rows are shorter.
            for (; i <= a.Length - 16; i += 16)
            {
                Vector128<byte> x = Vector128.LoadUnsafe(ref ra, (nuint)i), y = Vector128.LoadUnsafe(ref rb, (nuint)i);
                Vector128<byte> d = Vector128.Max(x, y) - Vector128.Min(x, y);
                Vector128<ushort> low = Vector128.WidenLower(d), high = Vector128.WidenUpper(d);
                low *= low;
                high *= high;
                total += Vector128.WidenLower(low) + Vector128.WidenUpper(low) + Vector128.WidenLower(high) + Vector128.WidenUpper(high);
            }
            sum = Vector128.Sum(Vector128.WidenLower(total) + Vector128.WidenUpper(total)) is var lanes ? (long)lanes : 0;
        }
        return sum + Scalar(a[i..], b[i..]);
    }

    /// <summary>The same one by one: the specification.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Scalar(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            int d = a[i] - b[i];
            sum += d * d;
        }
        return sum;
    }
}
