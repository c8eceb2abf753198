namespace Answerprint.Imaging.Pixels;

/// <summary>How one sample is stored. The numbers are written into hashes and files: they only grow.</summary>
public enum SampleDepth : byte
{
    /// <summary>Unsigned 8 bits, display-referred.</summary>
    UInt8 = 1,

    /// <summary>Unsigned 16 bits, display-referred.</summary>
    UInt16 = 2,

    /// <summary>IEEE 754 binary16, usually scene-linear.</summary>
    Float16 = 3,

    /// <summary>IEEE 754 binary32, usually scene-linear.</summary>
    Float32 = 4,
}

/// <summary>Which sample types an image can have.</summary>
public static class SampleType
{
    /// <summary>The depth of <typeparamref name="T"/>: byte, ushort, Half or float.</summary>
    /// <exception cref="NotSupportedException">Any other type.</exception>
    public static SampleDepth DepthOf<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
            return SampleDepth.UInt8;
        if (typeof(T) == typeof(ushort))
            return SampleDepth.UInt16;
        if (typeof(T) == typeof(Half))
            return SampleDepth.Float16;
        return typeof(T) == typeof(float)
            ? SampleDepth.Float32
            : throw new NotSupportedException($"Samples are byte, ushort, Half or float, not {typeof(T).Name}.");
    }
}
