using System.Text;
using System.Text.Json;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Collapse;

namespace Answerprint.Platform.Tests.Studio;

public sealed class CollapseMovingTests : IDisposable
{
    // A camera that moves by 2.1 pixels a frame from frame 3 of 8 on needs 10.5 pixels beside the reference frame, and two for the filter.
    private const int Width = 120, Height = 96, Frames = 8, Margin = 13;
    private const float Step = 2.1f;

    private const string Scene = """
        {"version":1,"camera":{"focalLength":1.4,"horizon":0.7},"dust":0.2,
         "building":{"height":12,"outline":[[52,14],[72,14],[72,84],[52,84]]},"foreground":[{"outline":[[0,88],[120,88],[120,96],[0,96]]}],
         "failure":{"kind":"pancake","start":3,"at":0.1,"strength":0,"pieces":14}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("answerprint-test-").FullName;

    [Fact]
    public async Task A_building_comes_down_in_a_moving_shot_on_a_canvas_as_wide_as_the_view_gets()
    {
        using var blender = new StandInBlender(Width + 2 * Margin, Height);
        var made = await RunAsync(Write(_ => 0), blender);
        using (var job = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(_folder, "blender", "job.json"))))
            Assert.Equal((Width + 2 * Margin, Height), (job.RootElement.GetProperty("width").GetInt32(), job.RootElement.GetProperty("height").GetInt32()));
        Assert.Equal(Frames, made.Count);
        Assert.All(made.Take(2), frame => Assert.Equal(new CollapseAccount(Width * Height, 0, 0, 0), frame.Account));
        foreach (var frame in made.Skip(2))
        {
            var (result, plate) = (((Picture<byte>)frame.Picture).Pixels, ((Picture<byte>)frame.Plate.Picture).Pixels);
            Assert.True(frame.Account is { Copied: > 0, Filled: > 0 });
            // The foreground, and what is far from the building, is the plate's own to the bit; where the building stood is nothing of its tone.
            for (var x = 0; x < Width; x++) Assert.Equal(plate[x, 93, 1], result[x, 93, 1]);
            Assert.Equal(plate[3, 40, 0], result[3, 40, 0]);
            var middle = (int)(66 + Step * (frame.Number - 3));
            for (var y = 60; y < 82; y++) Assert.InRange(result[middle, y, 1], 0, 200);
        }
    }

    [Fact]
    public async Task A_shot_with_a_cut_is_refused_with_the_frame()
    {
        using var blender = new StandInBlender(Width, Height);
        var error = await Assert.ThrowsAsync<CollapseException>(() => RunAsync(Write(frame => frame > 4 ? 1 : 0), blender));
        Assert.Contains("frame", error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be followed", error.Message, StringComparison.Ordinal);
        Assert.Empty(blender.Log);
    }

    private async Task<List<CollapsePicture>> RunAsync(string folder, StandInBlender blender)
    {
        var frames = new List<CollapsePicture>();
        var media = new MediaOptions { Blender = blender.Program };
        await using var plate = await CollapsePlate.OpenAsync(folder, media);
        await new CollapseShot(media).RunAsync(CollapseReader.Read(Encoding.UTF8.GetBytes(Scene)), plate, Path.Combine(_folder, "blender"), new CollapseEffort(1, 20_000, 2), made =>
        {
            frames.Add(made);
            return Task.CompletedTask;
        }, null, CancellationToken.None);
        return frames;
    }

    /// <summary>Numbered pictures of a pale house before a wall, seen by a camera that moves to the left.</summary>
    private string Write(Func<int, int> view)
    {
        return BlobPlate.Write(Path.Combine(_folder, "plate"), Frames, Width, Height, (x, y, frame) =>
        {
            var at = x - Step * (frame - 2) + 4000 * view(frame);
            return at is >= 52 and < 72 && y is >= 14 and < 84 ? 205 + 40 * BlobPlate.At(at / 5, y / 5f, 9) : 95 + 60 * BlobPlate.At(at / 9, y / 8f, 1) + 30 * BlobPlate.At(at / 3.3f, y / 3.6f, 2 + view(frame));
        });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
