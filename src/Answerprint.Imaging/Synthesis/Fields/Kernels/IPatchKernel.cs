namespace Answerprint.Imaging.Synthesis.Fields.Kernels;

/// <summary>What a kernel must know of two images of features whose patches it compares.</summary>
internal readonly unsafe struct PatchShape(int size, int planes, uint* weights, byte** target, byte** source, nint targetRow, nint sourceRow)
{
    /// <summary>Width and height of a patch, in pixels.</summary>
    internal readonly int Size = size;

    /// <summary>16-byte groups of a pixel.</summary>
    internal readonly int Planes = planes;

    /// <summary>Eight weights a plane, one for each pair of bytes.</summary>
    internal readonly uint* Weights = weights;

    /// <summary>First byte of each plane; patches are named by their offset from it.</summary>
    internal readonly byte** Target = target;

    /// <summary>First byte of each plane of the sources.</summary>
    internal readonly byte** Source = source;

    /// <summary>Bytes from one row to the next.</summary>
    internal readonly nint TargetRow = targetRow;

    /// <summary>Bytes from one row to the next of the sources.</summary>
    internal readonly nint SourceRow = sourceRow;
}

/// <summary>
/// Weighted sums of squared differences, exact in integers: all kernels give the same number on every processor. The operation is a struct,
/// so that the loops around it are compiled once for each kernel without a call through a table.
/// </summary>
internal unsafe interface IPatchKernel
{
    /// <summary>
    /// The distance of two patches whose top left pixels lie at these offsets; where it is not below the limit, any number that is not
    /// below the limit may come back.
    /// </summary>
    static abstract long Distance(in PatchShape shape, nint target, nint source, long limit);

    /// <summary>The distance of two rectangles of the patch's row pitch.</summary>
    static abstract long Rectangle(in PatchShape shape, nint target, nint source, int width, int height);
}
