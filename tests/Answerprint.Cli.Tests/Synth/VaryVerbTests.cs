using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Cli.Tests.Synth;

public sealed class VaryVerbTests : IDisposable
{
    private static readonly (string Name, string Value)[][] Machines =
    [
        [],
        [("DOTNET_EnableHWIntrinsic", "0")],
        [("DOTNET_EnableAVX512", "0")],
        [("DOTNET_EnableAVX2", "0"), ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA")],
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("answerprint-vary-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Processes_threads_and_vector_units_make_the_same_pixels()
    {
        var reference = Save("a.png", Picture.Create(Stripes<byte>(72, 54)));
        var hashes = new HashSet<string>();
        foreach (var threads in new[] { "1", "2" })
            foreach (var machine in Machines)
            {
                var run = await CommandLine.RunAsync(
                    machine, ["synth", "vary", "--reference", reference, "--out-dir", In("out"), "--size", "64x48", "--strength", "0.8", "--seed", "7", "--threads", threads]);
                Assert.Equal(0, run.Code);
                hashes.Add((string)run.Json!["outputs"]![0]!["pixelSha256"]!);
            }
        Assert.Single(hashes);
    }

    [Fact]
    public async Task Several_drafts_have_seeds_that_follow_each_other_and_one_is_made_larger()
    {
        var reference = Save("a.png", Picture.Create(Stripes<ushort>(96, 72)));
        var run = await CommandLine.RunAsync(
            "synth", "vary", "--reference", reference, "--reference", reference, "--out-dir", In("out"), "--size", "48x36", "--count", "2", "--seed", "5", "--attribution", In("map.apam"), "--nnf", In("field.nnf"));
        Assert.Equal(0, run.Code);
        JsonArray outputs = run.Json!["outputs"]!.AsArray();
        Assert.Equal([5UL, 6UL], outputs.Select(made => (ulong)made!["seed"]!));
        Assert.NotEqual((string)outputs[0]!["pixelSha256"]!, (string)outputs[1]!["pixelSha256"]!);
        foreach (var made in outputs)
            Assert.Equal(1_000_000, made!["shares"]!.AsArray().Sum(share => (int)share!["partsPerMillion"]!));
        Assert.Equal(SampleDepth.UInt16, (await new PictureReader(new MediaOptions()).ReadAsync(In("out/vary-6.png"))).Require().Picture.Depth);
        AttributionMap map = AttributionFile.Read(await File.ReadAllBytesAsync(In("map-5.apam")));
        Assert.Equal((48, 36, 2), (map.Width, map.Height, map.Sources.Count));
        var field = await File.ReadAllBytesAsync(In("field-6.nnf"));
        Assert.Equal((8 + (8 * 48 * 36), 48), (field.Length, BinaryPrimitives.ReadInt32LittleEndian(field)));

        var large = await CommandLine.RunAsync("synth", "vary", "--draft", In("out/vary-5.png"), "--reference", reference, "--out-dir", In("large"), "--size", "96x72", "--seed", "5", "--copy");
        Assert.Equal(0, large.Code);
        Assert.Equal("copied", (string)large.Json!["outputs"]![0]!["shares"]![0]!["kind"]!);
    }

    [Fact]
    public async Task Wrong_use_is_one_clear_error_each()
    {
        var reference = Save("a.png", Picture.Create(Stripes<byte>(32, 24)));
        foreach (var wrong in new[] { new[] { "--size", "48" }, ["--size", "4x48"], ["--strength", "2"], ["--count", "0"] })
            Assert.Equal(2, (await CommandLine.RunAsync(["synth", "vary", "--reference", reference, "--out-dir", In("out"), .. wrong])).Code);
        Assert.Equal(4, (await CommandLine.RunAsync("synth", "vary", "--reference", In("none.png"), "--out-dir", In("out"))).Code);
        Assert.Equal(1, (await CommandLine.RunAsync(["synth", "vary", "--out-dir", In("out"), .. Enumerable.Repeat(new[] { "--reference", reference }, 9).SelectMany(pair => pair)])).Code);
        Assert.False(Directory.Exists(In("out")));
    }

    private string In(string name) => Path.Combine(folder.FullName, name);

    private string Save(string name, Picture picture)
    {
        Assert.Null(PictureWriter.Write(picture, In(name)));
        return In(name);
    }

    private static PixelBuffer<T> Stripes<T>(int width, int height)
        where T : unmanaged
    {
        var random = new Random(width);
        var pixels = new PixelBuffer<T>(PixelLayout.Interleaved(width, height, 3));
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var c = 0; c < 3; c++)
                {
                    var code = ((x / 6) + (y / 9 * (c + 1))) * 9000 % 50000 + random.Next(9000);
                    pixels[x, y, c] = typeof(T) == typeof(byte) ? (T)(object)(byte)(code >> 8) : (T)(object)(ushort)code;
                }
        return pixels;
    }
}
