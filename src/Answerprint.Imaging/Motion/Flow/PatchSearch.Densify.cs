using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Motion.Flow;

internal sealed partial class PatchSearch
{
    private const int BandRows = 24;

    /// <summary>A motion for every pixel: the mean of the patches over it, each counted by how well it fits that pixel.</summary>
    internal FlowField Densify()
    {
        var result = new FlowField(first.Width, first.Height);
        Parallel.For(0, (first.Height + BandRows - 1) / BandRows, Threads, () => new float[(BandRows * first.Width + Size) * 3], (band, _, sums) =>
        {
            Array.Clear(sums);
            int begin = band * BandRows, end = Math.Min(first.Height, begin + BandRows), plane = sums.Length / 3;
            for (int row = 0; row < rows; row++)
            {
                if (Top(row) + Size > begin && Top(row) < end)
                    AddRow(patches.AsSpan(row * columns, columns), begin, end, sums, plane);
            }
            for (int i = 0, at = begin * first.Width; i < (end - begin) * first.Width; i++, at++)
                (result.X[at], result.Y[at]) = (sums[plane + i] / sums[i], sums[2 * plane + i] / sums[i]);
            return sums;
        }, _ => { });
        return result;
    }

    private void AddRow(ReadOnlySpan<Patch> row, int begin, int end, float[] sums, int plane)
    {
        ref float from = ref MemoryMarshal.GetArrayDataReference(second.Values);
        ref float like = ref MemoryMarshal.GetArrayDataReference(first.Values);
        ref float to = ref MemoryMarshal.GetArrayDataReference(sums);
        foreach (ref readonly Patch patch in row)
        {
            int skip = Math.Max(0, begin - patch.Top), take = Math.Min(Size, end - patch.Top);
            (float x, float y) = Inside(patch.Left + patch.X, patch.Top + patch.Y);
            int left = (int)MathF.Floor(x), top = (int)MathF.Floor(y);
            Vector256<float> right = Vector256.Create(x - left), below = Vector256.Create(y - top), offset = Vector256.Create(patch.Slope.Offset);
            Vector256<float> motionX = Vector256.Create(patch.X), motionY = Vector256.Create(patch.Y);
            nuint at = (nuint)second.IndexOf(left, top + skip), template = (nuint)first.IndexOf(patch.Left, patch.Top + skip);
            nuint sum = (nuint)((patch.Top + skip - begin) * first.Width + patch.Left);
            Vector256<float> upper = Between(ref from, at, right);
            for (int line = skip; line < take; line++, template += (nuint)first.Stride, sum += (nuint)first.Width)
            {
                at += (nuint)second.Stride;
                Vector256<float> lower = Between(ref from, at, right);
                Vector256<float> difference = Vector256.Abs(upper + below * (lower - upper) - Vector256.LoadUnsafe(ref like, template) - offset);
                Vector256<float> weight = Vector256<float>.One / Vector256.Max(difference, Vector256<float>.One);
                upper = lower;
                (Vector256.LoadUnsafe(ref to, sum) + weight).StoreUnsafe(ref to, sum);
                (Vector256.LoadUnsafe(ref to, sum + (nuint)plane) + weight * motionX).StoreUnsafe(ref to, sum + (nuint)plane);
                (Vector256.LoadUnsafe(ref to, sum + 2 * (nuint)plane) + weight * motionY).StoreUnsafe(ref to, sum + 2 * (nuint)plane);
            }
        }
    }
}
