namespace Answerprint.Imaging.Pixels;

/// <summary>Samples that somebody else owns, read through a layout with every access checked.</summary>
/// <typeparam name="T">byte, ushort, Half or float.</typeparam>
public readonly ref struct PixelView<T>
    where T : unmanaged
{
    /// <summary>A view of memory.</summary>
    /// <exception cref="ArgumentException">The memory is shorter than the layout needs.</exception>
    /// <exception cref="NotSupportedException">The sample type is none of byte, ushort, Half and float.</exception>
    public PixelView(ReadOnlySpan<T> samples, PixelLayout layout)
    {
        _ = SampleType.DepthOf<T>();
        if (layout.Width == 0 || samples.Length < layout.RequiredLength)
            throw new ArgumentException($"The layout needs {layout.RequiredLength} samples; there are {samples.Length}.", nameof(samples));
        Samples = samples;
        Layout = layout;
    }

    /// <summary>The memory, with any padding.</summary>
    public ReadOnlySpan<T> Samples { get; }

    /// <summary>Where samples lie.</summary>
    public PixelLayout Layout { get; }

    /// <summary>Width in pixels.</summary>
    public int Width => Layout.Width;

    /// <summary>Height in pixels.</summary>
    public int Height => Layout.Height;

    /// <summary>Samples per pixel.</summary>
    public int Channels => Layout.Channels;

    /// <summary>One sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel or channel is outside the image.</exception>
    public T this[int x, int y, int channel] => Samples[Layout.IndexOf(x, y, channel)];

    /// <summary>The samples of one row of one channel, from its first to its last pixel, <see cref="PixelLayout.PixelStride"/> apart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row or channel is outside the image.</exception>
    public ReadOnlySpan<T> Row(int y, int channel = 0) =>
        Samples.Slice(Layout.IndexOf(0, y, channel), (Width - 1) * Layout.PixelStride + 1);

    /// <summary>All samples of one row of a packed interleaved image.</summary>
    /// <exception cref="InvalidOperationException">The layout is not packed interleaved.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the image.</exception>
    public ReadOnlySpan<T> PackedRow(int y) => Layout.IsPackedInterleaved
        ? Samples.Slice(Layout.IndexOf(0, y, 0), Width * Channels)
        : throw new InvalidOperationException("The channels of this image do not lie side by side.");
}
