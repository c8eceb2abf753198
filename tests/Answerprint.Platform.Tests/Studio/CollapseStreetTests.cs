using System.Text;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Collapse;

namespace Answerprint.Platform.Tests.Studio;

/// <summary>The brick house of the sample's street, whose camera and measures are known (samples/street.geometry.json).</summary>
public sealed class CollapseStreetTests : IDisposable
{
    private const double CameraHeight = 2.15, Gravity = 9.81;

    // The front's corners and focal length are the geometry's own; the horizon is the row that the lens is shifted to.
    private const string House = """
        {"version":1,"frames":14,"seed":2,"dust":1,"camera":{"focalLength":0.8333,"horizon":0.7524},
         "building":{"height":10.15,"depth":8,"wall":0.19,"storey":3,"material":"brick","outline":[[524.9,165],[943.7,57.2],[943.7,672],[524.9,643]]},
         "foreground":[{"outline":[[380,430],[410,430],[410,650],[380,650]]}],
         "failure":{"kind":"pancake","start":3,"at":0.2,"strength":0,"pieces":36},"light":{"azimuth":-150,"elevation":24}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("answerprint-test-").FullName;

    [Fact]
    public void The_camera_is_where_the_geometry_says()
    {
        foreach (var scene in new[] { Encoding.UTF8.GetBytes(House), File.ReadAllBytes(Path.ChangeExtension(Street(), "collapse.json")) })
        {
            var stage = CollapseStage.Of(CollapseReader.Read(scene), 1280, 720);
            Assert.InRange(stage.CameraHeight, CameraHeight - 0.4, CameraHeight + 0.4);
        }
    }

    [BlenderFact]
    public async Task The_house_of_a_locked_off_video_comes_down_no_faster_than_gravity_and_what_nothing_touched_is_the_plates()
    {
        var media = new MediaOptions();
        await using var plate = await CollapsePlate.OpenAsync(Street(), media);
        Assert.Equal((PlateKind.Video, 1280, 720, 72, new Rational(24, 1)), (plate.Kind, plate.Width, plate.Height, plate.Frames, plate.Rate));
        var (output, made) = (new CollapseOutput(_folder, plate, media), new List<CollapsePicture>());
        var shot = await new CollapseShot(media).RunAsync(CollapseReader.Read(Encoding.UTF8.GetBytes(House)), plate, Path.Combine(_folder, "blender"), new CollapseEffort(1, 20_000, 2, 320), async frame =>
        {
            made.Add(frame);
            await output.WriteAsync(frame, CancellationToken.None);
        }, null, CancellationToken.None);
        Assert.Equal((320, 180, 14, 24.0), (shot.Width, shot.Height, shot.Scene.Frames, shot.Scene.Rate));
        foreach (var frame in made)
        {
            Assert.Equal(320 * 180, frame.Account.Copied + frame.Account.Filled + frame.Account.Blended + frame.Account.Rendered);
            Assert.True(Same(frame) >= frame.Account.Copied, $"frame {frame.Number}: {Same(frame)} pixels are the plate's, {frame.Account.Copied} are said to be");
        }
        Assert.All(made.Take(2), frame => Assert.Equal(320 * 180, frame.Account.Copied));
        Assert.True(made[^1].Account is { Copied: > 20_000, Blended: > 500, Rendered: > 500 }, made[^1].Account.ToString());
        await Falls(Path.Combine(_folder, "blender", "track.json"));

        // The master holds the frames themselves.
        await output.FinishAsync(shot.Scene, CancellationToken.None);
        await using var master = await CollapsePlate.OpenAsync(output.MasterVideo, media);
        Assert.Equal((14, new Rational(24, 1)), (master.Frames, master.Rate));
        for (var i = 0; i < 14; i++) Assert.Equal(made[i].Picture.Hash(), (await master.FrameAsync(i)).Picture.Hash());
    }

    private static async Task Falls(string file)
    {
        var track = DebrisTrack.Read(await File.ReadAllBytesAsync(file));
        var fastest = 0.0;
        for (var frame = 3; frame < track.Middles.Count; frame++)
        {
            // Let go in frame 3, counted from 1; the solver's own step is a frame's twelfth.
            var seconds = (frame - 1) / 24.0;
            var drop = Enumerable.Range(0, track.Sizes.Count).Max(piece => track.Middles[0][piece].Y - track.Middles[frame][piece].Y);
            Assert.True(drop <= 0.5 * Gravity * seconds * seconds + 0.15, $"frame {frame + 1}: {drop:0.00} m in {seconds:0.00} s");
            fastest = Math.Max(fastest, drop / (0.5 * Gravity * seconds * seconds));
        }
        Assert.True(fastest > 0.5, $"the fastest piece fell at {fastest:0.00} of what gravity gives");
    }

    private static int Same(CollapsePicture frame)
    {
        var plate = ((Picture<byte>)frame.Plate.Picture).Pixels.Memory.Span;
        var made = ((Picture<byte>)frame.Picture).Pixels.Memory.Span;
        var same = 0;
        for (var i = 0; i < plate.Length; i += 3)
            if (plate.Slice(i, 3).SequenceEqual(made.Slice(i, 3))) same++;
        return same;
    }

    private static string Street()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "samples", "street.mp4"))) return Path.Combine(folder.FullName, "samples", "street.mp4");
        throw new FileNotFoundException("The sample's street is not beside the tests.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
