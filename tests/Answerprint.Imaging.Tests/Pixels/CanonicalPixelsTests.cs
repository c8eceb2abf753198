using System.Security.Cryptography;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Pixels;

public sealed class CanonicalPixelsTests
{
    [Fact]
    public void Form_is_header_then_samples()
    {
        var image = new PixelBuffer<ushort>(new ushort[] { 0x0102, 0x0304, 0x0506, 0x0708, 0x090A, 0x0B0C }, PixelLayout.Interleaved(2, 1, 3));
        byte[] form = [.. "APPX"u8, 1, 2, 3, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11];
        Assert.Equal(SHA256.HashData(form), CanonicalPixels.Hash(image));
    }

    [Fact]
    public void Layout_in_memory_does_not_matter()
    {
        Check<byte>();
        Check<ushort>();
        Check<Half>();
        Check<float>();
    }

    private static void Check<T>()
        where T : unmanaged
    {
        var packed = Pictures.Noise<T>(PixelLayout.Interleaved(7, 5, 3), 1);
        var padded = new PixelBuffer<T>(PixelLayout.Interleaved(7, 5, 3, 29));
        var planar = new PixelBuffer<T>(PixelLayout.Planar(7, 5, 3, 11));
        for (int i = 0; i < 7 * 5 * 3; i++)
        {
            (int x, int y, int c) = (i / 3 % 7, i / 21, i % 3);
            padded[x, y, c] = planar[x, y, c] = packed[x, y, c];
        }
        byte[] expected = CanonicalPixels.Hash(packed);
        Assert.Equal(expected, CanonicalPixels.Hash(padded));
        Assert.Equal(expected, CanonicalPixels.Hash(planar));
    }

    [Fact]
    public void Size_depth_and_each_sample_matter()
    {
        var image = new PixelBuffer<byte>(PixelLayout.Interleaved(4, 3, 3));
        var hashes = new HashSet<string>
        {
            Hex(image),
            Hex(new PixelBuffer<byte>(PixelLayout.Interleaved(3, 4, 3))),
            Hex(new PixelBuffer<byte>(PixelLayout.Interleaved(9, 4, 1))),
            Hex(new PixelBuffer<ushort>(PixelLayout.Interleaved(4, 3, 3))),
            Hex(new PixelBuffer<Half>(PixelLayout.Interleaved(4, 3, 3))),
        };
        for (int i = 0; i < 36; i++)
        {
            image.Memory.Span[i] ^= 1;
            hashes.Add(Hex(image));
            image.Memory.Span[i] ^= 1;
        }
        Assert.Equal(41, hashes.Count);
    }

    private static string Hex<T>(PixelBuffer<T> image)
        where T : unmanaged => Convert.ToHexString(CanonicalPixels.Hash(image));
}
