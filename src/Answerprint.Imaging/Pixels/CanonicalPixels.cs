using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Answerprint.Imaging.Pixels;

/// <summary>
/// The SHA-256 of an image as values, whatever its layout in memory: the proof that two machines made the same pixels.
/// The canonical form is the ASCII bytes <c>APPX</c>, a version byte 1, the depth byte (<see cref="SampleDepth"/>), the channel count
/// as 16 bits, width and height as 32 bits each, then the samples row by row, pixel by pixel, channel by channel; all numbers
/// little-endian, floating-point samples as their bits (so that -0 and NaN payloads count).
/// </summary>
public static class CanonicalPixels
{
    /// <summary>Length of the header that precedes the samples, in bytes.</summary>
    public const int HeaderLength = 16;

    /// <summary>The digest, 32 bytes.</summary>
    /// <exception cref="NotSupportedException">The sample type is none of byte, ushort, Half and float.</exception>
    public static byte[] Hash<T>(PixelBuffer<T> image)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(image);
        return Hash(image.View);
    }

    /// <summary>The digest, 32 bytes.</summary>
    public static byte[] Hash<T>(PixelView<T> image)
        where T : unmanaged
    {
        PixelLayout layout = image.Layout;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> header = stackalloc byte[HeaderLength];
        "APPX"u8.CopyTo(header);
        header[4] = 1;
        header[5] = (byte)SampleType.DepthOf<T>();
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)layout.Channels);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], layout.Width);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], layout.Height);
        hash.AppendData(header);

        var row = layout.IsPackedInterleaved && BitConverter.IsLittleEndian ? [] : new T[layout.Width * layout.Channels];
        for (int y = 0; y < layout.Height; y++)
        {
            if (row.Length == 0)
            {
                hash.AppendData(MemoryMarshal.AsBytes(image.PackedRow(y)));
                continue;
            }
            Gather(image, y, row);
            Span<byte> bytes = MemoryMarshal.AsBytes(row.AsSpan());
            if (!BitConverter.IsLittleEndian)
                SwapBytes(bytes, bytes.Length / row.Length);
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }

    private static void Gather<T>(PixelView<T> image, int y, Span<T> row)
        where T : unmanaged
    {
        PixelLayout layout = image.Layout;
        for (int channel = 0; channel < layout.Channels; channel++)
        {
            ReadOnlySpan<T> samples = image.Row(y, channel);
            for (int x = 0, target = channel; x < layout.Width; x++, target += layout.Channels)
                row[target] = samples[x * layout.PixelStride];
        }
    }

    private static void SwapBytes(Span<byte> bytes, int size)
    {
        for (int i = 0; i < bytes.Length; i += size)
            bytes.Slice(i, size).Reverse();
    }
}
