using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Motion.Flow;

/// <summary>
/// Bends a field to where brightness and its gradient agree, and neighbours do (Brox et al., ECCV 2004), both normalised by the gradient's length (Zimmer, Bruhn and Weickert,
/// IJCV 2011). The picture is warped once; the robust weights are made anew in each iteration, and the linear system relaxed by red-black successive over-relaxation.
/// </summary>
internal sealed class VariationalRefinement
{
    private const float Smoothness = 14, Brightness = 10, Gradient = 5;
    private const float Noise = 0.1f * 0.1f, Robustness = 0.001f * 0.001f;
    private const int Relaxations = 5, BandRows = 16;

    private readonly BorderedPlane first, second;
    private readonly FlowField flow;
    private readonly int width, height, iterations;
    private readonly ParallelOptions threads;

    // In the frame's order: the linearised frame, whether a pixel's partner is in the other frame, the motion so far, and how freely it may change from pixel to pixel.
    private readonly BorderedPlane inside, motionX, motionY, ease;
    private BorderedPlane difference = null!, slopeX = null!, slopeY = null!, curveXX = null!, curveXY = null!, curveYY = null!, changeX = null!, changeY = null!;

    // Columns of even and of odd number apart, so that a colour of the chessboard lies together.
    private readonly SplitPlane x, y, constantX, constantY, cross, scaleX, scaleY, right, down;

    internal VariationalRefinement(BorderedPlane first, BorderedPlane second, FlowField flow, FlowOptions options, CancellationToken cancellationToken)
    {
        (this.first, this.second, this.flow, width, height, iterations) = (first, second, flow, flow.Width, flow.Height, options.RefinementIterations);
        threads = new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        (inside, motionX, motionY, ease) = (Plane(), Plane(), Plane(), Plane());
        (x, y, constantX, constantY, cross, scaleX, scaleY, right, down) = (Split(), Split(), Split(), Split(), Split(), Split(), Split(), Split(), Split());
    }

