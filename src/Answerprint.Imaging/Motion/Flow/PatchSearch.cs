using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Motion.Flow;

/// <summary>One scale of dense inverse search: patches of 8 x 8 on a grid, each aligned with the second frame, its brightness offset left out.</summary>
internal sealed partial class PatchSearch
{
    /// <summary>Side of a patch; a row of it is one vector.</summary>
    internal const int Size = 8;

    // A neighbour's motion is only handed on inside so many rows of patches, which are then independent of other threads.
    private const int StripeRows = 12;

    // A step below this many pixels ends the descent, and a patch without structure (determinant below this) stays where it was put.
    private const float Converged = 0.02f;
    private const float Flat = 1f;

    private readonly BorderedPlane first, second, across, down;
    private readonly FlowOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly int columns, rows;
    private readonly Patch[] patches;

    internal PatchSearch(BorderedPlane first, BorderedPlane second, FlowOptions options, CancellationToken cancellationToken)
    {
        (this.first, this.second, this.options, this.cancellationToken) = (first, second, options, cancellationToken);
        (across, down) = first.Gradient();
        columns = (first.Width - Size + options.PatchStride - 1) / options.PatchStride + 1;
        rows = (first.Height - Size + options.PatchStride - 1) / options.PatchStride + 1;
        patches = new Patch[columns * rows];
    }

