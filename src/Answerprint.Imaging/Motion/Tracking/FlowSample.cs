namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>Where a place of the reference frame was found in another.</summary>
/// <param name="X">In the reference frame.</param>
/// <param name="Y">In the reference frame.</param>
/// <param name="ToX">In the other frame.</param>
/// <param name="ToY">In the other frame.</param>
/// <param name="Weight">How much it counts, above 0.</param>
internal readonly record struct FlowSample(float X, float Y, float ToX, float ToY, float Weight)
{
    internal double Residual(Homography motion)
    {
        (double x, double y) = motion.Apply(X, Y);
        return Math.Sqrt((x - ToX) * (x - ToX) + (y - ToY) * (y - ToY));
    }
}
