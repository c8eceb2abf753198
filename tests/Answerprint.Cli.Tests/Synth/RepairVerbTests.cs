using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Cli.Tests.Synth;

public sealed class RepairVerbTests : IDisposable
{
    private static readonly (string Name, string Value)[][] Machines =
    [
        [],
        [("DOTNET_EnableHWIntrinsic", "0")],
        [("DOTNET_EnableAVX2", "0"), ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA")],
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("answerprint-synth-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Processes_threads_and_vector_units_make_the_same_pixels()
    {
        var (picture, mask) = (Save("a.png", Texture<byte>(160, 120, 3)), SaveMask("m.png", 160, 120, new PixelRect(50, 40, 45, 30)));
        var hashes = new HashSet<string>();
        foreach (var threads in new[] { "1", "2" })
            foreach (var machine in Machines)
            {
                var run = await CommandLine.RunAsync(machine, ["synth", "fill", picture, "--mask", mask, "--output", In("o.png"), "--threads", threads]);
                Assert.Equal(0, run.Code);
                hashes.Add((string)run.Json!["pixelSha256"]!);
            }
        Assert.Single(hashes);
    }

    [Theory]
    [InlineData(".jpg", true, "transparency")]
    [InlineData(".jpg", false, "8 bits")]
    [InlineData(".webp", false, "8 bits")]
    [InlineData(".exr", false, "linear light")]
    public async Task A_file_that_cannot_hold_the_picture_is_refused_rather_than_losing_some_of_it(string extension, bool transparent, string said)
    {
        var picture = transparent ? Save("a.png", Texture<byte>(40, 30, 4)) : Save("a.png", Texture<ushort>(40, 30, 3));
        var run = await CommandLine.RunAsync("synth", "extend", picture, "--left", "4", "--output", In("o" + extension));
        Assert.Equal(1, run.Code);
        Assert.Contains(said, (string)run.Json!["error"]!, StringComparison.Ordinal);
        Assert.False(File.Exists(In("o" + extension)));
    }

    [Fact]
    public async Task Tiny_pictures_are_extended_reshaped_and_varied_and_errors_name_no_parameter_of_the_program()
    {
        var tiny = Save("t.png", Texture<byte>(1, 1, 3));
        Assert.Equal(0, (await CommandLine.RunAsync("synth", "extend", tiny, "--left", "4", "--output", In("e.png"))).Code);
        Assert.Equal(0, (await CommandLine.RunAsync("synth", "retarget", tiny, "--size", "9x7", "--output", In("r.png"))).Code);
        Assert.Equal(0, (await CommandLine.RunAsync("synth", "vary", "--reference", tiny, "--size", "16x16", "--out-dir", folder.FullName)).Code);
        var guided = await CommandLine.RunAsync("synth", "guided", "-style", tiny, "-guide", tiny, tiny, "-output", In("g.png"));
        Assert.Equal(1, guided.Code);
        Assert.Contains("1 x 1", (string)guided.Json!["error"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", (string)guided.Json!["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_mask_gives_the_picture_itself()
    {
        var picture = Texture<ushort>(70, 50, 4);
        var run = await CommandLine.RunAsync("synth", "fill", Save("a.png", picture), "--mask", SaveMask("m.png", 70, 50, default), "--output", In("o.png"));
        Assert.Equal(0, run.Code);
        Assert.Equal(picture.Hash(), (await ReadAsync("o.png")).Hash());
        Assert.Null(run.Json!["longestCopy"]);
    }

    [Fact]
    public async Task Wrong_masks_and_files_are_one_clear_error_each()
    {
        var picture = Save("a.png", Texture<byte>(64, 48, 3));
        var other = await CommandLine.RunAsync("synth", "fill", picture, "--mask", SaveMask("m.png", 60, 40, default), "--output", In("o.png"));
        Assert.Equal(1, other.Code);
        Assert.Contains("60 x 40", (string)other.Json!["error"]!, StringComparison.Ordinal);
        Assert.Contains("64 x 48", (string)other.Json!["error"]!, StringComparison.Ordinal);
        var full = await CommandLine.RunAsync("synth", "fill", picture, "--mask", SaveMask("f.png", 64, 48, new PixelRect(0, 0, 64, 48)), "--output", In("o.png"));
        Assert.Equal((1, true), (full.Code, ((string)full.Json!["error"]!).Contains("nothing is left", StringComparison.Ordinal)));
        Assert.Equal(4, (await CommandLine.RunAsync("synth", "fill", In("none.png"), "--mask", picture, "--output", In("o.png"))).Code);
        Assert.Equal(2, (await CommandLine.RunAsync("synth", "fill", picture, "--mask", picture, "--output", In("o.png"), "--threads", "999")).Code);
        Assert.Equal(2, (await CommandLine.RunAsync("synth", "retarget", picture, "--output", In("o.png"))).Code);
        Assert.False(File.Exists(In("o.png")));
    }

    [Theory]
    [InlineData(1, ".png")]
    [InlineData(2, ".png")]
    [InlineData(4, ".tif")]
    public async Task Sixteen_bits_keep_every_value_that_the_mask_leaves(int channels, string extension) =>
        await KeepsAllElse(Texture<ushort>(60, 50, channels), extension);

    [Fact]
    public async Task A_half_float_plate_keeps_every_bit_that_the_mask_leaves()
    {
        var plate = Texture<Half>(60, 50, 4);
        (plate.Pixels[3, 3, 0], plate.Pixels[4, 3, 1], plate.Pixels[5, 3, 2]) = (Half.NaN, Half.PositiveInfinity, (Half)900);
        await KeepsAllElse(plate, ".exr");
    }

    [Fact]
    public async Task Field_and_attribution_say_the_same()
    {
        var run = await CommandLine.RunAsync("synth", "fill", Save("a.png", Texture<byte>(80, 60, 3)), "--mask", SaveMask("m.png", 80, 60, new PixelRect(20, 20, 30, 15)),
            "--output", In("o.png"), "--copy", "--nnf", In("o.nnf"), "--attribution", In("o.apam"));
        Assert.Equal(0, run.Code);
        var nnf = await File.ReadAllBytesAsync(In("o.nnf"));
        Assert.Equal(8 + (80 * 60 * 8), nnf.Length);
        var map = AttributionFile.Read(await File.ReadAllBytesAsync(In("o.apam")));
        for (var i = 0; i < 80 * 60; i++)
        {
            var one = Assert.Single(map.At(i % 80, i / 80));
            Assert.Equal((one.X, one.Y), (BinaryPrimitives.ReadInt32LittleEndian(nnf.AsSpan(8 + (8 * i))), BinaryPrimitives.ReadInt32LittleEndian(nnf.AsSpan(12 + (8 * i)))));
        }
        Assert.Equal(1_000_000, run.Json!["shares"]!.AsArray().Sum(share => (int)share!["partsPerMillion"]!));
        Assert.True((double)run.Json["cpuSeconds"]! > 0);
    }

    [Fact]
    public async Task Extend_and_retarget_give_the_size_asked_for()
    {
        var picture = Save("a.png", Texture<byte>(90, 60, 3));
        var larger = await CommandLine.RunAsync("synth", "extend", picture, "--size", "120x80", "--anchor", "top-left", "--output", In("e.png"));
        Assert.Equal((0, 120, 80), (larger.Code, (int)larger.Json!["width"]!, (int)larger.Json["height"]!));
        var (before, after) = ((Picture<byte>)await ReadAsync("a.png"), (Picture<byte>)await ReadAsync("e.png"));
        Assert.Equal(before.Hash(), Picture.Create(after.Pixels.Crop(new PixelRect(0, 0, 90, 60))).Hash());
        var square = await CommandLine.RunAsync("synth", "retarget", picture, "--aspect", "1:1", "--output", In("r.png"));
        Assert.Equal((0, 60, 60), (square.Code, (int)square.Json!["width"]!, (int)square.Json["height"]!));
        Assert.Equal(1, (await CommandLine.RunAsync("synth", "extend", picture, "--size", "50x50", "--output", In("e.png"))).Code);
    }

    [Fact]
    public async Task An_interrupted_fill_ends_soon_and_leaves_nothing()
    {
        var (picture, mask) = (Save("a.png", Texture<byte>(1600, 1200, 3)), SaveMask("m.png", 1600, 1200, new PixelRect(300, 200, 900, 800)));
        var (run, took) = await CommandLine.InterruptAsync("synth", "fill", picture, "--mask", mask, "--output", In("o.png"));
        Assert.Equal(130, run.Code);
        // The promise is a second; a loaded machine gets three.
        Assert.InRange(took.TotalSeconds, 0, 3);
        Assert.False(File.Exists(In("o.png")));
    }

    private async Task KeepsAllElse<T>(Picture<T> picture, string extension)
        where T : unmanaged
    {
        var hole = new PixelRect(20, 15, 18, 14);
        var run = await CommandLine.RunAsync("synth", "fill", Save("a" + extension, picture), "--mask", SaveMask("m.png", 60, 50, hole), "--output", In("o" + extension), "--copy");
        Assert.True(run.Code == 0, run.Said);
        var after = (Picture<T>)await ReadAsync("o" + extension);
        for (var i = 0; i < 60 * 50; i++)
            for (var c = 0; c < picture.Channels && !hole.Contains(i % 60, i / 60); c++)
                Assert.Equal(Bits(picture.Pixels[i % 60, i / 60, c]), Bits(after.Pixels[i % 60, i / 60, c]));
    }

    private static string Bits<T>(T value)
        where T : unmanaged => Convert.ToHexString(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    private string In(string name) => Path.Combine(folder.FullName, name);

    private string Save(string name, Picture picture)
    {
        Assert.Null(PictureWriter.Write(picture, In(name)));
        return In(name);
    }

    private string SaveMask(string name, int width, int height, PixelRect hole)
    {
        var mask = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 1));
        for (var i = 0; i < width * height; i++)
            mask.Memory.Span[i] = hole.Contains(i % width, i / width) ? (byte)255 : (byte)0;
        return Save(name, Picture.Create(mask));
    }

    private async Task<Picture> ReadAsync(string name) => (await new PictureReader(new MediaOptions()).ReadAsync(In(name))).Require().Picture;

    private static Picture<T> Texture<T>(int width, int height, int channels)
        where T : unmanaged
    {
        var random = new Random(width);
        var pixels = new PixelBuffer<T>(PixelLayout.Interleaved(width, height, channels));
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var c = 0; c < channels; c++)
                {
                    var code = ((x * 5 / 8 + y * 3 / 8) % 16 * 3000) + random.Next(9000) + (c * 1000);
                    pixels[x, y, c] = typeof(T) == typeof(byte) ? (T)(object)(byte)(code >> 8) : typeof(T) == typeof(ushort) ? (T)(object)(ushort)code : (T)(object)(Half)(code / 30000f);
                }
        return Picture.Create(pixels);
    }
}
