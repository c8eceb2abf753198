using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Resampling;

/// <summary>Turns rows of stored samples into four floats a pixel (linear light, premultiplied by alpha) and back.</summary>
/// <remarks>One channel is grey, two grey and alpha, three RGB, four RGBA.</remarks>
internal readonly struct RowCodec<T>(PixelLayout layout, TransferCurve transfer)
    where T : unmanaged
{
    private readonly bool hasAlpha = layout.Channels is 2 or 4;
    private readonly int colours = layout.Channels is 2 or 4 ? layout.Channels - 1 : layout.Channels;

    internal void Decode(ReadOnlySpan<T> image, int x, int y, Span<float> pixels)
    {
        int start = layout.IndexOf(x, y, 0);
        for (int channel = 0; channel < layout.Channels; channel++)
        {
            bool alpha = hasAlpha && channel == layout.Channels - 1;
            DecodeChannel(image[(start + channel * layout.ChannelStride)..], pixels[(alpha ? 3 : channel)..], alpha);
        }
        if (!hasAlpha)
            return;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            for (int channel = 0; channel < colours; channel++)
                pixels[i + channel] *= pixels[i + 3];
        }
    }

    internal void Encode(Span<float> pixels, int y, Span<T> image)
    {
        if (hasAlpha)
            Unpremultiply(pixels);
        int start = layout.IndexOf(0, y, 0);
        for (int channel = 0; channel < layout.Channels; channel++)
        {
            bool alpha = hasAlpha && channel == layout.Channels - 1;
            EncodeChannel(pixels[(alpha ? 3 : channel)..], image[(start + channel * layout.ChannelStride)..], alpha);
        }
    }

    private void Unpremultiply(Span<float> pixels)
    {
        for (int i = 0; i < pixels.Length; i += 4)
        {
            float alpha = pixels[i + 3];
            for (int channel = 0; channel < colours; channel++)
                pixels[i + channel] = alpha > 0 ? pixels[i + channel] / alpha : 0;
        }
    }

    private void DecodeChannel(ReadOnlySpan<T> samples, Span<float> pixels, bool alpha)
    {
        bool curve = !alpha && transfer == TransferCurve.SRgb;
        int step = layout.PixelStride;
        if (typeof(T) == typeof(byte))
        {
            ReadOnlySpan<byte> codes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples);
            ReadOnlySpan<float> table = curve ? SRgb.LinearOf8Bit : LinearRamp.Of8Bit;
            for (int i = 0, j = 0; i < pixels.Length; i += 4, j += step)
                pixels[i] = table[codes[j]];
        }
        else if (typeof(T) == typeof(ushort))
        {
            ReadOnlySpan<ushort> codes = System.Runtime.InteropServices.MemoryMarshal.Cast<T, ushort>(samples);
            ReadOnlySpan<float> table = curve ? SRgb.LinearOf16Bit : LinearRamp.Of16Bit;
            for (int i = 0, j = 0; i < pixels.Length; i += 4, j += step)
                pixels[i] = table[codes[j]];
        }
        else
        {
            for (int i = 0, j = 0; i < pixels.Length; i += 4, j += step)
            {
                float value = typeof(T) == typeof(Half) ? (float)(Half)(object)samples[j] : (float)(object)samples[j];
                pixels[i] = curve ? (float)SRgb.Decode(Math.Clamp(value, 0, 1)) : value;
            }
        }
    }

    private void EncodeChannel(ReadOnlySpan<float> pixels, Span<T> samples, bool alpha)
    {
        bool curve = !alpha && transfer == TransferCurve.SRgb;
        int step = layout.PixelStride;
        if (typeof(T) == typeof(byte))
        {
            Span<byte> codes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples);
            SRgb.Encoder encoder = SRgb.Encoder8;
            for (int i = 0, j = 0; i < pixels.Length; i += 4, j += step)
                codes[j] = (byte)(curve ? encoder.Encode(pixels[i]) : LinearRamp.Encode(pixels[i], 255));
        }
        else if (typeof(T) == typeof(ushort))
        {
            Span<ushort> codes = System.Runtime.InteropServices.MemoryMarshal.Cast<T, ushort>(samples);
            SRgb.Encoder encoder = SRgb.Encoder16;
            for (int i = 0, j = 0; i < pixels.Length; i += 4, j += step)
                codes[j] = (ushort)(curve ? encoder.Encode(pixels[i]) : LinearRamp.Encode(pixels[i], 65535));
        }
        else
        {
            for (int i = 0, j = 0; i < pixels.Length; i += 4, j += step)
                samples[j] = typeof(T) == typeof(Half) ? (T)(object)(Half)pixels[i] : (T)(object)pixels[i];
        }
    }
}