    private ParallelOptions Threads => new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };

    /// <summary>Aligns every patch, from the motion that the scale above found.</summary>
    internal void Run(FlowField? coarser)
    {
        Parallel.For(0, (rows + StripeRows - 1) / StripeRows, Threads, stripe =>
        {
            int begin = stripe * StripeRows, end = Math.Min(rows, begin + StripeRows);
            for (int row = begin; row < end; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    ref Patch patch = ref Prepare(column, row, coarser);
                    Offer(ref patch, column > 0, row * columns + column - 1);
                    Offer(ref patch, row > begin, (row - 1) * columns + column);
                    Descend(ref patch);
                }
            }
            for (int row = end - 1; row >= begin; row--)
            {
                for (int column = columns - 1; column >= 0; column--)
                {
                    ref Patch patch = ref patches[row * columns + column];
                    bool better = Offer(ref patch, column + 1 < columns, row * columns + column + 1);
                    better |= Offer(ref patch, row + 1 < end, (row + 1) * columns + column);
                    if (better || !patch.IsDone)
                        Descend(ref patch);
                }
            }
        });
    }

    private int Left(int column) => Math.Min(column * options.PatchStride, first.Width - Size);

    private int Top(int row) => Math.Min(row * options.PatchStride, first.Height - Size);

    private ref Patch Prepare(int column, int row, FlowField? coarser)
    {
        ref Patch patch = ref patches[row * columns + column];
        (patch.Left, patch.Top) = (Left(column), Top(row));
        if (coarser is not null)
        {
            (float x, float y) = coarser.At((patch.Left + Size / 2f) / 2 - 0.5f, (patch.Top + Size / 2f) / 2 - 0.5f);
            (patch.PriorX, patch.PriorY) = (2 * x, 2 * y);
        }
        SetHessian(ref patch);
        (patch.X, patch.Y) = (patch.PriorX, patch.PriorY);
        patch.Cost = Measure(patch, patch.X, patch.Y, out patch.Slope);
        return ref patch;
    }

    /// <summary>Takes a neighbour's motion where it fits better.</summary>
    private bool Offer(ref Patch patch, bool exists, int neighbour)
    {
        if (!exists)
            return false;
        (float x, float y) = (patches[neighbour].X, patches[neighbour].Y);
        if (MathF.Abs(x - patch.X) + MathF.Abs(y - patch.Y) < Converged)
            return false;
        float cost = Measure(patch, x, y, out Slope slope);
        if (cost >= patch.Cost)
            return false;
        (patch.X, patch.Y, patch.Cost, patch.Slope) = (x, y, cost, slope);
        return true;
    }

    /// <summary>Gauss and Newton's steps with the Hessian of the first frame's patch, as long as they help.</summary>
    private void Descend(ref Patch patch)
    {
        patch.IsDone = true;
        if (!patch.HasStructure)
            return;
        for (int step = 0; step < options.DescentIterations / 2; step++)
        {
            float x = patch.InverseXX * patch.Slope.X + patch.InverseXY * patch.Slope.Y, y = patch.InverseXY * patch.Slope.X + patch.InverseYY * patch.Slope.Y;
            (float toX, float toY) = (patch.X - x, patch.Y - y);
            // Further than its own side from where it was put, it has found another patch.
            if (MathF.Abs(toX - patch.PriorX) > Size || MathF.Abs(toY - patch.PriorY) > Size)
                return;
            float cost = Measure(patch, toX, toY, out Slope slope);
            if (cost >= patch.Cost)
                return;
            (patch.X, patch.Y, patch.Cost, patch.Slope) = (toX, toY, cost, slope);
            if (x * x + y * y < Converged * Converged)
                return;
        }
        patch.IsDone = false;
    }

    private void SetHessian(ref Patch patch)
    {
        Vector256<float> sumX = default, sumY = default, xx = default, xy = default, yy = default;
        ref float gradientX = ref MemoryMarshal.GetArrayDataReference(across.Values);
        ref float gradientY = ref MemoryMarshal.GetArrayDataReference(down.Values);
        nuint at = (nuint)first.IndexOf(patch.Left, patch.Top);
        for (int row = 0; row < Size; row++, at += (nuint)first.Stride)
        {
            Vector256<float> x = Vector256.LoadUnsafe(ref gradientX, at), y = Vector256.LoadUnsafe(ref gradientY, at);
            sumX += x;
            sumY += y;
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }
        patch.MeanX = Add(sumX) / (Size * Size);
        patch.MeanY = Add(sumY) / (Size * Size);
        float a = Add(xx) - Size * Size * patch.MeanX * patch.MeanX, b = Add(xy) - Size * Size * patch.MeanX * patch.MeanY, c = Add(yy) - Size * Size * patch.MeanY * patch.MeanY;
        float determinant = a * c - b * b;
        patch.HasStructure = determinant > Flat;
        if (patch.HasStructure)
            (patch.InverseXX, patch.InverseXY, patch.InverseYY) = (c / determinant, -b / determinant, a / determinant);
    }

    /// <summary>Sum of squared differences at a motion, mean difference left out, and its slope there.</summary>
    private float Measure(in Patch patch, float motionX, float motionY, out Slope slope)
    {
        (float x, float y) = Inside(patch.Left + motionX, patch.Top + motionY);
        int left = (int)MathF.Floor(x), top = (int)MathF.Floor(y);
        Vector256<float> right = Vector256.Create(x - left), below = Vector256.Create(y - top);
        ref float from = ref MemoryMarshal.GetArrayDataReference(second.Values);
        ref float like = ref MemoryMarshal.GetArrayDataReference(first.Values);
        ref float gradientX = ref MemoryMarshal.GetArrayDataReference(across.Values);
        ref float gradientY = ref MemoryMarshal.GetArrayDataReference(down.Values);
        nuint at = (nuint)second.IndexOf(left, top), template = (nuint)first.IndexOf(patch.Left, patch.Top);
        Vector256<float> sum = default, squares = default, slopeX = default, slopeY = default, upper = Between(ref from, at, right);
        for (int row = 0; row < Size; row++, template += (nuint)first.Stride)
        {
            at += (nuint)second.Stride;
            Vector256<float> lower = Between(ref from, at, right);
            Vector256<float> difference = upper + below * (lower - upper) - Vector256.LoadUnsafe(ref like, template);
            upper = lower;
            sum += difference;
            squares += difference * difference;
            slopeX += difference * Vector256.LoadUnsafe(ref gradientX, template);
            slopeY += difference * Vector256.LoadUnsafe(ref gradientY, template);
        }
        float total = Add(sum);
        slope = new Slope(Add(slopeX) - total * patch.MeanX, Add(slopeY) - total * patch.MeanY, total / (Size * Size));
        return Add(squares) - total * slope.Offset;
    }

    /// <summary>A patch's place kept where the border still holds all of it.</summary>
    private (float X, float Y) Inside(float x, float y) =>
        (Math.Clamp(x, 1 - BorderedPlane.Border, second.Width + BorderedPlane.Border - Size - 2), Math.Clamp(y, 1 - BorderedPlane.Border, second.Height + BorderedPlane.Border - Size - 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Between(ref float from, nuint at, Vector256<float> right)
    {
        Vector256<float> left = Vector256.LoadUnsafe(ref from, at);
        return left + right * (Vector256.LoadUnsafe(ref from, at + 1) - left);
    }

    /// <summary>One order of adding on every processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Add(Vector256<float> lanes)
    {
        Vector128<float> four = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.ToScalar() + two.GetElement(1);
    }

    private readonly record struct Slope(float X, float Y, float Offset);

    private struct Patch
    {
        internal int Left, Top;
        internal float PriorX, PriorY, X, Y, Cost;
        internal Slope Slope;
        internal float MeanX, MeanY, InverseXX, InverseXY, InverseYY;
        internal bool HasStructure, IsDone;
    }
}
