using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Media;

public sealed class PlateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PlateReader reader = new(Footage.Options);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("none")]
    [InlineData("rle")]
    [InlineData("zips")]
    [InlineData("zip")]
    [InlineData("piz")]
    public async Task Every_half_comes_back_to_the_bit_through_every_lossless_compression(string compression)
    {
        // All 65,536 patterns: negative, infinite, NaN of every payload, denormal.
        var path = folder["all.exr"];
        Assert.Null(PlateWriter.Write(AllHalves(), path));
        await Footage.OiioAsync(folder["c.exr"], path, "--compression", compression);
        var info = (await reader.InfoAsync(folder["c.exr"])).Require();
        Assert.Equal(compression, info.Parts[0].Compression);
        var back = (await reader.ReadAsync(folder["c.exr"])).Require();
        foreach (var channel in new[] { "R", "G", "B" }) Assert.Equal(AllHalves().Plane(channel)!.Bytes, back.Plane(channel)!.Bytes);
    }

    [Fact]
    public async Task A_crop_is_bit_equal_and_keeps_names_windows_and_attributes()
    {
        PlateMetadata[] attributes =
        [
            new("chromaticities", "chromaticities", Floats(0.713f, 0.293f, 0.165f, 0.83f, 0.128f, 0.044f, 0.32168f, 0.33767f)),
            new("comments", "string", "shot by us"u8.ToArray()),
            new("timeCode", "timecode", [4, 3, 2, 1, 0, 0, 0, 0]),
        ];
        var source = AllHalves() with { DataWindow = new PixelBox(-16, -8, 256, 256), DisplayWindow = new PixelBox(0, 0, 200, 200), Attributes = attributes };
        Assert.Null(PlateWriter.Write(source, folder["a.exr"]));
        await Footage.OiioAsync(folder["piz.exr"], folder["a.exr"], "--compression", "piz");
        var box = new PixelBox(-3, -5, 90, 77);
        Assert.Equal(box, (await reader.CropAsync(folder["piz.exr"], box, folder["crop.exr"])).Require());
        var cut = (await reader.ReadAsync(folder["crop.exr"])).Require();
        var expected = source.Crop(box);
        Assert.Equal((box, source.DisplayWindow), (cut.DataWindow, cut.DisplayWindow));
        foreach (var plane in expected.Planes) Assert.Equal(plane.Bytes, cut.Plane(plane.Name)!.Bytes);
        foreach (var attribute in attributes)
            Assert.Equal(attribute.Value, cut.Attributes.Single(a => a.Name == attribute.Name).Value);
        Assert.Equal(("ACEScg", true), Colour((await reader.InfoAsync(folder["crop.exr"])).Require()));
        await reader.CropAsync(folder["piz.exr"], box, folder["again.exr"]);
        Assert.Equal(await File.ReadAllBytesAsync(folder["crop.exr"]), await File.ReadAllBytesAsync(folder["again.exr"]));
    }

    [Fact]
    public async Task Our_writer_is_read_the_same_by_openimageio()
    {
        var random = new Random(4);
        var pixels = new Half[123 * 45];
        foreach (ref var pixel in pixels.AsSpan()) pixel = (Half)(random.NextDouble() * 10);
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray();
        var box = new PixelBox(0, 0, 123, 45);
        Assert.Null(PlateWriter.Write(new PlatePixels(box, box, [new("Y", PlateSample.Half, bytes)], []), folder["a.exr"]));
        // A reading that goes through OpenImageIO's own decoder of our ZIP blocks.
        var back = (await reader.ReadAsync(folder["a.exr"])).Require();
        Assert.Equal(bytes, back.Planes.Single().Bytes);
    }

    [Fact]
    public async Task Mixed_sample_types_each_stay_what_they_are()
    {
        var depth = new byte[65536 * 4];
        new Random(9).NextBytes(depth);
        var source = AllHalves();
        source = source with { Planes = [.. source.Planes, new PlatePlane("Z", PlateSample.Float, depth), new PlatePlane("id.object", PlateSample.Float, depth)] };
        Assert.Null(PlateWriter.Write(source, folder["a.exr"]));
        var info = (await reader.InfoAsync(folder["a.exr"])).Require();
        Assert.True(info.IsMultiLayer);
        Assert.Equal(["", "id"], info.Parts[0].Layers);
        var back = (await reader.ReadAsync(folder["a.exr"], region: new PixelBox(10, 20, 50, 60))).Require();
        var expected = source.Crop(new PixelBox(10, 20, 50, 60));
        foreach (var plane in expected.Planes) Assert.Equal(plane.Bytes, back.Plane(plane.Name)!.Bytes);
        Assert.Equal((PlateSample.Float, PlateSample.Float), (back.Plane("Z")!.Sample, back.Plane("id.object")!.Sample));
    }

    [Fact]
    public async Task Whole_numbers_are_read_exactly_or_not_at_all()
    {
        var ids = new byte[16 * 16 * 4];
        new Random(3).NextBytes(ids);
        var box = new PixelBox(0, 0, 16, 16);
        var alone = new PlatePixels(box, box, [new("id", PlateSample.UInt32, ids)], []);
        Assert.Null(PlateWriter.Write(alone, folder["ids.exr"]));
        Assert.Equal(ids, (await reader.ReadAsync(folder["ids.exr"])).Require().Planes.Single().Bytes);
        Assert.Null(PlateWriter.Write(alone with { Planes = [.. alone.Planes, new("Z", PlateSample.Float, ids)] }, folder["mixed.exr"]));
        Assert.Contains("integer", StillLoaderTests.AssertError(MediaErrorKind.Unsupported, await reader.ReadAsync(folder["mixed.exr"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_tiles_and_depth_are_described()
    {
        await Footage.OiioAsync(folder["rgb.exr"], "--pattern", "noise", "64x64", "3", "-d", "half");
        await Footage.OiioAsync(folder["z.exr"], "--pattern", "noise", "64x64", "1", "--chnames", "Z", "-d", "float");
        await Footage.OiioAsync(folder["multi.exr"], folder["rgb.exr"], folder["z.exr"], "--siappend");
        var multi = (await reader.InfoAsync(folder["multi.exr"])).Require();
        Assert.Equal((true, 2, PlateSample.Float), (multi.IsMultiPart, multi.Parts.Count, multi.Parts[1].Channels.Single().Sample));
        var second = (await reader.ReadAsync(folder["multi.exr"], part: 1)).Require();
        var alone = (await reader.ReadAsync(folder["z.exr"])).Require();
        Assert.Equal(alone.Planes.Single().Bytes, second.Planes.Single().Bytes);
        await Footage.OiioAsync(folder["tiles.exr"], folder["rgb.exr"], "--tile", "32", "32");
        var tiled = (await reader.InfoAsync(folder["tiles.exr"])).Require();
        Assert.True(tiled.Parts[0].IsTiled);
        Assert.Equal((await reader.ReadAsync(folder["rgb.exr"])).Require().Planes[0].Bytes, (await reader.ReadAsync(folder["tiles.exr"])).Require().Planes[0].Bytes);
        // Only the header is looked at, so a flag makes a part deep (no tool here writes deep files).
        var deep = await File.ReadAllBytesAsync(folder["rgb.exr"]);
        deep[5] |= 0x08;
        await File.WriteAllBytesAsync(folder["deep.exr"], deep);
        Assert.True((await reader.InfoAsync(folder["deep.exr"])).Require().Parts[0].IsDeep);
        StillLoaderTests.AssertError(MediaErrorKind.Unsupported, await reader.ReadAsync(folder["deep.exr"]));
    }

    [Fact]
    public async Task Ten_bit_dpx_is_described_read_and_cut_without_loss()
    {
        await Footage.OiioAsync(folder["a.dpx"], "--pattern", "noise:type=uniform", "64x48", "3", "--attrib", "dpx:Transfer", "Printing density", "-d", "uint10");
        var info = Assert.IsType<PlateInfo>((await new MediaProbe(Footage.Options).ProbeAsync(folder["a.dpx"])).Require());
        Assert.Equal(("dpx", PlateSample.UInt10, "Cineon Log", true), (info.Format, info.Parts[0].Channels[0].Sample, info.Parts[0].ColourSpace, info.Parts[0].IsColourSpaceStated));
        var box = new PixelBox(8, 4, 20, 10);
        (await reader.CropAsync(folder["a.dpx"], box, folder["cut.dpx"])).Require();
        var expected = (await reader.ReadAsync(folder["a.dpx"])).Require().Crop(box);
        var cut = (await reader.ReadAsync(folder["cut.dpx"])).Require();
        Assert.Equal(PlateSample.UInt10, (await reader.InfoAsync(folder["cut.dpx"])).Require().Parts[0].Channels[0].Sample);
        for (var c = 0; c < 3; c++) Assert.Equal(expected.Planes[c].Bytes, cut.Planes[c].Bytes);
        Assert.Contains(cut.Planes[0].Floats.ToArray(), v => v is > 0.2f and < 0.8f);
    }

    [Fact]
    public async Task The_aces_view_puts_middle_grey_where_it_belongs_and_rolls_off_highlights()
    {
        async Task<byte> Shown(string colour, string? space = "ACEScg", double exposure = 0)
        {
            await Footage.OiioAsync(folder["g.exr"], "--pattern", $"constant:color={colour}", "16x16", "3", "-d", "half");
            using var preview = (await reader.PreviewAsync(folder["g.exr"], colourSpace: space, exposure: exposure)).Require();
            Assert.Equal((16, 16, 3, SampleFormat.UInt8), (preview.Image.Width, preview.Image.Height, preview.Image.Bands, preview.Image.Format));
            return preview.Image.Pixels<byte>()[(8 * 16 * 3) + 25];
        }

        // The output transform maps 0.18 to a tenth of peak white: sRGB code 89 to 91.
        Assert.InRange(await Shown("0.18,0.18,0.18"), 88, 92);
        Assert.InRange(await Shown("0.18,0.18,0.18", "Linear Rec.709 (sRGB)"), 88, 92);
        Assert.InRange(await Shown("0.09,0.09,0.09", exposure: 1), 88, 92);
        var (one, four, sixteen) = (await Shown("1,1,1"), await Shown("4,4,4"), await Shown("16,16,16"));
        Assert.True(one > 190 && one < four && four < sixteen && sixteen >= 253, $"{one}, {four}, {sixteen}");
        Assert.Equal(0, await Shown("-1,-1,-1"));
        // Middle grey of LogC3 is code 0.391, of Cineon about 0.46.
        Assert.InRange(await Shown("0.391,0.391,0.391", "ARRI LogC3 (EI800)"), 86, 94);
        Assert.InRange(await Shown("0.4594,0.4594,0.4594", "Cineon Log"), 86, 94);
        StillLoaderTests.AssertError(MediaErrorKind.OutOfRange, await reader.PreviewAsync(folder["g.exr"], colourSpace: "no such space"));
    }

    [Fact]
    public async Task A_preview_survives_infinities_and_shows_the_display_window()
    {
        var source = AllHalves() with { DataWindow = new PixelBox(-16, -8, 256, 256), DisplayWindow = new PixelBox(0, 0, 320, 180) };
        Assert.Null(PlateWriter.Write(source, folder["a.exr"]));
        using var preview = (await reader.PreviewAsync(folder["a.exr"], maxSide: 160)).Require();
        Assert.Equal((160, 90), (preview.Image.Width, preview.Image.Height));
        Assert.True(preview.Image.Pixels<byte>().ToArray().Max() > 50);
    }

    [Fact]
    public async Task Names_that_openimageio_would_expand_are_plain_names()
    {
        await Footage.OiioAsync(folder["a.exr"], "--pattern", "noise", "8x8", "3", "-d", "half");
        foreach (var odd in new[] { "shot.####.exr", "shot.%04d.exr", "{TOP.width}.exr", "no-extension", "video.mov", "-o" })
        {
            File.Copy(folder["a.exr"], folder[odd]);
            Assert.Equal(3, (await reader.ReadAsync(folder[odd])).Require().Planes.Count);
        }
    }

    [Fact]
    public async Task Requests_outside_are_one_error()
    {
        await Footage.OiioAsync(folder["a.exr"], "--pattern", "noise", "8x8", "3", "-d", "half");
        StillLoaderTests.AssertError(MediaErrorKind.OutOfRange, await reader.ReadAsync(folder["a.exr"], part: 1));
        StillLoaderTests.AssertError(MediaErrorKind.OutOfRange, await reader.ReadAsync(folder["a.exr"], region: new PixelBox(4, 4, 8, 8)));
        StillLoaderTests.AssertError(MediaErrorKind.Missing, await reader.ReadAsync(folder["none.exr"]));
        var error = StillLoaderTests.AssertError(MediaErrorKind.ProgramMissing, await new PlateReader(new MediaOptions { Oiiotool = "no-oiiotool" }).ReadAsync(folder["a.exr"]));
        Assert.Contains("openimageio-tools", error.Message, StringComparison.Ordinal);
        var limits = new MediaLimits { MaxPixels = 10 };
        Assert.Equal(nameof(MediaLimits.MaxPixels), StillLoaderTests.AssertError(MediaErrorKind.LimitExceeded, await new PlateReader(new MediaOptions { Limits = limits }).ReadAsync(folder["a.exr"])).Limit);
    }

    [Fact]
    public async Task Truncated_exr_is_found_without_decoding()
    {
        await Footage.OiioAsync(folder["a.exr"], "--pattern", "noise", "300x200", "3", "-d", "half");
        var bytes = await File.ReadAllBytesAsync(folder["a.exr"]);
        foreach (var length in new[] { 20, 200, bytes.Length / 2, bytes.Length - 1 })
        {
            await File.WriteAllBytesAsync(folder["cut.exr"], bytes[..length]);
            StillLoaderTests.AssertError(MediaErrorKind.Truncated, await reader.InfoAsync(folder["cut.exr"]));
        }
    }

    [Fact]
    public async Task Other_still_formats_are_read_in_a_child()
    {
        using var image = StillImageTests.Noise8(40, 30, 3);
        await File.WriteAllBytesAsync(folder["a.png"], image.Encode(new StillEncoding.Png()));
        var loader = new StillLoader(Footage.Options);
        foreach (var extension in new[] { "tif", "bmp", "ppm", "sgi" })
        {
            await Footage.OiioAsync(folder[$"a.{extension}"], folder["a.png"], "--eraseattrib", "ICCProfile");
            using var loaded = (await loader.LoadAsync(folder[$"a.{extension}"], new StillLoadOptions { ApplyProfile = false })).Require();
            Assert.Equal((40, 30, 3, 8), (loaded.Image.Width, loaded.Image.Height, loaded.Image.Bands, loaded.Info.BitDepth));
            Assert.Equal(0, StillImageTests.LargestDifference(image, loaded.Image));
            Assert.IsType<StillInfo>((await new MediaProbe(Footage.Options).ProbeAsync(folder[$"a.{extension}"])).Require());
        }

        await Footage.OiioAsync(folder["deep.tif"], "--pattern", "constant:color=0.25,0.5,1", "9x7", "3", "-d", "uint16");
        using var deep = (await loader.LoadAsync(folder["deep.tif"], new StillLoadOptions { ApplyProfile = false })).Require();
        Assert.Equal([16384, 32768, 65535], deep.Image.Pixels<ushort>()[..3].ToArray().Select(v => (int)v));
        await Footage.OiioAsync(folder["f.hdr"], "--pattern", "constant:color=2,0.5,0.25", "9x7", "3");
        using var radiance = (await loader.LoadAsync(folder["f.hdr"])).Require();
        Assert.Equal([2f, 0.5f, 0.25f], radiance.Image.Pixels<float>()[..3].ToArray());
    }

    [Fact]
    public async Task A_name_that_is_no_text_keeps_no_file_from_being_read()
    {
        using var image = StillImageTests.Noise8(8, 6, 3);
        await File.WriteAllBytesAsync(folder["a.png"], image.Encode(new StillEncoding.Png()));
        await Footage.OiioAsync(folder["a.sgi"], folder["a.png"], "--eraseattrib", "ICCProfile");
        var bytes = await File.ReadAllBytesAsync(folder["a.sgi"]);
        // SGI: the image's name, 80 bytes from 24 on.
        byte[] name = [0x90, 0x08, 0x0B, 0x0C, 0x1F, 0xFE, 0x3C, 0x26, 0];
        name.CopyTo(bytes, 24);
        await File.WriteAllBytesAsync(folder["a.sgi"], bytes);
        using var loaded = (await new StillLoader(Footage.Options).LoadAsync(folder["a.sgi"], new StillLoadOptions { ApplyProfile = false })).Require();
        Assert.Equal(0, StillImageTests.LargestDifference(image, loaded.Image));
    }

    [Fact]
    public async Task Sequences_are_found_with_their_gaps()
    {
        await Footage.OiioAsync(folder["a.exr"], "--pattern", "noise", "8x8", "3", "-d", "half");
        Directory.CreateDirectory(folder["shot"]);
        foreach (var number in new[] { 1001, 1002, 1005, 1006 }) File.Copy(folder["a.exr"], Path.Combine(folder["shot"], $"sh010_v2.{number}.exr"));
        var probe = new ImageSequenceProbe(Footage.Options);
        var sequence = (await probe.ProbeFolderAsync(folder["shot"])).Require();
        Assert.Equal(("sh010_v2.%04d.exr", 1001L, 1006L, 2L, false), (sequence.Pattern, sequence.First, sequence.Last, sequence.MissingCount, sequence.IsComplete));
        Assert.Equal([1003, 1004], sequence.Missing);
        Assert.Equal("openexr", sequence.Format);
        await File.WriteAllTextAsync(Path.Combine(folder["shot"], "notes.txt"), "hello");
        StillLoaderTests.AssertError(MediaErrorKind.Unsupported, await probe.ProbeFolderAsync(folder["shot"]));
        StillLoaderTests.AssertError(MediaErrorKind.Missing, await probe.ProbeFolderAsync(folder["nothing"]));
    }

    private static (string, bool) Colour(PlateInfo info) => (info.Parts[0].ColourSpace, info.Parts[0].IsColourSpaceStated);

    private static byte[] Floats(params float[] values) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static PlatePixels AllHalves()
    {
        byte[] Plane(int shift)
        {
            var bits = new ushort[65536];
            for (var i = 0; i < bits.Length; i++) bits[i] = (ushort)(i + shift);
            return System.Runtime.InteropServices.MemoryMarshal.AsBytes(bits.AsSpan()).ToArray();
        }

        var box = new PixelBox(0, 0, 256, 256);
        return new PlatePixels(box, box, [new("R", PlateSample.Half, Plane(0)), new("G", PlateSample.Half, Plane(7)), new("B", PlateSample.Half, Plane(30000))], []);
    }
}
