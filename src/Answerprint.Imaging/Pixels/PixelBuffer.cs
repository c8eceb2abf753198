namespace Answerprint.Imaging.Pixels;

/// <summary>An image in memory: samples and where they lie.</summary>
/// <typeparam name="T">byte, ushort, Half or float.</typeparam>
public sealed class PixelBuffer<T>
    where T : unmanaged
{
    /// <summary>A black image.</summary>
    /// <exception cref="NotSupportedException">The sample type is none of byte, ushort, Half and float.</exception>
    public PixelBuffer(PixelLayout layout)
        : this(new T[layout.RequiredLength], layout)
    {
    }

    /// <summary>An image over memory that the caller filled; it is not copied.</summary>
    /// <exception cref="ArgumentException">The memory is shorter than the layout needs.</exception>
    /// <exception cref="NotSupportedException">The sample type is none of byte, ushort, Half and float.</exception>
    public PixelBuffer(Memory<T> samples, PixelLayout layout)
    {
        Depth = SampleType.DepthOf<T>();
        if (layout.Width == 0 || samples.Length < layout.RequiredLength)
            throw new ArgumentException($"The layout needs {layout.RequiredLength} samples; there are {samples.Length}.", nameof(samples));
        Memory = samples;
        Layout = layout;
    }

    /// <summary>The samples, with any padding.</summary>
    public Memory<T> Memory { get; }

    /// <summary>Where samples lie.</summary>
    public PixelLayout Layout { get; }

    /// <summary>How a sample is stored.</summary>
    public SampleDepth Depth { get; }

    /// <summary>Width in pixels.</summary>
    public int Width => Layout.Width;

    /// <summary>Height in pixels.</summary>
    public int Height => Layout.Height;

    /// <summary>Samples per pixel.</summary>
    public int Channels => Layout.Channels;

    /// <summary>The image for reading.</summary>
    public PixelView<T> View => new(Memory.Span, Layout);

    /// <summary>One sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel or channel is outside the image.</exception>
    public ref T this[int x, int y, int channel] => ref Memory.Span[Layout.IndexOf(x, y, channel)];

    /// <summary>An image like this one, copied bit for bit from part of it, without padding.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or leaves the image.</exception>
    public PixelBuffer<T> Crop(PixelRect area)
    {
        if (!area.FitsIn(Width, Height))
            throw new ArgumentOutOfRangeException(nameof(area), area, $"Must lie inside {Width} x {Height}.");
        bool interleaved = Layout.ChannelStride == 1;
        var result = new PixelBuffer<T>(interleaved
            ? PixelLayout.Interleaved(area.Width, area.Height, Channels)
            : PixelLayout.Planar(area.Width, area.Height, Channels));
        ReadOnlySpan<T> from = Memory.Span;
        Span<T> to = result.Memory.Span;
        for (int y = 0; y < area.Height; y++)
        {
            if (Layout.IsPackedInterleaved)
            {
                from.Slice(Layout.IndexOf(area.X, area.Y + y, 0), area.Width * Channels).CopyTo(to[result.Layout.IndexOf(0, y, 0)..]);
                continue;
            }
            for (int channel = 0; channel < Channels; channel++)
            {
                int source = Layout.IndexOf(area.X, area.Y + y, channel), target = result.Layout.IndexOf(0, y, channel);
                for (int x = 0; x < area.Width; x++, source += Layout.PixelStride, target += result.Layout.PixelStride)
                    to[target] = from[source];
            }
        }
        return result;
    }
}
