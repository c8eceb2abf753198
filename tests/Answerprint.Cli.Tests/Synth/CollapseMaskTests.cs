using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Cli.Tests.Synth;

public sealed class CollapseMaskTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("answerprint-collapse-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("small.png", "as large as the plate, 96 x 80")]
    [InlineData("colour.png", "has colours")]
    [InlineData("deep.png", "8-bit")]
    [InlineData("empty.png", "covers nothing")]
    [InlineData("missing.png", "there is no file")]
    [InlineData("thin.png", "3 points or more")]
    public async Task A_mask_that_is_none_is_refused_with_its_reason(string mask, string said)
    {
        Save("plate.png", Plain(96, 80, 3, (byte)90));
        Save("small.png", Plain(48, 40, 1, byte.MaxValue));
        Save("empty.png", Plain(96, 80, 1, (byte)100));
        Save("deep.png", Plain(96, 80, 1, ushort.MaxValue));
        var colours = Plain(96, 80, 3, byte.MaxValue);
        colours[50, 40, 2] = 9;
        Save("colour.png", colours);
        var thin = Plain(96, 80, 1, (byte)0);
        for (var x = 20; x < 60; x++) thin[x, 50, 0] = 255;
        Save("thin.png", thin);
        File.WriteAllText(In("scene.json"), """{"building":{"height":9},"camera":{"horizon":0.3}}""");
        var run = await CommandLine.RunAsync("synth", "collapse", In("plate.png"), In("scene.json"), "--mask", In(mask), "--out-dir", In("out"));
        Assert.NotEqual(0, run.Code);
        Assert.Contains(said, (string)run.Json!["error"]!, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("out/frames")));

        // The same beside the scene, by its name.
        File.WriteAllText(In("scene.json"), $$"""{"building":{"height":9,"mask":"{{mask}}"}, "camera":{"horizon":0.3} }""");
        Assert.Contains(said, (string)(await CommandLine.RunAsync("synth", "collapse", In("plate.png"), In("scene.json"), "--out-dir", In("out"))).Json!["error"]!, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(folder.FullName, name);

    private void Save<T>(string name, PixelBuffer<T> pixels)
        where T : unmanaged => Assert.Null(PictureWriter.Write(Picture.Create(pixels), In(name)));

    private static PixelBuffer<T> Plain<T>(int width, int height, int channels, T value)
        where T : unmanaged
    {
        var pixels = new PixelBuffer<T>(PixelLayout.Interleaved(width, height, channels));
        pixels.Memory.Span.Fill(value);
        return pixels;
    }
}
