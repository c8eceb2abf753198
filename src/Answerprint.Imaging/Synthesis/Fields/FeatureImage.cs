using System.Runtime.CompilerServices;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>An image of features: 8-bit channels in 16-byte groups a pixel, with a margin that repeats the edge.</summary>
public sealed unsafe class FeatureImage
{
    // Room behind the last pixel, so that a kernel may load 64 bytes from any pixel of a patch.
    private const int Slack = 64;

    private readonly byte[][] planes;
    private readonly nint[] origins;

    /// <summary>An image whose channels are all 0.</summary>
    /// <param name="width">Width in pixels, 1 or more.</param>
    /// <param name="height">Height in pixels, 1 or more.</param>
    /// <param name="layout">The channels.</param>
    /// <param name="margin">Pixels of margin on each side, at least half the patch for a target; sources need none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size or the margin is out of range.</exception>
    public FeatureImage(int width, int height, FeatureLayout layout, int margin = 0)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(margin, FieldLimits.MaxPatchSize);
        long pixels = (width + 2L * margin) * (height + 2L * margin);
        if (pixels > FieldLimits.MaxPixels)
            throw new ArgumentOutOfRangeException(nameof(width), $"{width} x {height} pixels are beyond the limit of {FieldLimits.MaxPixels}.");
        (Width, Height, Layout, Margin) = (width, height, layout, margin);
        planes = new byte[layout.Planes][];
        origins = new nint[layout.Planes];
        for (int i = 0; i < planes.Length; i++)
        {
            planes[i] = GC.AllocateArray<byte>((int)pixels * FeatureLayout.PlaneBytes + Slack + 64, pinned: true);
            nint start = (nint)Unsafe.AsPointer(ref planes[i][0]);
            start = (start + 63) & ~(nint)63;
            origins[i] = start + (margin * Stride + margin) * (nint)FeatureLayout.PlaneBytes;
        }
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The channels.</summary>
    public FeatureLayout Layout { get; }

    /// <summary>Pixels of margin on each side.</summary>
    public int Margin { get; }

    /// <summary>Pixels from one row to the next.</summary>
    internal int Stride => Width + 2 * Margin;

    /// <summary>One channel of one pixel; a channel of weight 0 is always 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel or channel is outside the image.</exception>
    public byte this[int x, int y, int channel]
    {
        get
        {
            CheckPixel(x, y, channel);
            int slot = Layout.SlotOf(channel);
            return slot < 0 ? (byte)0 : At(slot >> 4, x, y)[slot & 15];
        }
    }

    /// <summary>Sets one channel of every pixel.</summary>
    /// <param name="channel">Which one.</param>
    /// <param name="values">One value a pixel, row by row.</param>
    /// <exception cref="ArgumentException">There are not as many values as pixels.</exception>
    public void SetChannel(int channel, ReadOnlySpan<byte> values)
    {
        CheckPixel(0, 0, channel);
        if (values.Length != (long)Width * Height)
            throw new ArgumentException($"{values.Length} values do not fill {Width} x {Height} pixels.", nameof(values));
        Write(channel, values, 1);
    }

    /// <summary>Sets neighbouring channels of every pixel from an image.</summary>
    /// <param name="firstChannel">The channel that takes the image's first.</param>
    /// <param name="image">An 8-bit image of the same size.</param>
    /// <exception cref="ArgumentException">The size differs or the image has too many channels.</exception>
    public void SetChannels(int firstChannel, PixelView<byte> image)
    {
        CheckPixel(0, 0, firstChannel);
        if (image.Width != Width || image.Height != Height || image.Layout.Channels > Layout.Channels - firstChannel)
            throw new ArgumentException($"An image of {image.Width} x {image.Height} x {image.Layout.Channels} does not fit {Width} x {Height} x {Layout.Channels} from channel {firstChannel}.", nameof(image));
        for (int c = 0; c < image.Layout.Channels; c++)
        {
            int slot = Layout.SlotOf(firstChannel + c);
            for (int y = 0; slot >= 0 && y < Height; y++)
            {
                ReadOnlySpan<byte> row = image.Row(y, c);
                byte* to = At(slot >> 4, 0, y) + (slot & 15);
                for (int x = 0, i = 0; x < Width; x++, i += image.Layout.PixelStride, to += FeatureLayout.PlaneBytes)
                    *to = row[i];
            }
        }
        RepeatEdges();
    }

    /// <summary>The first byte of a pixel's group in a plane; margins are reached by negative coordinates.</summary>
    internal byte* At(int plane, int x, int y) => (byte*)origins[plane] + (y * (nint)Stride + x) * FeatureLayout.PlaneBytes;

    /// <summary>Copies the edges into the margin again after pixels were written.</summary>
    internal void RepeatEdges()
    {
        if (Margin == 0)
            return;
        for (int plane = 0; plane < planes.Length; plane++)
        {
            for (int y = 0; y < Height; y++)
            {
                FillPixels(At(plane, -Margin, y), At(plane, 0, y), Margin);
                FillPixels(At(plane, Width, y), At(plane, Width - 1, y), Margin);
            }
            nuint row = (nuint)Stride * FeatureLayout.PlaneBytes;
            for (int y = 1; y <= Margin; y++)
            {
                Unsafe.CopyBlock(At(plane, -Margin, -y), At(plane, -Margin, 0), (uint)row);
                Unsafe.CopyBlock(At(plane, -Margin, Height - 1 + y), At(plane, -Margin, Height - 1), (uint)row);
            }
        }
    }

    /// <summary>The same features with a margin at least this wide.</summary>
    internal FeatureImage WithMargin(int margin)
    {
        if (Margin >= margin)
            return this;
        var copy = new FeatureImage(Width, Height, Layout, margin);
        for (int plane = 0; plane < planes.Length; plane++)
            for (int y = 0; y < Height; y++)
                Unsafe.CopyBlock(copy.At(plane, 0, y), At(plane, 0, y), (uint)Width * FeatureLayout.PlaneBytes);
        copy.RepeatEdges();
        return copy;
    }

    private static void FillPixels(byte* to, byte* pixel, int count)
    {
        for (int i = 0; i < count; i++)
            Unsafe.CopyBlock(to + i * FeatureLayout.PlaneBytes, pixel, FeatureLayout.PlaneBytes);
    }

    private void Write(int channel, ReadOnlySpan<byte> values, int step)
    {
        int slot = Layout.SlotOf(channel);
        if (slot < 0)
            return;
        for (int y = 0, i = 0; y < Height; y++)
        {
            byte* to = At(slot >> 4, 0, y) + (slot & 15);
            for (int x = 0; x < Width; x++, i += step, to += FeatureLayout.PlaneBytes)
                *to = values[i];
        }
        RepeatEdges();
    }

    private void CheckPixel(int x, int y, int channel)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height || (uint)channel >= (uint)Layout.Channels)
            throw new ArgumentOutOfRangeException(nameof(channel), $"({x}, {y}, {channel}) is outside {Width} x {Height} x {Layout.Channels}.");
    }
}
