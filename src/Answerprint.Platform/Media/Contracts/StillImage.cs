using Answerprint.Platform.Media.Vips;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>How one sample of a still is stored.</summary>
public enum SampleFormat
{
    /// <summary>8 bits, sRGB-encoded (IEC 61966-2-1).</summary>
    UInt8,

    /// <summary>16 bits, sRGB-encoded.</summary>
    UInt16,

    /// <summary>32-bit float, linear light with sRGB primaries, 1.0 is diffuse white.</summary>
    Float32,
}

/// <summary>
/// A decoded picture in memory: 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGB, alpha) samples a pixel, rows from the top, no padding.
/// Immutable; every operation gives a new picture, fully computed.
/// </summary>
public sealed partial class StillImage : IDisposable
{
    private readonly VipsHandle handle;

    internal StillImage(VipsHandle memory)
    {
        handle = memory;
        Width = VipsNative.vips_image_get_width(memory);
        Height = VipsNative.vips_image_get_height(memory);
        Bands = VipsNative.vips_image_get_bands(memory);
        Format = VipsPixels.Format(memory);
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>Samples a pixel, 1 to 4.</summary>
    public int Bands { get; }

    /// <summary>How a sample is stored.</summary>
    public SampleFormat Format { get; }

    /// <summary>Whether the last sample of a pixel is alpha (not premultiplied).</summary>
    public bool HasAlpha => Bands is 2 or 4;

    internal VipsHandle Handle => handle;

    private static int SampleBytes(SampleFormat format) => format switch { SampleFormat.UInt8 => 1, SampleFormat.UInt16 => 2, _ => 4 };

    /// <summary>Makes a picture of a copy of samples: <see cref="byte"/>, <see cref="ushort"/> or <see cref="float"/>.</summary>
    /// <exception cref="ArgumentException">The span does not hold exactly width x height x bands samples, or T is another type.</exception>
    public static unsafe StillImage FromPixels<T>(ReadOnlySpan<T> samples, int width, int height, int bands)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bands, 4);
        if (samples.Length != (long)width * height * bands)
            throw new ArgumentException($"{samples.Length} samples do not make {width} x {height} x {bands}.", nameof(samples));
        VipsLibrary.Ensure();
        var format = FormatOf<T>();
        fixed (T* start = samples)
        {
            using var raw = new VipsHandle(VipsNative.vips_image_new_from_memory_copy(
                start, (nuint)samples.Length * (nuint)sizeof(T), width, height, bands, VipsPixels.Native(format)));
            return Finish(raw, format, bands);
        }
    }

    /// <summary>
    /// The samples, in native memory that lives as long as this picture does: keep the picture referenced, and do not dispose it, while
    /// the span is in use. T must be <see cref="byte"/> for 8 bit (or for the raw bytes of any format), <see cref="ushort"/> or <see cref="float"/>.
    /// </summary>
    /// <exception cref="ArgumentException">T does not match <see cref="Format"/>.</exception>
    public unsafe ReadOnlySpan<T> Pixels<T>()
        where T : unmanaged
    {
        if (typeof(T) != typeof(byte) && FormatOf<T>() != Format)
            throw new ArgumentException($"Samples are {Format}, not {typeof(T).Name}.");
        ObjectDisposedException.ThrowIf(handle.IsClosed, this);
        var bytes = (long)Width * Height * Bands * SampleBytes(Format);
        return new ReadOnlySpan<T>(VipsNative.vips_image_get_data(handle), checked((int)(bytes / sizeof(T))));
    }

    /// <summary>Copies the samples out.</summary>
    /// <exception cref="ArgumentException">T does not match <see cref="Format"/>, or the span is too small.</exception>
    public void CopyTo<T>(Span<T> target)
        where T : unmanaged
    {
        Pixels<T>().CopyTo(target);
        GC.KeepAlive(this);
    }

    /// <summary>Frees the pixels.</summary>
    public void Dispose() => handle.Dispose();

    /// <summary>Marks a lazy picture with what its samples mean and computes it.</summary>
    internal static StillImage Finish(VipsHandle image, SampleFormat format, int bands)
    {
        if (image.IsInvalid) throw new MediaException(new MediaError(MediaErrorKind.Failed, $"A picture could not be made: {VipsLibrary.TakeError()}."));
        try
        {
            using var marked = VipsPixels.Run("copy", image, ("interpretation", VipsPixels.Interpretation(format, bands)));
            return new StillImage(VipsPixels.Materialise(marked));
        }
        catch (VipsException error)
        {
            throw new MediaException(new MediaError(MediaErrorKind.Failed, $"A picture could not be computed: {error.Message}."));
        }
    }

    private static SampleFormat FormatOf<T>()
    {
        if (typeof(T) == typeof(byte)) return SampleFormat.UInt8;
        if (typeof(T) == typeof(ushort)) return SampleFormat.UInt16;
        if (typeof(T) == typeof(float)) return SampleFormat.Float32;
        throw new ArgumentException($"Samples are byte, ushort or float, not {typeof(T).Name}.");
    }
}
