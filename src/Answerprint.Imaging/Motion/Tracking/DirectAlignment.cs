namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>
/// Brings a motion to a small part of a pixel, on the pixels themselves: inverse compositional descent (Baker and Matthews, IJCV 2004) over the reference frame's
/// edges, with a gain and an offset for changed light, and weights that fall with the residual, so that what does not move along has no say.
/// </summary>
internal sealed class DirectAlignment
{
    private const int Cell = 8, PerCell = 12, MostPoints = 50_000, Steps = 40;
    private const double Settled = 0.002;

    private readonly List<Point> points = [];
    private readonly double half;
    private readonly int width, height;

    /// <summary>Chooses the edges to hold on to.</summary>
    /// <param name="reference">Softened luma.</param>
    /// <param name="weights">How much each pixel counts, 0 to 1.</param>
    internal DirectAlignment(LumaPlane reference, Func<int, int, float> weights)
    {
        (width, height, half) = (reference.Width, reference.Height, Math.Max(reference.Width, reference.Height) / 2.0);
        var cell = new List<Point>();
        for (int top = 2; top + Cell <= height - 2; top += Cell)
        {
            for (int left = 2; left + Cell <= width - 2; left += Cell)
            {
                cell.Clear();
                for (int y = top; y < top + Cell; y++)
                {
                    for (int x = left; x < left + Cell; x++)
                    {
                        float weight = weights(x, y);
                        if (weight > 0)
                            cell.Add(At(reference, x, y, weight));
                    }
                }
                points.AddRange(cell.OrderByDescending(p => p.Strength).Take(PerCell));
            }
        }
        if (points.Count > MostPoints)
            points = [.. points.OrderByDescending(p => p.Strength * p.Weight).Take(MostPoints)];
    }

    /// <summary>A motion nearer to the truth; the one it was given where the pixels do not tell.</summary>
    /// <param name="frame">Softened luma of the frame.</param>
    /// <param name="motion">From the reference frame, good to about a pixel.</param>
    /// <param name="model">What the view may do.</param>
    /// <param name="agrees">Whether the surroundings of a place of the reference frame move along; null for everywhere.</param>
    internal Homography Refine(LumaPlane frame, Homography motion, MotionModel model, Func<int, int, bool>? agrees)
    {
        Point[] used = agrees is null ? [.. points] : [.. points.Where(p => agrees(p.X, p.Y))];
        int unknowns = (model == MotionModel.Homography ? 8 : 4) + 2;
        if (used.Length < 20 * unknowns)
            return motion;
        var equations = new NormalEquations(unknowns);
        var values = new float[used.Length];
        (double gain, double offset) = (1, 0);
        Homography now = motion;
        Span<double> row = stackalloc double[10], change = stackalloc double[10];
        for (int step = 0; step < Steps; step++)
        {
            double spread = Look(used, frame, now, values, gain, offset), width2 = Math.Pow(Math.Max(1, 3 * spread), 2);
            equations.Clear();
            for (int i = 0; i < used.Length; i++)
            {
                if (float.IsNaN(values[i]))
                    continue;
                double residual = gain * values[i] + offset - used[i].Value, fall = 1 + residual * residual / width2;
                Slopes(used[i], model, row);
                (row[unknowns - 2], row[unknowns - 1]) = (values[i] / 64, 1);
                equations.Add(row[..unknowns], residual, used[i].Weight / (fall * fall));
            }
            if (!equations.TrySolve(change[..unknowns]))
                return motion;
            gain = Math.Clamp(gain - change[unknowns - 2] / 64, 0.4, 2.5);
            offset -= change[unknowns - 1];
            Homography next = now.After(Turn(change, model).Inverse());
            double moved = next.Apart(now, this.width, height);
            now = next;
            if (moved < Settled)
                break;
        }
        // A fit that ran away held on to nothing.
        return now.IsFinite && now.Apart(motion, this.width, height) < 0.004 * Math.Max(this.width, height) + 1 ? now : motion;
    }

    private static Point At(LumaPlane from, int x, int y, float weight)
    {
        int i = y * from.Width + x;
        float[] v = from.Values;
        float right = (8 * (v[i + 1] - v[i - 1]) - (v[i + 2] - v[i - 2])) * (1 / 12f), down = (8 * (v[i + from.Width] - v[i - from.Width]) - (v[i + 2 * from.Width] - v[i - 2 * from.Width])) * (1 / 12f);
        return new Point(x, y, v[i], right, down, weight);
    }

    /// <summary>Samples the frame, NaN beyond its edge; the answer is the spread of the residuals (their median times 1.4826).</summary>
    private static double Look(Point[] used, LumaPlane frame, Homography motion, float[] values, double gain, double offset)
    {
        const int bins = 1024;
        Span<int> counts = stackalloc int[bins];
        counts.Clear();
        int seen = 0;
        for (int i = 0; i < used.Length; i++)
        {
            (double x, double y) = motion.Apply(used[i].X + 0.5, used[i].Y + 0.5);
            if (!frame.Holds(x, y))
            {
                values[i] = float.NaN;
                continue;
            }
            values[i] = frame.At(x, y);
            counts[(int)Math.Min(bins - 1, 4 * Math.Abs(gain * values[i] + offset - used[i].Value))]++;
            seen++;
        }
        int below = 0, bin = 0;
        while (bin < bins - 1 && (below += counts[bin]) * 2 < seen)
            bin++;
        return 1.4826 * (bin + 0.5) / 4;
    }

    /// <summary>How brightness changes with each number of the motion, around the middle of the frame and in halves of its size.</summary>
    private void Slopes(Point p, MotionModel model, Span<double> row)
    {
        double u = (p.X + 0.5) / half - 1, v = (p.Y + 0.5) / half - 1, right = p.Right * half, down = p.Down * half, out2 = right * u + down * v;
        if (model == MotionModel.Similarity)
            (row[0], row[1], row[2], row[3]) = (out2, down * u - right * v, right, down);
        else
            (row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]) = (right * u, right * v, right, down * u, down * v, down, -out2 * u, -out2 * v);
    }

    private Homography Turn(ReadOnlySpan<double> by, MotionModel model)
    {
        var toUnit = new Homography(1 / half, 0, -1, 0, 1 / half, -1, 0, 0);
        Homography turn = model == MotionModel.Similarity
            ? new Homography(1 + by[0], -by[1], by[2], by[1], 1 + by[0], by[3], 0, 0)
            : new Homography(1 + by[0], by[1], by[2], by[3], 1 + by[4], by[5], by[6], by[7]);
        return toUnit.Inverse().After(turn.After(toUnit));
    }

    private readonly record struct Point(int X, int Y, float Value, float Right, float Down, float Weight)
    {
        internal float Strength => Right * Right + Down * Down;
    }
}
