namespace Answerprint.Imaging.Motion.Flow;

/// <summary>Which motions can be believed: going there and coming back must end where it began (Sundaram, Brox and Keutzer, ECCV 2010).</summary>
public static class FlowConsistency
{
    /// <summary>255 where a pixel's motion is confirmed by the way back, 0 where it is hidden in the other frame, leaves it, or is in doubt.</summary>
    /// <param name="forward">From the first frame to the second.</param>
    /// <param name="backward">From the second frame to the first.</param>
    /// <param name="slack">Distance allowed in pixels, for motions of no length; 0.01 of the squared lengths is added.</param>
    /// <exception cref="ArgumentException">The fields differ in size.</exception>
    public static byte[] Check(FlowField forward, FlowField backward, double slack = 0.7)
    {
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(backward);
        if (forward.Width != backward.Width || forward.Height != backward.Height)
            throw new ArgumentException($"The fields are {forward.Width} x {forward.Height} and {backward.Width} x {backward.Height}; they must be the same.", nameof(backward));
        var result = new byte[forward.X.Length];
        for (int y = 0, i = 0; y < forward.Height; y++)
        {
            for (int x = 0; x < forward.Width; x++, i++)
            {
                float right = forward.X[i], down = forward.Y[i], toX = x + right, toY = y + down;
                if (toX < 0 || toY < 0 || toX > forward.Width - 1 || toY > forward.Height - 1)
                    continue;
                (float backX, float backY) = backward.At(toX, toY);
                double gap = Square(right + backX) + Square(down + backY);
                if (gap <= 0.01 * (Square(right) + Square(down) + Square(backX) + Square(backY)) + slack * slack)
                    result[i] = byte.MaxValue;
            }
        }
        return result;
    }

    private static double Square(double value) => value * value;
}
