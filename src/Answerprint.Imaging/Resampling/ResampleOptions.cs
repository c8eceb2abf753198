namespace Answerprint.Imaging.Resampling;

/// <summary>The reconstruction filter. The numbers are written into attribution files: they only grow.</summary>
public enum ResampleKernel : byte
{
    /// <summary>No filter: pixels are copied, the size does not change.</summary>
    None = 0,

    /// <summary>Lanczos windowed sinc, three lobes: sharp, with a little ringing.</summary>
    Lanczos3 = 1,

    /// <summary>Mitchell and Netravali's cubic with B = C = 1/3 (SIGGRAPH 1988): softer, with almost no ringing.</summary>
    Mitchell = 2,
}

/// <summary>How stored samples relate to light.</summary>
public enum TransferCurve
{
    /// <summary>sRGB codes, as 8-bit and 16-bit display images are.</summary>
    SRgb,

    /// <summary>Samples are already proportional to light, as half-float and float scene-linear images are.</summary>
    Linear,
}

/// <summary>How to resize.</summary>
public sealed class ResampleOptions
{
    /// <value>The filter; default Lanczos3.</value>
    public ResampleKernel Kernel { get; init; } = ResampleKernel.Lanczos3;

    /// <value>How samples relate to light; default sRGB for 8 and 16 bits, linear for half float and float.</value>
    public TransferCurve? Transfer { get; init; }

    /// <value>Threads, 1 or more; default 1. The result does not depend on it.</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;
}
