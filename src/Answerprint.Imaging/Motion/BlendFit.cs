namespace Answerprint.Imaging.Motion;

/// <summary>How well a frame is explained as a mixture of two others, as every frame of a dissolve or fade is.</summary>
/// <param name="Position">Share of the later frame, in 1/1000.</param>
/// <param name="Residual">Unexplained energy over the energy that lies between the two frames, in 1/1000.</param>
internal readonly record struct BlendFit(int Position, int Residual)
{
    internal const int Whole = 1000;

    /// <summary>Sum of squared differences over the coarse luma and chroma, where small movements hardly show.</summary>
    internal static long Energy(FrameSignature from, FrameSignature to) => Dot(from.Coarse, to.Coarse, to.Coarse);

    /// <summary>The least-squares mixture; <paramref name="energy"/> is that between the two ends and not 0.</summary>
    internal static BlendFit Of(FrameSignature middle, FrameSignature from, FrameSignature to, long energy)
    {
        long along = Dot(from.Coarse, middle.Coarse, to.Coarse), own = Energy(from, middle);
        // |m - a d|^2 = |m|^2 - (m.d)^2 / |d|^2; the square of m.d needs more than 64 bits.
        long explained = (long)((Int128)along * along / energy);
        return new BlendFit((int)Math.Clamp(along * Whole / energy, -Whole, 2 * Whole), (int)Math.Min(Whole, (own - explained) * Whole / energy));
    }

    /// <summary>Sum of (first - origin) * (second - origin).</summary>
    private static long Dot(ReadOnlySpan<byte> origin, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        long sum = 0;
        for (int i = 0; i < origin.Length; i++)
            sum += (first[i] - origin[i]) * (second[i] - origin[i]);
        return sum;
    }
}
