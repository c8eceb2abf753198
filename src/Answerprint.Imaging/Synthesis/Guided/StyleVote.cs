using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>
/// The vote in 8 bits: each target pixel becomes the mean, rounded down, of the source pixels that the patches over it put there. Patches
/// whose centre is outside the target do not vote.
/// </summary>
internal sealed unsafe class StyleVote
{
    private readonly uint[] style;
    private readonly uint* source;
    private readonly int channels;
    private readonly int stride;

    /// <summary>Keeps the style of all sources in four bytes a pixel.</summary>
    internal StyleVote(PatchSources sources, int channels)
    {
        this.channels = channels;
        FeatureImage sheet = sources.Sheet;
        stride = sheet.Stride;
        style = GC.AllocateUninitializedArray<uint>(stride * sheet.Height, pinned: true);
        source = (uint*)Unsafe.AsPointer(ref style[0]);
        uint mask = channels == 4 ? uint.MaxValue : (1u << (8 * channels)) - 1;
        for (int y = 0; y < sheet.Height; y++)
        {
            byte* from = sheet.At(0, 0, y);
            for (int x = 0; x < sheet.Width; x++)
                style[y * stride + x] = *(uint*)(from + x * FeatureLayout.PlaneBytes) & mask;
        }
    }

    /// <summary>Votes, writes the target's style and notes in the mask which pixels changed by the threshold or more.</summary>
    internal void Cast(FieldState state, int threshold, Span<byte> changed)
    {
        fixed (byte* start = changed)
        {
            byte* notes = start;
            state.Rows((y, _) => CastRow(state, y, threshold, notes + y * state.Width));
        }
        state.Target.RepeatEdges();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CastRow(FieldState state, int y, int threshold, byte* changed)
    {
        int width = state.Width, r = state.Sources.PatchSize / 2;
        int* matches = (int*)Unsafe.AsPointer(ref state.Positions[0]);
        int top = Math.Max(0, y - r), bottom = Math.Min(state.Height - 1, y + r);
        uint keep = channels == 4 ? 0 : uint.MaxValue << (8 * channels);
        byte* to = state.Target.At(0, 0, y);
        for (int x = 0; x < width; x++, to += FeatureLayout.PlaneBytes)
        {
            int left = Math.Max(0, x - r), right = Math.Min(width - 1, x + r);
            Vector128<uint> sum = default;
            for (int v = top; v <= bottom; v++)
            {
                int* row = matches + v * width;
                uint* from = source + (y - v) * stride + x;
                for (int u = left; u <= right; u++)
                    sum += Widen(from[row[u] - u]);
            }
            // The quotient of whole numbers below 2^24 and 2^12 is nowhere so near to a whole number from below that a float rounds up to it.
            Vector128<uint> mean = Vector128.ConvertToUInt32(Vector128.ConvertToSingle(sum) / Vector128.Create((float)((bottom - top + 1) * (right - left + 1))));
            uint value = mean.GetElement(0) | (mean.GetElement(1) << 8) | (mean.GetElement(2) << 16) | (mean.GetElement(3) << 24);
            uint old = *(uint*)to;
            changed[x] = Differs(value, old & ~keep, threshold);
            *(uint*)to = value | (old & keep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Widen(uint pixel) =>
        Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(pixel).AsByte()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Differs(uint value, uint old, int threshold)
    {
        if (value == old)
            return threshold == 0 ? (byte)255 : (byte)0;
        Vector128<byte> a = Vector128.CreateScalar(value).AsByte(), b = Vector128.CreateScalar(old).AsByte();
        Vector128<byte> difference = Vector128.Max(a, b) - Vector128.Min(a, b);
        return Vector128.GreaterThanOrEqualAny(difference.WithUpper(default), Vector128.Create((byte)Math.Max(1, threshold))) ? (byte)255 : (byte)0;
    }
}