    /// <summary>Refines the field in place.</summary>
    internal void Run()
    {
        Linearise();
        Bands((begin, end) =>
        {
            for (int row = begin; row < end; row++)
            {
                flow.X.AsSpan(row * width, width).CopyTo(motionX.Row(row));
                flow.Y.AsSpan(row * width, width).CopyTo(motionY.Row(row));
            }
        });
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            motionX.RepeatEdge();
            motionY.RepeatEdge();
            Bands(SetEase);
            ease.RepeatEdge();
            Bands(SetSystem);
            for (int sweep = 0; sweep < 2 * Relaxations; sweep++)
                Bands((begin, end) => Relax(sweep & 1, begin, end));
            Bands((begin, end) =>
            {
                for (int row = begin; row < end; row++)
                {
                    x.Join(row, motionX.Row(row));
                    y.Join(row, motionY.Row(row));
                }
            });
        }
        for (int row = 0; row < height; row++)
        {
            motionX.Row(row).CopyTo(flow.X.AsSpan(row * width, width));
            motionY.Row(row).CopyTo(flow.Y.AsSpan(row * width, width));
        }
    }

    private BorderedPlane Plane() => new(width, height);

    private SplitPlane Split() => new(width, height);

    private void Bands(Action<int, int> band) =>
        Parallel.For(0, (height + BandRows - 1) / BandRows, threads, i => band(i * BandRows, Math.Min(height, (i + 1) * BandRows)));

    /// <summary>The second frame brought to the first, and how the two change around each pixel.</summary>
    private void Linearise()
    {
        BorderedPlane mean = Plane();
        difference = Plane();
        Bands((begin, end) =>
        {
            for (int row = begin; row < end; row++)
                Warp(row, mean.Row(row));
        });
        mean.RepeatEdge();
        difference.RepeatEdge();
        (slopeX, slopeY) = mean.Gradient();
        (curveXX, curveXY) = slopeX.Gradient();
        curveYY = slopeY.Gradient().Y;
        (changeX, changeY) = difference.Gradient();
    }

    private void Warp(int row, Span<float> mean)
    {
        ReadOnlySpan<float> from = first.Row(row);
        Span<float> gap = difference.Row(row), valid = inside.Row(row);
        for (int column = 0, i = row * width; column < width; column++, i++)
        {
            float toX = column + flow.X[i], toY = row + flow.Y[i];
            valid[column] = toX >= 0 && toY >= 0 && toX <= width - 1 && toY <= height - 1 ? 1 : 0;
            toX = Math.Clamp(toX, 0, width - 1);
            toY = Math.Clamp(toY, 0, height - 1);
            int left = (int)toX, top = (int)toY, at = second.IndexOf(left, top);
            float fx = toX - left, fy = toY - top;
            float[] values = second.Values;
            float upper = values[at] + fx * (values[at + 1] - values[at]);
            at += second.Stride;
            float lower = values[at] + fx * (values[at + 1] - values[at]), warped = upper + fy * (lower - upper);
            mean[column] = 0.5f * (warped + from[column]);
            gap[column] = warped - from[column];
        }
    }

    /// <summary>Smoothness over the root of how much the motion changes here.</summary>
    private void SetEase(int begin, int end)
    {
        Vector256<float> weight = Vector256.Create(Smoothness), robust = Vector256.Create(Robustness);
        ref float u = ref MemoryMarshal.GetArrayDataReference(motionX.Values), v = ref MemoryMarshal.GetArrayDataReference(motionY.Values), to = ref MemoryMarshal.GetArrayDataReference(ease.Values);
        nuint stride = (nuint)motionX.Stride;
        for (int row = begin; row < end; row++)
        {
            nuint at = (nuint)motionX.IndexOf(0, row);
            for (int column = 0; column < width; column += 8, at += 8)
            {
                Vector256<float> here = Vector256.LoadUnsafe(ref u, at), there = Vector256.LoadUnsafe(ref v, at);
                Vector256<float> ux = Vector256.LoadUnsafe(ref u, at + 1) - here, uy = Vector256.LoadUnsafe(ref u, at + stride) - here;
                Vector256<float> vx = Vector256.LoadUnsafe(ref v, at + 1) - there, vy = Vector256.LoadUnsafe(ref v, at + stride) - there;
                (weight / Vector256.Sqrt(ux * ux + uy * uy + vx * vx + vy * vy + robust)).StoreUnsafe(ref to, at);
            }
        }
    }

    /// <summary>The linear system of this iteration, for the whole motion rather than its change.</summary>
    private void SetSystem(int begin, int end)
    {
        int padded = (width + 15) & ~15;
        Span<float> both = new float[9 * padded];
        Vector256<float> half = Vector256.Create(0.5f), noise = Vector256.Create(Noise), robust = Vector256.Create(Robustness), omega = Vector256.Create(SplitPlane.Omega);
        Vector256<float> brightness = Vector256.Create(Brightness), gradient = Vector256.Create(Gradient);
        ref float to = ref MemoryMarshal.GetReference(both);
        nuint stride = (nuint)ease.Stride, plane = (nuint)padded;
        for (int row = begin; row < end; row++)
        {
            nuint at = (nuint)ease.IndexOf(0, row);
            Vector256<float> bottom = row + 1 < height ? half : default, top = row > 0 ? half : default;
            for (int column = 0; column < width; column += 8, at += 8)
            {
                Vector256<float> u = Load(motionX, at), v = Load(motionY, at);
                Vector256<float> fromX = FlowAt(flow.X, row, column), fromY = FlowAt(flow.Y, row, column), du = u - fromX, dv = v - fromY;
                Vector256<float> ix = Load(slopeX, at), iy = Load(slopeY, at), iz = Load(difference, at);
                Vector256<float> ixx = Load(curveXX, at), ixy = Load(curveXY, at), iyy = Load(curveYY, at), ixz = Load(changeX, at), iyz = Load(changeY, at), counts = Load(inside, at);

                Vector256<float> scale = Vector256<float>.One / (ix * ix + iy * iy + noise), rest = iz + ix * du + iy * dv;
                Vector256<float> weight = counts * brightness * scale / Vector256.Sqrt(rest * rest * scale + robust);
                Vector256<float> a = weight * ix * ix, b = weight * ix * iy, c = weight * iy * iy, p = -weight * ix * iz, q = -weight * iy * iz;

                Vector256<float> scaleU = Vector256<float>.One / (ixx * ixx + ixy * ixy + noise), scaleV = Vector256<float>.One / (iyy * iyy + ixy * ixy + noise);
                Vector256<float> restU = ixz + ixx * du + ixy * dv, restV = iyz + ixy * du + iyy * dv;
                Vector256<float> steep = counts * gradient / Vector256.Sqrt(restU * restU * scaleU + restV * restV * scaleV + robust), su = steep * scaleU, sv = steep * scaleV;
                a += su * ixx * ixx + sv * ixy * ixy;
                b += su * ixx * ixy + sv * ixy * iyy;
                c += su * ixy * ixy + sv * iyy * iyy;
                p -= su * ixx * ixz + sv * ixy * iyz;
                q -= su * ixy * ixz + sv * iyy * iyz;

                Vector256<float> here = Load(ease, at), toRight = half * (here + Load(ease, at + 1)), toLeft = half * (here + Load(ease, at - 1));
                if (column == 0)
                    toLeft = toLeft.WithElement(0, 0);
                if (column + 8 >= width)
                    toRight = toRight.WithElement(width - 1 - column, 0);
                Vector256<float> toBottom = bottom * (here + Load(ease, at + stride)), toTop = top * (here + Load(ease, at - stride));
                Vector256<float> smooth = toRight + toLeft + toBottom + toTop;

                nuint i = (nuint)column;
                u.StoreUnsafe(ref to, i);
                v.StoreUnsafe(ref to, i + plane);
                (p + a * fromX + b * fromY).StoreUnsafe(ref to, i + 2 * plane);
                (q + b * fromX + c * fromY).StoreUnsafe(ref to, i + 3 * plane);
                b.StoreUnsafe(ref to, i + 4 * plane);
                (omega / (a + smooth)).StoreUnsafe(ref to, i + 5 * plane);
                (omega / (c + smooth)).StoreUnsafe(ref to, i + 6 * plane);
                toRight.StoreUnsafe(ref to, i + 7 * plane);
                toBottom.StoreUnsafe(ref to, i + 8 * plane);
            }
            x.Part(row, both[..padded]);
            y.Part(row, both.Slice(padded, padded));
            constantX.Part(row, both.Slice(2 * padded, padded));
            constantY.Part(row, both.Slice(3 * padded, padded));
            cross.Part(row, both.Slice(4 * padded, padded));
            scaleX.Part(row, both.Slice(5 * padded, padded));
            scaleY.Part(row, both.Slice(6 * padded, padded));
            right.Part(row, both.Slice(7 * padded, padded));
            down.Part(row, both.Slice(8 * padded, padded));
        }
    }

    /// <summary>One colour of the chessboard: every pixel from its four neighbours, which are all of the other colour.</summary>
    private void Relax(int colour, int begin, int end)
    {
        Vector256<float> keep = Vector256.Create(1 - SplitPlane.Omega);
        ref float u = ref x.First, v = ref y.First, p = ref constantX.First, q = ref constantY.First, b = ref cross.First, su = ref scaleX.First, sv = ref scaleY.First;
        ref float toRight = ref right.First, toBottom = ref down.First;
        nuint stride = (nuint)x.Stride;
        for (int row = begin; row < end; row++)
        {
            int odd = (row + colour) & 1;
            nuint at = (nuint)x.IndexOf(row, odd), other = (nuint)x.IndexOf(row, 1 - odd), left = odd == 1 ? other : other - 1, next = odd == 1 ? other + 1 : other;
            for (int k = 0; k < x.Half; k += 8, at += 8, left += 8, next += 8)
            {
                Vector256<float> wl = Vector256.LoadUnsafe(ref toRight, left), wr = Vector256.LoadUnsafe(ref toRight, at);
                Vector256<float> wt = Vector256.LoadUnsafe(ref toBottom, at - stride), wb = Vector256.LoadUnsafe(ref toBottom, at), mixed = Vector256.LoadUnsafe(ref b, at);
                Vector256<float> old = Vector256.LoadUnsafe(ref u, at), other2 = Vector256.LoadUnsafe(ref v, at);
                Vector256<float> sum = wl * Vector256.LoadUnsafe(ref u, left) + wr * Vector256.LoadUnsafe(ref u, next) + wt * Vector256.LoadUnsafe(ref u, at - stride) + wb * Vector256.LoadUnsafe(ref u, at + stride);
                Vector256<float> found = keep * old + Vector256.LoadUnsafe(ref su, at) * (Vector256.LoadUnsafe(ref p, at) - mixed * other2 + sum);
                found.StoreUnsafe(ref u, at);
                sum = wl * Vector256.LoadUnsafe(ref v, left) + wr * Vector256.LoadUnsafe(ref v, next) + wt * Vector256.LoadUnsafe(ref v, at - stride) + wb * Vector256.LoadUnsafe(ref v, at + stride);
                (keep * other2 + Vector256.LoadUnsafe(ref sv, at) * (Vector256.LoadUnsafe(ref q, at) - mixed * found + sum)).StoreUnsafe(ref v, at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(BorderedPlane plane, nuint at) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(plane.Values), at);

    private Vector256<float> FlowAt(float[] values, int row, int column)
    {
        int at = row * width + column;
        if (at + 8 <= values.Length)
            return Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)at);
        Span<float> last = stackalloc float[8];
        last.Clear();
        values.AsSpan(at).CopyTo(last);
        return Vector256.Create<float>(last);
    }
}
