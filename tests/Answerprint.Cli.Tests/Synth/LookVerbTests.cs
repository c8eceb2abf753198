using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Tests.GreyBox;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Cli.Tests.Synth;

public sealed class LookVerbTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("answerprint-look-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_painted_map_is_dressed_and_a_bare_colour_is_named()
    {
        var map = Save("map.png", 96, 64, (_, y) => y < 32 ? 0x7fa8d8 : 0x9a9a96);
        var stone = Save("stone.png", 60, 40, (x, y) => (x * 37 + y * 11) % 256 * 0x010101);
        var run = await CommandLine.RunAsync(
            "synth", "look", "--segments", map, "--wide", "2", "--region", $"sky=#7fa8d8:{stone}@1~90~mirror", "--region", $"wall=#9a9a96:{stone}@1.5#40x30+5+5", "--output", In("out.png"), "--attribution", In("out.map"), "--seed", "3");
        Assert.True(run.Code == 0, run.Said);
        Assert.Equal((96, 64), ((int)run.Json!["width"]!, (int)run.Json["height"]!));
        var read = AttributionFile.Read(await File.ReadAllBytesAsync(In("out.map")));
        Assert.Equal(AttributionKind.Blended, Assert.Single(read.At(50, 60)).Kind);

        var bare = await CommandLine.RunAsync("synth", "look", "--segments", map, "--region", $"sky=#7fa8d8:{stone}", "--output", In("none.png"));
        Assert.NotEqual(0, bare.Code);
        Assert.Contains("#9a9a96", bare.Said, StringComparison.Ordinal);
        Assert.False(File.Exists(In("none.png")));
    }

    [Fact]
    public async Task A_form_is_a_scene_of_its_own()
    {
        await File.WriteAllBytesAsync(In("crate.glb"), GlbFile.Cube());
        var stone = Save("stone.png", 60, 40, (x, y) => (x * 37 + y * 11) % 256 * 0x010101);
        var run = await CommandLine.RunAsync("synth", "look", "--model", In("crate.glb"), "--region", $"sky surface={stone}@1#5+5/55+0/55+40/5+35", "--size", "96x64", "--output", In("out.png"), "--draft");
        Assert.True(run.Code == 0, run.Said);
        Assert.Contains(run.Json!["shares"]!.AsArray(), share => (string)share!["kind"]! == "blended");

        await File.WriteAllBytesAsync(In("broken.glb"), GlbFile.Cube()[..300]);
        var broken = await CommandLine.RunAsync("synth", "look", "--model", In("broken.glb"), "--output", In("none.png"));
        Assert.NotEqual(0, broken.Code);
        Assert.Contains("goes beyond the end of the file", broken.Said, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(folder.FullName, name);

    private string Save(string name, int width, int height, Func<int, int, int> colour)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = ((byte)(colour(i % width, i / width) >> 16), (byte)(colour(i % width, i / width) >> 8), (byte)colour(i % width, i / width));
        using var image = StillImage.FromPixels<byte>(pixels, width, height, 3);
        File.WriteAllBytes(In(name), image.Encode(new StillEncoding.Png()));
        return In(name);
    }
}
