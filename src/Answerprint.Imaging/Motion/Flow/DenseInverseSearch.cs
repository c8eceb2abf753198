namespace Answerprint.Imaging.Motion.Flow;

/// <summary>
/// Optical flow by dense inverse search (Kroeger, Timofte, Dai and Van Gool, ECCV 2016): patches are aligned from coarse to fine by inverse compositional descent,
/// their motions averaged by how well each fits, and refined by a variational step (Brox et al., ECCV 2004). Pinned: floating point, but one order of work for any number of threads.
/// </summary>
public static class DenseInverseSearch
{
    /// <summary>Shortest side of a frame, in pixels.</summary>
    public const int ShortestSide = 16;

    /// <summary>Most pixels of a frame.</summary>
    public const int MostPixels = 40_000_000;

    /// <summary>Finds the motion from one frame to another.</summary>
    /// <param name="first">Luma of the first frame, row-major, 0 to 255.</param>
    /// <param name="second">Luma of the second frame, of the same size.</param>
    /// <param name="width">Width in pixels, 16 or more.</param>
    /// <param name="height">Height in pixels, 16 or more.</param>
    /// <param name="options">Speed and precision.</param>
    /// <param name="cancellationToken">Stops the work between its steps.</param>
    /// <exception cref="ArgumentException">A frame is not width x height long, too small or too large, or an option is out of range.</exception>
    public static FlowField Estimate(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width, int height, FlowOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FlowOptions();
        options.Check();
        if (width < ShortestSide || height < ShortestSide || (long)width * height > MostPixels)
            throw new ArgumentException($"A frame of {width} x {height} pixels cannot be followed: both sides must be {ShortestSide} or more, and at most {MostPixels:N0} pixels in all.", nameof(width));
        if (first.Length != width * height || second.Length != width * height)
            throw new ArgumentException($"The frames hold {first.Length} and {second.Length} values; {width} x {height} were announced.", nameof(first));

        int finest = Math.Min(options.FinestScale, Halvings(width, height, 2 * PatchSearch.Size));
        int coarsest = Math.Max(finest, Halvings(width, height, PatchSearch.Size));
        BorderedPlane[] from = Pyramid(first, width, height, coarsest), to = Pyramid(second, width, height, coarsest);
        FlowField? flow = null;
        for (int scale = coarsest; scale >= finest; scale--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var search = new PatchSearch(from[scale], to[scale], options, cancellationToken);
            search.Run(flow);
            flow = search.Densify();
            for (int warp = 0; warp < options.Warps; warp++)
                new VariationalRefinement(from[scale], to[scale], flow, options, cancellationToken).Run();
        }
        return Enlarge(flow!, 1 << finest, width, height, options.MaxDegreeOfParallelism);
    }

    /// <summary>How often both sides can be halved until the shorter one is below the length.</summary>
    private static int Halvings(int width, int height, int length)
    {
        int halvings = 0;
        for (int side = Math.Min(width, height); side / 2 >= length; side /= 2)
            halvings++;
        return halvings;
    }

    private static BorderedPlane[] Pyramid(ReadOnlySpan<float> luma, int width, int height, int coarsest)
    {
        var levels = new BorderedPlane[coarsest + 1];
        levels[0] = new BorderedPlane(width, height);
        for (int y = 0; y < height; y++)
            luma.Slice(y * width, width).CopyTo(levels[0].Row(y));
        levels[0].RepeatEdge();
        for (int i = 1; i <= coarsest; i++)
            levels[i] = levels[i - 1].Halve();
        return levels;
    }

    /// <summary>The field at the frame's own size; pixels' centres stay where they are.</summary>
    private static FlowField Enlarge(FlowField flow, int scale, int width, int height, int threads)
    {
        if (scale == 1)
            return flow;
        var result = new FlowField(width, height);
        Parallel.For(0, height, new ParallelOptions { MaxDegreeOfParallelism = threads }, y =>
        {
            float from = (y + 0.5f) / scale - 0.5f;
            for (int x = 0, i = y * width; x < width; x++, i++)
            {
                (float right, float down) = flow.At((x + 0.5f) / scale - 0.5f, from);
                (result.X[i], result.Y[i]) = (right * scale, down * scale);
            }
        });
        return result;
    }
}
