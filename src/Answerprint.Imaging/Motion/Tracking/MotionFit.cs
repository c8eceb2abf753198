using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>
/// The motion that most samples agree on: tried on small random sets (Fischler and Bolles, CACM 1981; scored as Torr and Zisserman, CVIU 2000), then fitted to
/// all that agree, by Gauss-Newton steps whose weights fall with the residual (Geman and McClure 1987). The same samples and seed give the same motion.
/// </summary>
internal static class MotionFit
{
    private const int Tries = 400, MostScored = 1200, Steps = 20;

    /// <summary>Fits a motion; null where there are too few samples or all lie on a line.</summary>
    /// <param name="samples">In pixels.</param>
    /// <param name="model">What the view may do.</param>
    /// <param name="size">The longer side of the frame, in pixels.</param>
    /// <param name="tolerance">Distance at which a sample no longer agrees, in pixels.</param>
    /// <param name="seed">What chance is made from.</param>
    internal static Homography? Fit(IReadOnlyList<FlowSample> samples, MotionModel model, double size, double tolerance, ulong seed)
    {
        int needed = model == MotionModel.Homography ? 4 : 2;
        if (samples.Count < 3 * needed)
            return null;
        // Around the middle of the frame and in halves of its size, so that all entries of the matrix count alike.
        double half = size / 2;
        FlowSample[] unit = [.. samples.Select(s => new FlowSample((float)(s.X / half - 1), (float)(s.Y / half - 1), (float)(s.ToX / half - 1), (float)(s.ToY / half - 1), s.Weight))];
        Homography? best = Try(unit, model, needed, tolerance / half, seed);
        if (best is not { } start)
            return null;
        Homography refined = Refine(unit, model, start, tolerance / half);
        return refined.IsFinite ? FromUnit(refined, half) : null;
    }

    private static Homography FromUnit(Homography motion, double half)
    {
        var toUnit = new Homography(1 / half, 0, -1, 0, 1 / half, -1, 0, 0);
        return toUnit.Inverse().After(motion.After(toUnit));
    }

