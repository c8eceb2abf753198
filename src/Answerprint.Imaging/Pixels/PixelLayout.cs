namespace Answerprint.Imaging.Pixels;

/// <summary>Where the samples of an image lie in memory; all strides are in samples, not bytes.</summary>
public readonly record struct PixelLayout
{
    /// <summary>Largest width or height.</summary>
    public const int MaxDimension = 1 << 17;

    /// <summary>Largest number of channels.</summary>
    public const int MaxChannels = 64;

    /// <summary>A layout with any strides.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size or stride is out of range, or samples would overlap or exceed 2^31 - 1.</exception>
    public PixelLayout(int width, int height, int channels, int pixelStride, int rowStride, int channelStride)
    {
        ThrowIfOutside(width, 1, MaxDimension, nameof(width));
        ThrowIfOutside(height, 1, MaxDimension, nameof(height));
        ThrowIfOutside(channels, 1, MaxChannels, nameof(channels));
        ThrowIfOutside(pixelStride, 1, int.MaxValue, nameof(pixelStride));
        long rowExtent = (width - 1L) * pixelStride + 1;
        bool interleaved = pixelStride >= channels && channelStride == 1;
        if (interleaved)
            rowExtent += channels - 1L;
        else if (channels > 1)
            ThrowIfOutside(channelStride, rowExtent, int.MaxValue, nameof(channelStride));
        ThrowIfOutside(rowStride, rowExtent, int.MaxValue, nameof(rowStride));
        long length = (height - 1L) * rowStride + (width - 1L) * pixelStride + (channels - 1L) * channelStride + 1;
        ThrowIfOutside(length, 1, Array.MaxLength, nameof(rowStride));
        // Planes either follow each other whole, or alternate row by row; anything between would overlap.
        bool planar = channelStride >= (height - 1L) * rowStride + rowExtent;
        bool linePlanar = rowStride >= (channels - 1L) * channelStride + rowExtent;
        if (!interleaved && channels > 1 && !planar && !linePlanar)
            throw new ArgumentOutOfRangeException(nameof(channelStride), channelStride, "Channels would overlap.");
        (Width, Height, Channels) = (width, height, channels);
        (PixelStride, RowStride, ChannelStride) = (pixelStride, rowStride, channelStride);
        RequiredLength = (int)length;
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Samples per pixel.</summary>
    public int Channels { get; }

    /// <summary>Samples from one pixel to the next in a row.</summary>
    public int PixelStride { get; }

    /// <summary>Samples from one row to the next.</summary>
    public int RowStride { get; }

    /// <summary>Samples from one channel of a pixel to the next.</summary>
    public int ChannelStride { get; }

    /// <summary>Samples that the memory must have at least.</summary>
    public int RequiredLength { get; }

    /// <summary>Whether all channels of a pixel lie side by side without gap between pixels.</summary>
    public bool IsPackedInterleaved => ChannelStride == 1 && PixelStride == Channels;

    /// <summary>Channels side by side, as FFmpeg's rgb24 and rgba are.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="channels">Samples per pixel.</param>
    /// <param name="rowStride">Samples per row; 0 for no padding.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or stride is out of range.</exception>
    public static PixelLayout Interleaved(int width, int height, int channels, int rowStride = 0)
    {
        ThrowIfOutside(width, 1, MaxDimension, nameof(width));
        ThrowIfOutside(channels, 1, MaxChannels, nameof(channels));
        return new(width, height, channels, channels, rowStride == 0 ? width * channels : rowStride, 1);
    }

    /// <summary>One plane after the other, as FFmpeg's gbrp and EXR channels are.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="channels">Number of planes.</param>
    /// <param name="rowStride">Samples per row of a plane; 0 for no padding.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or stride is out of range.</exception>
    public static PixelLayout Planar(int width, int height, int channels, int rowStride = 0)
    {
        ThrowIfOutside(width, 1, MaxDimension, nameof(width));
        ThrowIfOutside(height, 1, MaxDimension, nameof(height));
        int stride = rowStride == 0 ? width : rowStride;
        long plane = (long)stride * height;
        ThrowIfOutside(plane, 1, int.MaxValue, nameof(rowStride));
        return new(width, height, channels, 1, stride, channels == 1 ? 1 : (int)plane);
    }

    /// <summary>The index of a sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel or channel is outside the image.</exception>
    public int IndexOf(int x, int y, int channel)
    {
        ThrowIfOutside(x, 0, Width - 1L, nameof(x));
        ThrowIfOutside(y, 0, Height - 1L, nameof(y));
        ThrowIfOutside(channel, 0, Channels - 1L, nameof(channel));
        return y * RowStride + x * PixelStride + channel * ChannelStride;
    }

    private static void ThrowIfOutside(long value, long low, long high, string name)
    {
        if (value < low || value > high)
            throw new ArgumentOutOfRangeException(name, value, $"Must be {low} to {high}.");
    }
}
