using System.Text;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Collapse;

namespace Answerprint.Platform.Tests.Studio;

public sealed class CollapseShotTests : IDisposable
{
    private const int Width = 96, Height = 128;

    private readonly string _folder = Directory.CreateTempSubdirectory("answerprint-test-").FullName;

    [BlenderFact]
    public async Task A_tower_comes_down_and_a_second_run_gives_the_same_frames_from_what_is_there()
    {
        var scene = CollapseReader.Read(Encoding.UTF8.GetBytes("""
            {"version":1,"frames":10,"camera":{"focalLength":1.4,"horizon":0.7},"dust":1,
             "building":{"shape":"round","height":12,"material":"stone","outline":[[40,20],[56,20],[60,110],[36,110]]},
             "failure":{"kind":"pancake","start":3,"at":0.1,"strength":0,"pieces":14}}
            """));
        var plate = Plate();
        var file = Path.Combine(_folder, "plate.png");
        Assert.Null(PictureWriter.Write(Picture.Create(plate), file));
        var first = await RunAsync(scene, file);
        Assert.Equal(10, first.Count);
        Assert.All(first.Take(2), frame => Assert.Equal(new CollapseAccount(Width * Height, 0, 0, 0), frame.Account));
        Assert.All(first.Skip(6), frame => Assert.True(frame.Account is { Copied: > 0, Filled: > 0, Blended: > 0, Rendered: > 0 }));
        // What is far from building and dust is the plate's own.
        Assert.Equal(plate[2, 2, 0], ((Picture<byte>)first[^1].Picture).Pixels[2, 2, 0]);

        var rendered = Path.Combine(_folder, "blender", "render", "0005.exr");
        var before = File.GetLastWriteTimeUtc(rendered);
        File.Delete(Path.Combine(_folder, "blender", "render", "0009.exr"));
        var second = await RunAsync(scene, file);
        Assert.Equal(before, File.GetLastWriteTimeUtc(rendered));
        Assert.Equal(first.Select(frame => frame.Picture.Hash()), second.Select(frame => frame.Picture.Hash()));
    }

    private async Task<List<CollapsePicture>> RunAsync(CollapseScene scene, string file)
    {
        var frames = new List<CollapsePicture>();
        await using var plate = await CollapsePlate.OpenAsync(file, new MediaOptions());
        await new CollapseShot(new MediaOptions()).RunAsync(scene, plate, Path.Combine(_folder, "blender"), new CollapseEffort(1, 20_000, 2), made =>
        {
            frames.Add(made);
            return Task.CompletedTask;
        }, null, CancellationToken.None);
        return frames;
    }

    /// <summary>A pale tower before a sky that grows lighter downwards.</summary>
    private static PixelBuffer<byte> Plate()
    {
        var plate = new PixelBuffer<byte>(PixelLayout.Interleaved(Width, Height, 3));
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                for (var c = 0; c < 3; c++)
                    plate[x, y, c] = (byte)(x is >= 36 and < 60 && y is >= 20 and < 110 ? 200 + (x * 7 + y * 3) % 20 : 60 + y / 2 + 20 * c + (x * 5 + y) % 3);
        return plate;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