    private static Homography? Try(FlowSample[] samples, MotionModel model, int needed, double tolerance, ulong seed)
    {
        double[] sums = new double[samples.Length];
        double sum = 0;
        for (int i = 0; i < samples.Length; i++)
            sums[i] = sum += samples[i].Weight;
        int stride = Math.Max(1, samples.Length / MostScored);
        ulong key = CounterRandom.Key(seed, 0);
        Homography? best = null;
        double most = 0;
        var chosen = new FlowSample[needed];
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            for (int i = 0; i < needed; i++)
            {
                double at = (CounterRandom.Next(key, attempt * 4L + i) >> 11) * (1.0 / (1UL << 53)) * sum;
                int found = Array.BinarySearch(sums, at);
                chosen[i] = samples[Math.Min(found < 0 ? ~found : found, samples.Length - 1)];
            }
            if (Through(chosen, model) is not { } motion)
                continue;
            double score = 0;
            for (int i = 0; i < samples.Length; i += stride)
            {
                double off = samples[i].Residual(motion) / tolerance;
                score += off < 1 ? samples[i].Weight * (1 - off * off) : 0;
            }
            if (score > most)
                (best, most) = (motion, score);
        }
        return best;
    }

    /// <summary>The motion that goes through four samples, or through two for a similarity.</summary>
    private static Homography? Through(FlowSample[] samples, MotionModel model)
    {
        int size = 2 * samples.Length;
        var system = new double[size * (size + 1)];
        for (int i = 0; i < samples.Length; i++)
        {
            FlowSample s = samples[i];
            Span<double> right = system.AsSpan(2 * i * (size + 1), size + 1), down = system.AsSpan((2 * i + 1) * (size + 1), size + 1);
            if (model == MotionModel.Similarity)
            {
                (right[0], right[1], right[2], right[4]) = (s.X, -s.Y, 1, s.ToX);
                (down[0], down[1], down[3], down[4]) = (s.Y, s.X, 1, s.ToY);
                continue;
            }
            (right[0], right[1], right[2], right[6], right[7], right[8]) = (s.X, s.Y, 1, -s.X * s.ToX, -s.Y * s.ToX, s.ToX);
            (down[3], down[4], down[5], down[6], down[7], down[8]) = (s.X, s.Y, 1, -s.X * s.ToY, -s.Y * s.ToY, s.ToY);
        }
        Span<double> found = stackalloc double[size];
        if (!NormalEquations.Eliminate(system, size, found))
            return null;
        Homography motion = Of(found, model);
        // A view that is mirrored, folded or three times as large is no neighbour of the reference.
        double area = motion.A * motion.E - motion.B * motion.D;
        return motion.IsFinite && area is > 0.1 and < 10 && Math.Abs(motion.G) < 0.5 && Math.Abs(motion.H) < 0.5 ? motion : null;
    }

    private static Homography Refine(FlowSample[] samples, MotionModel model, Homography motion, double tolerance)
    {
        int unknowns = model == MotionModel.Homography ? 8 : 4;
        var equations = new NormalEquations(unknowns);
        Span<double> right = stackalloc double[8], down = stackalloc double[8], change = stackalloc double[8];
        double width = tolerance;
        for (int step = 0; step < Steps; step++)
        {
            equations.Clear();
            foreach (FlowSample s in samples)
            {
                double w = motion.G * s.X + motion.H * s.Y + 1, x = (motion.A * s.X + motion.B * s.Y + motion.C) / w, y = (motion.D * s.X + motion.E * s.Y + motion.F) / w;
                double offX = s.ToX - x, offY = s.ToY - y, ratio = (offX * offX + offY * offY) / (width * width), weight = s.Weight / ((1 + ratio) * (1 + ratio));
                if (ratio > 9)
                    continue;
                Slopes(model, s.X, s.Y, x, y, w, right, down);
                equations.Add(right[..unknowns], offX, weight);
                equations.Add(down[..unknowns], offY, weight);
            }
            if (!equations.TrySolve(change[..unknowns]))
                return motion;
            motion = Changed(motion, model, change);
            // The net is drawn tighter as the fit settles.
            width = Math.Max(width * 0.8, tolerance / 4);
            double most = 0;
            foreach (double value in change[..unknowns])
                most = Math.Max(most, Math.Abs(value));
            if (most < 1e-9)
                break;
        }
        return motion;
    }

    private static void Slopes(MotionModel model, double x, double y, double toX, double toY, double w, Span<double> right, Span<double> down)
    {
        if (model == MotionModel.Similarity)
        {
            (right[0], right[1], right[2], right[3]) = (x, -y, 1, 0);
            (down[0], down[1], down[2], down[3]) = (y, x, 0, 1);
            return;
        }
        (right[0], right[1], right[2], right[3], right[4], right[5], right[6], right[7]) = (x / w, y / w, 1 / w, 0, 0, 0, -x * toX / w, -y * toX / w);
        (down[0], down[1], down[2], down[3], down[4], down[5], down[6], down[7]) = (0, 0, 0, x / w, y / w, 1 / w, -x * toY / w, -y * toY / w);
    }

    private static Homography Changed(Homography h, MotionModel model, ReadOnlySpan<double> by) => model == MotionModel.Similarity
        ? new Homography(h.A + by[0], h.B - by[1], h.C + by[2], h.D + by[1], h.E + by[0], h.F + by[3], 0, 0)
        : new Homography(h.A + by[0], h.B + by[1], h.C + by[2], h.D + by[3], h.E + by[4], h.F + by[5], h.G + by[6], h.H + by[7]);

    private static Homography Of(ReadOnlySpan<double> found, MotionModel model) => model == MotionModel.Similarity
        ? new Homography(found[0], -found[1], found[2], found[1], found[0], found[3], 0, 0)
        : new Homography(found[0], found[1], found[2], found[3], found[4], found[5], found[6], found[7]);
}
