namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>What the flow says of a frame's motion; samples are in pixels of the pictures that the flow was found in.</summary>
/// <param name="Samples">Places whose motion is confirmed by the way back.</param>
/// <param name="Visible">Places that lie in both frames, confirmed or not.</param>
/// <param name="VisibleWeight">The sum of their weights.</param>
/// <param name="Homography">The best plane's motion, in full pixels.</param>
/// <param name="Similarity">The best shift, turn and zoom, in full pixels.</param>
/// <param name="Scale">Full pixels in one of the flow's.</param>
internal sealed record FrameEvidence(FlowSample[] Samples, int Visible, double VisibleWeight, Homography Homography, Homography Similarity, int Scale)
{
    /// <summary>Distance at which a sample no longer agrees, in pixels of the flow.</summary>
    internal const double Tolerance = 1;

    private const int Columns = 8, LeastInCell = 6;

    internal static FrameEvidence None { get; } = new([], 0, 0, Homography.Identity, Homography.Identity, 1);

    internal Homography Of(MotionModel model) => model == MotionModel.Homography ? Homography : Similarity;

    /// <summary>The share of what is visible, by weight, that moves as said, 0 to 1.</summary>
    internal double Agreeing(Homography motion)
    {
        Homography own = motion.Rescale(1.0 / Scale);
        return VisibleWeight <= 0 ? 0 : Samples.Where(s => s.Residual(own) < Tolerance).Sum(s => (double)s.Weight) / VisibleWeight;
    }

    /// <summary>The median distance of the confirmed samples that count fully from where they should be, in full pixels.</summary>
    internal double Median(Homography motion)
    {
        Homography own = motion.Rescale(1.0 / Scale);
        float most = Samples.Length == 0 ? 0 : Samples.Max(s => s.Weight);
        double[] off = [.. Samples.Where(s => s.Weight > 0.5f * most).Select(s => s.Residual(own)).Order()];
        return off.Length == 0 ? double.NaN : off[off.Length / 2] * Scale;
    }

    /// <summary>
    /// What a plane's motion cannot explain, in full pixels: the frame is cut into cells of an eighth of its longer side, the median error vector of each is taken,
    /// and of their lengths two thirds are no longer than this. Depth and lens distortion show here, grain does not.
    /// </summary>
    internal double Systematic(Homography motion, int width, int height)
    {
        Homography own = motion.Rescale(1.0 / Scale);
        double side = Math.Max(width, height) / (double)Columns / Scale;
        float most = Samples.Length == 0 ? 0 : Samples.Max(s => s.Weight);
        double[] lengths = [.. Samples.Where(s => s.Weight > 0.5f * most).GroupBy(s => ((int)(s.X / side), (int)(s.Y / side))).Where(cell => cell.Count() >= LeastInCell)
            .Select(cell => Length([.. cell], own)).Order()];
        return lengths.Length == 0 ? 0 : lengths[2 * (lengths.Length - 1) / 3] * Scale;
    }

    /// <summary>How many cells of an eighth of the longer side have samples that agree: a motion of eight numbers needs some.</summary>
    internal int Support(int width, int height)
    {
        Homography own = Homography.Rescale(1.0 / Scale);
        double side = Math.Max(width, height) / (double)Columns / Scale;
        return Samples.Where(s => s.Residual(own) < Tolerance).GroupBy(s => ((int)(s.X / side), (int)(s.Y / side))).Count(cell => cell.Count() >= LeastInCell);
    }

    private static double Length(FlowSample[] cell, Homography motion)
    {
        double x = Middle(cell.Select(s => s.ToX - motion.Apply(s.X, s.Y).X)), y = Middle(cell.Select(s => s.ToY - motion.Apply(s.X, s.Y).Y));
        return Math.Sqrt(x * x + y * y);
    }

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
