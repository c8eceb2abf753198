using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Media;

public sealed class PictureFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PictureReader reader = new(Footage.Options);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, ".png")]
    [InlineData(2, ".png")]
    [InlineData(3, ".tif")]
    [InlineData(4, ".png")]
    [InlineData(3, ".webp")]
    public async Task Eight_bits_come_back_whatever_the_channels(int channels, string extension) => await RoundTripAsync<byte>(channels, extension);

    [Theory]
    [InlineData(1, ".png")]
    [InlineData(3, ".tif")]
    [InlineData(4, ".png")]
    public async Task Sixteen_bits_come_back(int channels, string extension) => await RoundTripAsync<ushort>(channels, extension);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_half_comes_back_from_exr(int channels) => await RoundTripAsync<Half>(channels, ".exr");

    [Fact]
    public async Task A_plate_keeps_channels_windows_and_attributes_and_may_grow()
    {
        var window = new PixelBox(-4, 2, 16, 8);
        byte[] Plane(int seed)
        {
            var bytes = new byte[16 * 8 * 2];
            new Random(seed).NextBytes(bytes);
            return bytes;
        }
        PlatePlane[] planes = [new("A", PlateSample.Half, Plane(1)), new("B", PlateSample.Half, Plane(2)), new("G", PlateSample.Half, Plane(3)), new("R", PlateSample.Half, Plane(4)), new("matte.x", PlateSample.Half, Plane(5))];
        Assert.Null(PlateWriter.Write(new PlatePixels(window, new PixelBox(0, 0, 12, 12), planes, [new("comments", "string", "kept"u8.ToArray())]), folder["a.exr"]));
        var opened = (await reader.ReadAsync(folder["a.exr"])).Require();
        Assert.Equal((3, true, 5, SampleDepth.Float16), (opened.Picture.ColourChannels, opened.Picture.HasAlpha, opened.Picture.Channels, opened.Picture.Depth));
        Assert.Null(PictureWriter.Write(opened.Picture, folder["b.exr"], opened.Plate));
        var back = (await new PlateReader(Footage.Options).ReadAsync(folder["b.exr"])).Require();
        Assert.Equal((window, new PixelBox(0, 0, 12, 12)), (back.DataWindow, back.DisplayWindow));
        foreach (var plane in planes) Assert.Equal(plane.Bytes, back.Plane(plane.Name)!.Bytes);
        Assert.Contains(back.Attributes, attribute => attribute.Name == "comments");

        var larger = Picture.Create(new PixelBuffer<Half>(PixelLayout.Planar(20, 9, 5)), 3, hasAlpha: true);
        Assert.Null(PictureWriter.Write(larger, folder["c.exr"], opened.Plate, left: 3, top: 1));
        Assert.Equal(new PixelBox(-7, 1, 20, 9), (await new PlateReader(Footage.Options).ReadAsync(folder["c.exr"])).Require().DataWindow);
    }

    [Fact]
    public async Task Linear_light_is_encoded_for_png_and_integers_are_refused_as_exr()
    {
        var half = Picture.Create(new PixelBuffer<Half>(new Half[] { (Half)0, (Half)0.5, (Half)4, Half.NaN }, PixelLayout.Interleaved(4, 1, 1)));
        Assert.Null(PictureWriter.Write(half, folder["a.png"]));
        var back = Assert.IsType<Picture<ushort>>((await reader.ReadAsync(folder["a.png"])).Require().Picture);
        Assert.Equal([0, 48192, 65535, 0], back.Pixels.Memory.ToArray().Select(v => (int)v));
        var integers = Picture.Create(new PixelBuffer<byte>(PixelLayout.Interleaved(2, 2, 3)));
        Assert.Equal(MediaErrorKind.Unsupported, PictureWriter.Write(integers, folder["a.exr"])!.Kind);
        Assert.Equal(MediaErrorKind.Unsupported, PictureWriter.Write(integers, folder["a.bmp"])!.Kind);
    }

    private async Task RoundTripAsync<T>(int channels, string extension)
        where T : unmanaged
    {
        var pixels = new PixelBuffer<T>(PixelLayout.Interleaved(37, 23, channels));
        new Random(channels).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.Memory.Span));
        var picture = Picture.Create(pixels);
        Assert.Null(PictureWriter.Write(picture, folder["a" + extension]));
        var opened = (await reader.ReadAsync(folder["a" + extension])).Require();
        Assert.Equal((picture.Depth, picture.ColourChannels, picture.HasAlpha), (opened.Picture.Depth, opened.Picture.ColourChannels, opened.Picture.HasAlpha));
        Assert.Equal(picture.Hash(), opened.Picture.Hash());
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(folder["a" + extension])), opened.Sha256);
    }
}
