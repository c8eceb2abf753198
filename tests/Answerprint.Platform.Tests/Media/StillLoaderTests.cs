using System.Buffers.Binary;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Vips;

namespace Answerprint.Platform.Tests.Media;

public sealed class StillLoaderTests
{
    private static readonly StillLoader Loader = new(new MediaOptions());

    [Fact]
    public void Empty_bytes_are_one_error() => AssertError(MediaErrorKind.Empty, Loader.Load([], "x.png"));

    [Fact]
    public async Task A_missing_file_is_one_error() => AssertError(MediaErrorKind.Missing, await Loader.LoadAsync("/nonexistent/x.png"));

    [Fact]
    public void Png_of_60000_by_60000_is_refused_by_its_header()
    {
        var png = SmallPng();
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        var error = AssertError(MediaErrorKind.LimitExceeded, Loader.Load(png, "bomb.png"));
        Assert.Equal(nameof(MediaLimits.MaxSide), error.Limit);
    }

    [Fact]
    public void Pixels_over_the_limit_are_refused_by_the_header()
    {
        var png = SmallPng();
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 30_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 30_000);
        Assert.Equal(nameof(MediaLimits.MaxPixels), AssertError(MediaErrorKind.LimitExceeded, Loader.Load(png, "bomb.png")).Limit);
    }

    [Fact]
    public void Gif_with_an_enormous_canvas_is_refused_by_its_header()
    {
        byte[] gif = [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x3B];
        AssertError(MediaErrorKind.LimitExceeded, Loader.Load(gif, "bomb.gif"));
    }

    [Fact]
    public void Svg_is_refused()
    {
        var error = AssertError(MediaErrorKind.Refused, Loader.Load("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8, "x.png"));
        Assert.Contains("SVG", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_jpeg_and_png_are_refused()
    {
        using var image = StillImageTests.Noise8(300, 200, 3);
        var jpeg = image.Encode(new StillEncoding.Jpeg());
        var png = image.Encode(new StillEncoding.Png());
        var webp = image.Encode(new StillEncoding.WebP());
        foreach (var (bytes, name) in new[] { (jpeg, "x.jpg"), (png, "x.png"), (webp, "x.webp") })
        {
            var error = Loader.Load(bytes.AsSpan(0, bytes.Length / 2), name).Error;
            Assert.NotNull(error);
            Assert.True(error.Kind is MediaErrorKind.Truncated or MediaErrorKind.Corrupt, error.ToString());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void Exif_orientation_is_applied(int orientation)
    {
        using var image = StillImageTests.Gradient(64, 32);
        var jpeg = WithOrientation(image.Encode(new StillEncoding.Jpeg(95, FullChroma: true)), orientation);
        using var loaded = Loader.Load(jpeg, "x.jpg").Require();
        Assert.Equal(orientation, loaded.Info.Orientation);
        var turned = orientation >= 5;
        Assert.Equal((turned ? 32 : 64, turned ? 64 : 32), (loaded.Image.Width, loaded.Image.Height));
        Assert.Equal((loaded.Info.Width, loaded.Info.Height), (loaded.Image.Width, loaded.Image.Height));
        // The dark corner of the gradient (no red, no green) is where the orientation puts the first stored pixel.
        var (x, y) = orientation switch { 1 => (0, 0), 3 => (63, 31), 6 => (31, 0), _ => (0, 63) };
        var pixel = loaded.Image.Pixels<byte>().Slice(((y * loaded.Image.Width) + x) * 3, 2);
        Assert.True(pixel[0] < 20 && pixel[1] < 20, $"{pixel[0]}, {pixel[1]}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cmyk_jpeg_becomes_srgb(bool withProfile)
    {
        var red = Enumerable.Range(0, 256).SelectMany(_ => new byte[] { 220, 30, 30 }).ToArray();
        using var image = StillImage.FromPixels<byte>(red, 16, 16, 3);
        using var ink = VipsPixels.Run("icc_transform", image.Handle, ("output_profile", "cmyk"), ("input_profile", "srgb"));
        using var save = new VipsOperation("jpegsave_buffer").Set("in", ink).Set("strip", !withProfile);
        using var loaded = Loader.Load(save.Bytes(), "ink.jpg").Require();
        Assert.Equal((true, 4, withProfile), (loaded.Info.IsCmyk, loaded.Info.Bands, loaded.Info.HasIccProfile));
        Assert.Equal((3, SampleFormat.UInt8), (loaded.Image.Bands, loaded.Image.Format));
        var pixel = loaded.Image.Pixels<byte>()[..3].ToArray();
        Assert.True(Math.Abs(pixel[0] - 220) < 25 && pixel[1] < 70 && pixel[2] < 70, string.Join(',', pixel));
    }

    [Fact]
    public void First_frame_of_an_animated_gif_is_read()
    {
        // Two frames of 1 x 1: first red, then blue.
        byte[] gif =
        [
            .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255,
            0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0,
            0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 0x01, 0,
            0x3B,
        ];
        using var loaded = Loader.Load(gif, "x.gif").Require();
        Assert.Equal(2, loaded.Info.Pages);
        Assert.Equal([255, 0, 0], loaded.Image.Pixels<byte>()[..3].ToArray());
    }

    [Fact]
    public void Content_decides_not_the_extension()
    {
        using var image = StillImageTests.Noise8(5, 4, 3);
        using var loaded = Loader.Load(image.Encode(new StillEncoding.Png()), "lies.jpg").Require();
        Assert.Equal("png", loaded.Info.Format);
        AssertError(MediaErrorKind.Unsupported, Loader.Load("just words"u8, "words.png"));
    }

    [Fact]
    public void Mutated_and_truncated_stills_never_throw()
    {
        using var image = StillImageTests.Noise8(90, 70, 3);
        byte[][] seeds =
        [
            image.Encode(new StillEncoding.Jpeg()), image.Encode(new StillEncoding.Jpeg(Progressive: true)),
            image.Encode(new StillEncoding.Png()), image.Encode(new StillEncoding.WebP()), image.Encode(new StillEncoding.WebP(Lossless: true)),
        ];
        var loader = new StillLoader(new MediaOptions { Limits = new MediaLimits { MaxPixels = 1 << 22 } });
        var (right, wrong) = (0, 0);
        for (var round = 0; round < 600; round++)
        {
            var bytes = Mutation.Of(seeds[round % seeds.Length], round);
            var result = loader.Load(bytes, "fuzz");
            if (result.Ok) right++;
            else wrong++;
            result.Value?.Dispose();
        }

        Assert.True(right > 0 && wrong > 100, $"{right} read, {wrong} refused");
    }

    [SharedDataFact]
    public async Task Every_shared_still_is_read()
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.Path("stills")))
        {
            using var loaded = (await Loader.LoadAsync(path)).Require();
            Assert.Equal(3, loaded.Image.Bands);
            Assert.True(loaded.Image.Width > 100 && loaded.Image.Height > 100);
        }
    }

    internal static MediaError AssertError<T>(MediaErrorKind kind, MediaResult<T> result)
        where T : notnull
    {
        Assert.False(result.Ok, "a value where an error was due");
        Assert.True(result.Error.Kind == kind, result.Error.ToString());
        return result.Error;
    }

    private static byte[] SmallPng()
    {
        using var image = StillImageTests.Noise8(4, 4, 3);
        return image.Encode(new StillEncoding.Png());
    }

    private static byte[] WithOrientation(byte[] jpeg, int orientation)
    {
        byte[] exif = [.. "Exif\0\0MM\0*\0\0\0\b"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg.AsSpan(2)];
    }
}
