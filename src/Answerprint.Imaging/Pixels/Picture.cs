using Answerprint.Imaging.Colour;

namespace Answerprint.Imaging.Pixels;

/// <summary>What is done to the samples of a picture whatever its depth; values are moved or averaged, never re-encoded.</summary>
public interface IPictureOperation
{
    /// <summary>The image after the operation.</summary>
    PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
        where T : unmanaged;
}

/// <summary>
/// An image at its own depth with what its channels mean: first the colour channels, then alpha if there is one, then whatever else a
/// frame for finals carries.
/// </summary>
public abstract class Picture
{
    private protected Picture(PixelLayout layout, SampleDepth depth, int colourChannels, bool hasAlpha)
    {
        if (colourChannels is not (1 or 3) || colourChannels + (hasAlpha ? 1 : 0) > layout.Channels)
            throw new ArgumentOutOfRangeException(nameof(colourChannels), colourChannels, $"Must be 1 or 3 and fit {layout.Channels} channels.");
        (Layout, Depth, ColourChannels, HasAlpha) = (layout, depth, colourChannels, hasAlpha);
    }

    /// <summary>Where samples lie.</summary>
    public PixelLayout Layout { get; }

    /// <summary>Width in pixels.</summary>
    public int Width => Layout.Width;

    /// <summary>Height in pixels.</summary>
    public int Height => Layout.Height;

    /// <summary>Samples per pixel.</summary>
    public int Channels => Layout.Channels;

    /// <summary>How a sample is stored.</summary>
    public SampleDepth Depth { get; }

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int ColourChannels { get; }

    /// <summary>Whether the channel after the colour is alpha, not premultiplied in integers.</summary>
    public bool HasAlpha { get; }

    /// <summary>Whether samples are scene-linear light (half and float) rather than encoded for display.</summary>
    public bool IsLinear => Depth is SampleDepth.Float16 or SampleDepth.Float32;

    /// <summary>The picture after an operation on its samples.</summary>
    public abstract Picture Apply(IPictureOperation operation);

    /// <summary>SHA-256 of the canonical pixels, see <see cref="CanonicalPixels"/>.</summary>
    public abstract byte[] Hash();

    /// <summary>
    /// Colour and alpha in 8 bits, packed interleaved, for searching: 16 bits are shortened to their high byte, linear light is encoded
    /// by <see cref="FeatureCurve"/>. The same bytes on every machine.
    /// </summary>
    public abstract PixelBuffer<byte> Features();

    /// <summary>A picture of samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The channels do not hold so many colours.</exception>
    public static Picture<T> Create<T>(PixelBuffer<T> pixels, int colourChannels, bool hasAlpha)
        where T : unmanaged => new(pixels, colourChannels, hasAlpha);

    /// <summary>Grey, grey and alpha, RGB, or RGB and alpha, by the number of channels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more than four channels.</exception>
    public static Picture<T> Create<T>(PixelBuffer<T> pixels)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixels.Channels, 4);
        return new(pixels, pixels.Channels < 3 ? 1 : 3, pixels.Channels is 2 or 4);
    }
}

/// <summary>A picture of one sample type.</summary>
/// <typeparam name="T">byte, ushort, Half or float.</typeparam>
public sealed class Picture<T> : Picture
    where T : unmanaged
{
    internal Picture(PixelBuffer<T> pixels, int colourChannels, bool hasAlpha)
        : base(pixels?.Layout ?? throw new ArgumentNullException(nameof(pixels)), pixels.Depth, colourChannels, hasAlpha)
    {
        Pixels = pixels;
    }

    /// <summary>The samples.</summary>
    public PixelBuffer<T> Pixels { get; }

    /// <inheritdoc/>
    public override Picture Apply(IPictureOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return new Picture<T>(operation.Apply(Pixels), ColourChannels, HasAlpha);
    }

    /// <inheritdoc/>
    public override byte[] Hash() => CanonicalPixels.Hash(Pixels);

    /// <inheritdoc/>
    public override PixelBuffer<byte> Features()
    {
        int channels = ColourChannels + (HasAlpha ? 1 : 0);
        var features = new PixelBuffer<byte>(PixelLayout.Interleaved(Width, Height, channels));
        Span<byte> to = features.Memory.Span;
        PixelView<T> view = Pixels.View;
        for (int y = 0; y < Height; y++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                ReadOnlySpan<T> row = view.Row(y, channel);
                for (int x = 0, at = y * Width * channels + channel; x < Width; x++, at += channels)
                    to[at] = FeatureCurve.Encode(row[x * Layout.PixelStride]);
            }
        }
        return features;
    }
}
