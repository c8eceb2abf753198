using System.Text;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Collapse;

namespace Answerprint.Platform.Tests.Studio;

public sealed class RemovalTests : IDisposable
{
    private const int Width = 120, Height = 96, Frames = 6;

    // No camera, and a foot above the usual horizon: neither matters where nothing falls.
    private const string Scene = """{"version":1,"building":{"outline":[[50,10],[72,10],[72,50],[50,50]]},"failure":{"kind":"remove"},"foreground":[{"outline":[[40,44],[90,44],[90,60],[40,60]]}]}""";

    // There is no 3D program: a removal asks for none.
    private static readonly MediaOptions Media = new() { Blender = "there-is-no-such-program" };

    private readonly string _folder = Directory.CreateTempSubdirectory("answerprint-test-").FullName;

    [Theory]
    [InlineData(0f)]
    [InlineData(2.1f)]
    public async Task A_building_is_taken_out_of_every_frame_of_a_shot(float step)
    {
        var (frames, made) = await RunAsync(Write(step), Scene);
        Assert.Equal((Frames, TimeSpan.Zero), (frames.Count, made.BlenderCpu));
        foreach (var frame in frames)
        {
            var (result, plate) = (((Picture<byte>)frame.Picture).Pixels, ((Picture<byte>)frame.Plate.Picture).Pixels);
            Assert.True(frame.Account is { Copied: > Width * Height / 2, Filled: > 300, Rendered: 0 }, frame.Account.ToString());
            Assert.Equal(Width * Height, frame.Account.Copied + frame.Account.Filled + frame.Account.Blended);
            var move = (int)Math.Round(step * (frame.Number - 1));
            for (var y = 0; y < Height; y++)
                for (var x = 0; x < Width; x++)
                {
                    // Nothing of the pale house is left, its foreground stays, and so does all else.
                    if (x - move is > 51 and < 71 && y is > 10 and < 43) Assert.InRange(result[x, y, 1], 0, 190);
                    if (x - move is < 44 or > 94 || y > 66) Assert.Equal(plate[x, y, 1], result[x, y, 1]);
                }
        }
    }

    [Fact]
    public async Task A_second_run_makes_nothing_again_and_layers_are_the_frame()
    {
        var folder = Write(0);
        await RunAsync(folder, Scene, layers: true);
        var (again, made) = await RunAsync(folder, Scene, layers: true);
        Assert.Empty(again);
        Assert.Equal(Frames, made.Accounts.Count);
        var layers = (await new PlateReader(Media).ReadAsync(Path.Combine(_folder, "out", "layers", "0003.exr"))).Require();
        for (var i = 0; i < Width * Height; i++) Assert.Equal((float)layers.Plane("R")!.Halves[i], (float)layers.Plane("clean.R")!.Halves[i], 0.01f);
        Assert.Contains((Half)1, layers.Plane("matteHole.A")!.Halves.ToArray());
        Assert.All(layers.Plane("building.A")!.Halves.ToArray(), value => Assert.Equal((Half)0, value));
    }

    [Fact]
    public async Task Control_passes_are_made_from_layers_at_a_models_size()
    {
        var (_, made) = await RunAsync(Write(0), Scene, layers: true);
        var control = new CollapseControl(Path.Combine(_folder, "out"), Media);
        var size = await control.WriteAsync(made, number => Path.Combine(_folder, "out", "layers", $"{number:0000}.exr"), 80, CancellationToken.None);
        Assert.Equal((80, 64), size);
        var mask = ((Picture<byte>)(await new PictureReader(Media).ReadAsync(Path.Combine(_folder, "out", "control", "mask", "0006.png"))).Require().Picture).Pixels;
        // The middle of the house, and the sky beside it.
        Assert.Equal((80, 64, 255, 0), (mask.Width, mask.Height, mask[40, 18, 0], mask[8, 18, 0]));
        foreach (var name in CollapseControl.Names)
        {
            var video = Assert.IsType<VideoInfo>((await new MediaProbe(Media).ProbeAsync(control.VideoFile(name))).Value);
            Assert.Equal((80, 64, (long?)Frames), (video.CodedWidth, video.CodedHeight, video.FrameCount));
        }
        Assert.Equal((832, 464), CollapseControl.SizeOf(1920, 1080, CollapseControl.UsualSide));
    }

    [Fact]
    public async Task An_outline_beside_the_plate_is_refused()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(Write(0), Scene.Replace("[72,10],[72,50]", "[720,10],[720,50]", StringComparison.Ordinal)));
        Assert.Contains("120 x 96", error.Message, StringComparison.Ordinal);
    }

    private async Task<(List<CollapsePicture> Frames, CollapseMade Made)> RunAsync(string folder, string scene, bool layers = false)
    {
        var frames = new List<CollapsePicture>();
        await using var plate = await CollapsePlate.OpenAsync(folder, Media);
        var output = new CollapseOutput(Directory.CreateDirectory(Path.Combine(_folder, "out")).FullName, plate, Media);
        var shot = new CollapseShot(Media) { Finished = (number, key) => output.Find(number, key, layers) };
        var made = await shot.RunAsync(CollapseReader.Read(Encoding.UTF8.GetBytes(scene)), plate, Path.Combine(_folder, "blender"), new CollapseEffort(1, 20_000, 2) { Layers = layers }, async made =>
        {
            frames.Add(made);
            await output.WriteAsync(made, CancellationToken.None);
        }, null, CancellationToken.None);
        Assert.False(Directory.Exists(Path.Combine(_folder, "blender")));
        return (frames, made);
    }

    /// <summary>A pale house before a hill, seen by a camera that moves to the left.</summary>
    private string Write(float step)
    {
        return BlobPlate.Write(Path.Combine(_folder, "plate"), Frames, Width, Height, (x, y, frame) =>
        {
            var at = x - step * frame;
            return at is >= 50 and < 72 && y is >= 10 and < 50 ? 225 + 20 * BlobPlate.At(at / 5, y / 5f, 9) : 95 + 60 * BlobPlate.At(at / 9, y / 8f, 1) + 30 * BlobPlate.At(at / 3.3f, y / 3.6f, 2);
        });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
