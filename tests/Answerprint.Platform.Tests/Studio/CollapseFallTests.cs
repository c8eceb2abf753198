using System.Numerics;
using System.Text;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Destruction.Raster;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Collapse;

namespace Answerprint.Platform.Tests.Studio;

/// <summary>How pieces move, measured from the track that the build leaves.</summary>
public sealed class CollapseFallTests : IDisposable
{
    private const int Width = 120, Height = 160, Window = 6;
    private const float Gravity = 9.81f, Rate = 24;

    private readonly string _folder = Directory.CreateTempSubdirectory("answerprint-test-").FullName;

    [BlenderTheory]
    [InlineData("pancake", 0.3, 6)]
    [InlineData("topple", 0.25, 20)]
    public async Task What_flies_freely_falls_with_gravity_and_what_hangs_together_falls_in_blocks(string kind, double at, double strength)
    {
        var track = DebrisTrack.Read(await BuildAsync(kind, at, strength, _folder));
        var measured = FreeFlight(track);
        Assert.True(measured.Count >= 10, $"{measured.Count} flights");
        // Places are rounded to a tenth of a millimetre: 0.1 m/s2 from frame to frame. Beyond the quarters are pieces that graze others.
        foreach (var share in (ReadOnlySpan<double>)[0.25, 0.5, 0.75])
            Assert.InRange(measured[(int)(share * (measured.Count - 1))], 0.97f * Gravity, 1.03f * Gravity);
        Assert.All(track.Middles, frame => Assert.All(frame, place => Assert.True(place.Y > -0.4f, $"a piece is {-place.Y:0.00} m below the ground")));
        // Ten frames after it gave way, pieces move that hang on all of their neighbours as they did at rest.
        var moving = Enumerable.Range(0, track.Sizes.Count).Where(piece => Vector3.Distance(track.Middles[13][piece], track.Middles[0][piece]) > 0.1f).ToList();
        Assert.True(moving.Count > 10, $"{moving.Count} pieces move");
        Assert.Contains(moving, piece => track.Cracks[13][piece] < 0.02f);
        Assert.Contains(moving, piece => track.Cracks[13][piece] > 0.1f);
    }

    [BlenderTheory]
    [InlineData("shear", 0.4, 10)]
    [InlineData("blast", 0.3, 6)]
    public async Task The_same_job_falls_alike_wherever_and_beside_whatever_it_is_built(string kind, double at, double strength)
    {
        var tracks = await Task.WhenAll(((string[])["one", "another-folder-with-a-longer-name"]).Select(name => BuildAsync(kind, at, strength, Path.Combine(_folder, name))));
        Assert.Equal(tracks[0], tracks[1]);
    }

    [BlenderFact]
    public async Task Lumps_come_off_in_all_sizes_and_stay_on_the_ground()
    {
        await BuildAsync("pancake", 0.3, 6, _folder);
        var scene = DebrisSceneReader.Read(await File.ReadAllBytesAsync(Path.Combine(_folder, "pieces.bin")));
        // What is not there in the first frame came off later.
        var lumps = scene.Objects.Where(own => own.Poses.Count > 0 && !own.Poses[0].IsShown).ToList();
        Assert.InRange(lumps.Count, 30, 360);
        var sizes = lumps.Select(own => Size(scene, own)).Order().ToList();
        Assert.InRange(sizes[0], 0.1f, 0.8f);
        Assert.True(sizes[^1] > 2 * sizes[0], $"from {sizes[0]:0.00} to {sizes[^1]:0.00} m");
        Assert.True(sizes[sizes.Count / 2] < (sizes[0] + sizes[^1]) / 2, "many are small, few are large");
        foreach (var own in lumps)
        {
            var born = Enumerable.Range(0, own.Poses.Count).First(frame => own.Poses[frame].IsShown);
            Assert.All(own.Poses.Skip(born), pose => Assert.True(pose.IsShown));
            Assert.True(own.Poses[^1].ToScene.Translation.Z > 0, $"a lump's middle is {-own.Poses[^1].ToScene.Translation.Z:0.00} m below the ground");
        }
    }

    private static float Size(DebrisScene scene, DebrisObject own)
    {
        var rest = Enumerable.Range(own.FirstCorner, own.Corners).Select(corner => scene.RestAt(corner)).ToList();
        return (rest.Aggregate(Vector3.Max) - rest.Aggregate(Vector3.Min)).Length();
    }

    /// <summary>Downward accelerations, least first, of torn pieces that keep their speed to the sides and change that downwards evenly, for a window of frames.</summary>
    private static List<float> FreeFlight(DebrisTrack track)
    {
        var result = new List<float>();
        for (var piece = 0; piece < track.Sizes.Count; piece++)
            for (var first = 0; first + Window < track.Middles.Count; first++)
            {
                // What still hangs on others turns with them.
                if (track.Cracks[first][piece] < 0.5f) continue;
                var speeds = Enumerable.Range(first, Window).Select(frame => (track.Middles[frame + 1][piece] - track.Middles[frame][piece]) * Rate).ToArray();
                var downwards = Enumerable.Range(1, Window - 1).Select(k => (speeds[k - 1].Y - speeds[k].Y) * Rate).ToArray();
                var mean = downwards.Average();
                if (speeds.All(speed => MathF.Abs(speed.X - speeds[0].X) < 0.15f && MathF.Abs(speed.Z - speeds[0].Z) < 0.15f) && mean > 5 && downwards.All(value => MathF.Abs(value - mean) < 0.8f))
                    result.Add(mean);
            }
        result.Sort();
        return result;
    }

    private static async Task<byte[]> BuildAsync(string kind, double at, double strength, string folder)
    {
        Directory.CreateDirectory(folder);
        var scene = CollapseReader.Read(Encoding.UTF8.GetBytes(FormattableString.Invariant($$$"""
            {"version":1,"frames":36,"rate":24,"seed":4,"camera":{"focalLength":1.4,"horizon":0.7},
             "building":{"shape":"round","height":18,"material":"stone","outline":[[50,20],[70,20],[76,140],[44,140]]},
             "failure":{"kind":"{{{kind}}}","side":"right","start":3,"at":{{{at}}},"strength":{{{strength}}},"pieces":90}}
            """)));
        var file = Path.Combine(folder, "plate.png");
        var plate = new PixelBuffer<byte>(PixelLayout.Interleaved(Width, Height, 3));
        plate.Memory.Span.Fill(140);
        Assert.Null(PictureWriter.Write(Picture.Create(plate), file));
        var job = CollapseJob.Write(scene, CollapseStage.Of(scene, Width, Height), Vector3.One, file, (Width, Height), (Width, Height), 1, 1);
        var blender = new CollapseBlender(folder, new MediaOptions());
        await blender.BuildAsync(job, CollapseIdentity.Of(job), renders: true, (_, _) => { }, CancellationToken.None);
        return await File.ReadAllBytesAsync(blender.TrackFile);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
