using Answerprint.Imaging.Motion.Flow;

namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>A frame that others are followed from.</summary>
internal sealed class KeyFrame
{
    // Longer sides than this are halved for the flow; the last part of a pixel is found at full size.
    private const int FlowSide = 1280, MapCell = 16;

    private readonly LumaPlane small;
    private readonly List<(int X, int Y, float Weight)> places;
    private readonly DirectAlignment alignment;
    private readonly int scale, threads;

    /// <summary>Prepares a frame.</summary>
    /// <param name="plane">Its luma.</param>
    /// <param name="weights">How much each pixel counts, 0 to 1.</param>
    /// <param name="threads">Threads.</param>
    internal KeyFrame(LumaPlane plane, Func<int, int, float> weights, int threads)
    {
        this.threads = threads;
        (small, scale) = Shrink(plane);
        places = SamplePlaces.In(small, (x, y) => weights(x * scale + scale / 2, y * scale + scale / 2));
        alignment = new DirectAlignment(plane.Soften(), weights);
    }

    /// <summary>Places that can be found again.</summary>
    internal int Places => places.Count;

    /// <summary>Where the frame's places are in another one.</summary>
    /// <param name="frame">Luma of the other frame.</param>
    /// <param name="predicted">Roughly the motion from this frame.</param>
    /// <param name="seed">What chance is made from.</param>
    /// <param name="cancellationToken">Stops the work between its steps.</param>
    internal FrameEvidence Follow(LumaPlane frame, Homography predicted, ulong seed, CancellationToken cancellationToken)
    {
        (LumaPlane reduced, _) = Shrink(frame);
        Homography motion = predicted.Rescale(1.0 / scale);
        FrameEvidence evidence = FrameEvidence.None;
        double size = Math.Max(small.Width, small.Height);
        for (int pass = 0; pass < 3; pass++)
        {
            (FlowSample[] samples, int visible, double visibleWeight) = Sample(reduced, motion, cancellationToken);
            if (MotionFit.Fit(samples, MotionModel.Homography, size, FrameEvidence.Tolerance, seed) is not { } fit)
                return evidence;
            Homography? similar = MotionFit.Fit(samples, MotionModel.Similarity, size, FrameEvidence.Tolerance, seed);
            evidence = new FrameEvidence(samples, visible, visibleWeight, fit.Rescale(scale), (similar ?? fit).Rescale(scale), scale);
            double apart = fit.Apart(motion, small.Width, small.Height);
            motion = fit;
            // Near by, the flow is exact; what came from far is looked at again from where it was found.
            if (apart < 3)
                break;
        }
        return evidence;
    }

    /// <summary>The motion to a small part of a pixel.</summary>
    internal Homography Refine(LumaPlane frame, Homography motion, MotionModel model, FrameEvidence evidence)
    {
        int columns = small.Width / MapCell + 1;
        int[] yes = new int[columns * (small.Height / MapCell + 1)], no = new int[yes.Length];
        foreach (FlowSample s in evidence.Samples)
        {
            int cell = (int)s.Y / MapCell * columns + (int)s.X / MapCell;
            if (s.Residual(motion.Rescale(1.0 / scale)) < FrameEvidence.Tolerance)
                yes[cell]++;
            else
                no[cell]++;
        }
        return alignment.Refine(frame.Soften(), motion, model, (x, y) =>
        {
            int cell = y / scale / MapCell * columns + x / scale / MapCell;
            return cell < yes.Length && yes[cell] > no[cell];
        });
    }

    private static (LumaPlane Plane, int Scale) Shrink(LumaPlane plane)
    {
        int scale = 1;
        while (Math.Max(plane.Width, plane.Height) > FlowSide && Math.Min(plane.Width, plane.Height) >= 4 * DenseInverseSearch.ShortestSide)
            (plane, scale) = (plane.Halve(), 2 * scale);
        return (plane, scale);
    }

    private (FlowSample[] Samples, int Visible, double VisibleWeight) Sample(LumaPlane frame, Homography motion, CancellationToken cancellationToken)
    {
        var options = new FlowOptions { MaxDegreeOfParallelism = threads };
        LumaPlane warped = frame.Warp(motion, threads);
        FlowField there = DenseInverseSearch.Estimate(small.Values, warped.Values, small.Width, small.Height, options, cancellationToken);
        FlowField back = DenseInverseSearch.Estimate(warped.Values, small.Values, small.Width, small.Height, options, cancellationToken);
        byte[] believed = FlowConsistency.Check(there, back);
        var samples = new List<FlowSample>(places.Count);
        int visible = 0;
        double visibleWeight = 0;
        foreach ((int x, int y, float weight) in places)
        {
            int i = y * small.Width + x;
            (double toX, double toY) = motion.Apply(x + 0.5 + there.X[i], y + 0.5 + there.Y[i]);
            if (toX < 2 || toY < 2 || toX > small.Width - 2 || toY > small.Height - 2)
                continue;
            visible++;
            visibleWeight += weight;
            if (believed[i] != 0)
                samples.Add(new FlowSample(x + 0.5f, y + 0.5f, (float)toX, (float)toY, weight));
        }
        return ([.. samples], visible, visibleWeight);
    }
}
