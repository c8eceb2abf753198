using System.Numerics;
using System.Text;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Destruction.Raster;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Collapse;

namespace Answerprint.Platform.Tests.Studio;

public sealed class CollapseShotTests : IDisposable
{
    private const int Width = 96, Height = 128;

    private readonly string _folder = Directory.CreateTempSubdirectory("answerprint-test-").FullName;

    private const string Tower = """
        {"version":1,"frames":10,"camera":{"focalLength":1.4,"horizon":0.7},"dust":1,
         "building":{"shape":"round","height":12,"material":"stone","outline":[[40,20],[56,20],[60,110],[36,110]]},
         "failure":{"kind":"pancake","start":3,"at":0.1,"strength":0,"pieces":14}}
        """;

    [BlenderFact]
    public async Task A_tower_comes_down_and_a_second_run_makes_only_what_is_missing()
    {
        var file = Path.Combine(_folder, "plate.png");
        Assert.Null(PictureWriter.Write(Picture.Create(Plate()), file));
        var (first, made) = await RunAsync(Tower, file);
        Assert.Equal(10, first.Count);
        Assert.All(made.Accounts.Take(2), account => Assert.Equal(new CollapseAccount(Width * Height, 0, 0, 0), account));
        Assert.All(made.Accounts.Skip(6), account => Assert.True(account is { Copied: > 0, Filled: > 0, Blended: > 0, Rendered: > 0 }));
        Assert.All(made.Accounts, account => Assert.Equal(Width * Height, account.Copied + account.Filled + account.Blended + account.Rendered));
        // What is far from building and dust is the plate's own.
        Assert.Equal(Plate()[2, 2, 0], ((Picture<byte>)first[^1].Picture).Pixels[2, 2, 0]);

        // A finished frame that is gone is put together again from what was rendered; a rendered one that is gone too is rendered again; both are what they were.
        var (rendered, fifth, ninth) = (Render(5), Path.Combine(_folder, "out", "frames", "0005.png"), Path.Combine(_folder, "out", "frames", "0009.png"));
        var (written, before, last) = (File.GetLastWriteTimeUtc(rendered), await File.ReadAllBytesAsync(fifth), await File.ReadAllBytesAsync(ninth));
        File.Delete(fifth);
        File.Delete(ninth);
        File.Delete(Render(9));
        var (second, again) = await RunAsync(Tower, file);
        Assert.Equal([5, 9], second.Select(frame => frame.Number));
        Assert.Equal(made.Accounts, again.Accounts);
        Assert.Equal(written, File.GetLastWriteTimeUtc(rendered));
        Assert.Equal((before, last), (await File.ReadAllBytesAsync(fifth), await File.ReadAllBytesAsync(ninth)), Same);

        // Everything there: Blender is not even started.
        var (third, _) = await RunAsync(Tower, file, blender: "there-is-no-such-program");
        Assert.Empty(third);
    }

    [BlenderFact]
    public async Task A_retake_keeps_what_did_not_change()
    {
        var file = Path.Combine(_folder, "plate.png");
        Assert.Null(PictureWriter.Write(Picture.Create(Plate()), file));
        var (first, _) = await RunAsync(Tower, file);
        var (fall, rendered) = (await File.ReadAllBytesAsync(Path.Combine(_folder, "blender", "track.json")), File.GetLastWriteTimeUtc(Render(8)));
        var built = File.GetLastWriteTimeUtc(Path.Combine(_folder, "blender", "collapse.blend"));

        var (dusty, _) = await RunAsync(Tower.Replace("\"dust\":1", "\"dust\":2", StringComparison.Ordinal), file, blender: "there-is-no-such-program");
        Assert.Equal(10, dusty.Count);
        Assert.Equal(rendered, File.GetLastWriteTimeUtc(Render(8)));
        Assert.NotEqual(first[9].Picture.Hash(), dusty[9].Picture.Hash());

        var (lit, _) = await RunAsync(Tower.Replace("\"dust\":1", "\"dust\":1,\"light\":{\"sun\":9,\"azimuth\":60}", StringComparison.Ordinal), file);
        Assert.Equal(built, File.GetLastWriteTimeUtc(Path.Combine(_folder, "blender", "collapse.blend")));
        Assert.Equal(fall, await File.ReadAllBytesAsync(Path.Combine(_folder, "blender", "track.json")));
        Assert.NotEqual(rendered, File.GetLastWriteTimeUtc(Render(8)));
        Assert.NotEqual(first[9].Picture.Hash(), lit[9].Picture.Hash());
    }

    [BlenderFact]
    public async Task A_draft_is_drawn_from_what_the_build_left_and_the_path_tracer_goes_on_from_the_same_fall()
    {
        var file = Path.Combine(_folder, "plate.png");
        Assert.Null(PictureWriter.Write(Picture.Create(Plate()), file));
        var (first, made) = await RunAsync(Tower, file, layers: true, renderer: CollapseRenderer.Raster);
        Assert.Equal(10, first.Count);
        Assert.False(Directory.Exists(Path.Combine(_folder, "blender", "render")));
        Assert.All(made.Accounts.Skip(6), account => Assert.True(account is { Copied: > 0, Filled: > 0, Blended: > 0, Rendered: > 0 }, account.ToString()));
        Assert.True(first[8].Layers is { Normal: { } normal, Motion: { } motion } && normal.Any(value => value != 0) && motion.Any(value => value > 0.2f));

        // A frame that is gone is made again as it was, by one more thread and without Blender.
        var ninth = Path.Combine(_folder, "out", "frames", "0009.png");
        var before = await File.ReadAllBytesAsync(ninth);
        File.Delete(ninth);
        var (second, again) = await RunAsync(Tower, file, blender: "there-is-no-such-program", layers: true, renderer: CollapseRenderer.Raster, threads: 3);
        Assert.Equal([9], second.Select(frame => frame.Number));
        Assert.Equal(made.Accounts, again.Accounts);
        Assert.Equal(before, await File.ReadAllBytesAsync(ninth));

        var built = File.GetLastWriteTimeUtc(Path.Combine(_folder, "blender", "collapse.blend"));
        var (traced, _) = await RunAsync(Tower, file);
        Assert.Equal(10, traced.Count);
        Assert.Equal(built, File.GetLastWriteTimeUtc(Path.Combine(_folder, "blender", "collapse.blend")));
        // Both see the same pieces at the same places.
        var (drawn, rendered) = (((Picture<byte>)first[9].Picture).Pixels, ((Picture<byte>)traced[9].Picture).Pixels);
        var apart = Enumerable.Range(0, Width * Height).Average(i => Math.Abs(drawn[i % Width, i / Width, 1] - rendered[i % Width, i / Width, 1]));
        Assert.InRange(apart, 0, 6);
    }

    [BlenderFact]
    public async Task A_locked_off_shot_of_half_floats_comes_back_in_half_floats_with_layers_that_are_the_frame()
    {
        var frames = Path.Combine(_folder, "shot");
        Directory.CreateDirectory(frames);
        for (var i = 1; i <= 6; i++) Assert.Null(PictureWriter.Write(Light(i), Path.Combine(frames, $"p.{i:0000}.exr")));
        var (made, _) = await RunAsync(Tower.Replace("\"frames\":10,", "", StringComparison.Ordinal), frames, layers: true);
        Assert.Equal(6, made.Count);
        Assert.True(made[5].Account is { Copied: > 1000, Rendered: > 100 }, made[5].Account.ToString());
        var (plate, sixth) = (Light(6).Pixels, (Picture<Half>)(await ReadAsync(Path.Combine(_folder, "out", "frames", "0006.exr"))));
        Assert.Equal(made[5].Account.Copied, Same(plate, sixth.Pixels, made[5]));
        for (var number = 2; number <= 6; number += 4)
        {
            var layers = (await new PlateReader(new MediaOptions()).ReadAsync(Path.Combine(_folder, "out", "layers", $"{number:0000}.exr"))).Require();
            var finished = ((Picture<Half>)await ReadAsync(Path.Combine(_folder, "out", "frames", $"{number:0000}.exr"))).Pixels;
            float At(string name, int i) => (float)layers.Plane(name)!.Halves[i];
            for (var i = 0; i < Width * Height; i++)
                foreach (var (c, name) in (ReadOnlySpan<(int, string)>)[(0, "R"), (1, "G"), (2, "B")])
                {
                    var light = (At("clean." + name, i) * At("shadow.Y", i) * (1 - At("building.A", i)) + At("building." + name, i)) * (1 - At("dust.A", i)) + At("dust." + name, i) + At("grain." + name, i);
                    var frame = (float)finished[i % Width, i / Width, c];
                    // Halves are as exact as the brightest part, which may be brighter than what is left of it.
                    var brightest = Math.Max(Math.Max(0.05f, frame), Math.Max(At("clean." + name, i), At("building." + name, i)));
                    Assert.True(MathF.Abs(light - frame) <= 4e-3f * brightest, $"frame {number}, pixel {i}, {name}: {light} and {frame}, brightest {brightest}");
                }
        }
        // In the last frame there is no way on. Pieces that fall have ways that lead downwards, and normals of length 1.
        var falling = (await new PlateReader(new MediaOptions()).ReadAsync(Path.Combine(_folder, "out", "layers", "0005.exr"))).Require();
        float[] down = falling.Plane("motion.Y")!.Floats.ToArray(), length = [.. Enumerable.Range(0, Width * Height).Select(i => new Vector3(Single(falling, "normal.X", i), Single(falling, "normal.Y", i), Single(falling, "normal.Z", i)).Length())];
        Assert.True(down.Max() > 0.05f && down.Max() > -3 * down.Min(), $"{down.Min()} to {down.Max()}");
        Assert.Contains(length, value => value is > 0.98f and < 1.02f);
    }

    [BlenderFact]
    public async Task Panes_of_a_glass_building_become_many_flat_shards_and_the_same_ones_twice()
    {
        var file = Path.Combine(_folder, "plate.png");
        Assert.Null(PictureWriter.Write(Picture.Create(Plate()), file));
        string glass = Tower.Replace("\"stone\"", "\"glass\"", StringComparison.Ordinal), blender = Path.Combine(_folder, "blender");
        await RunAsync(Tower.Replace("\"stone\"", "\"concrete\"", StringComparison.Ordinal), file, renderer: CollapseRenderer.Raster);
        var concrete = Shards();
        Directory.Delete(blender, recursive: true);
        var (first, _) = await RunAsync(glass, file, renderer: CollapseRenderer.Raster);
        var flight = await File.ReadAllBytesAsync(Path.Combine(blender, "grit.pc2"));
        var shards = Shards();
        Assert.Equal(0, concrete);
        Assert.True(shards > 500, $"{shards} triangles of glass");

        Directory.Delete(blender, recursive: true);
        Directory.Delete(Path.Combine(_folder, "out"), recursive: true);
        var (second, _) = await RunAsync(glass, file, renderer: CollapseRenderer.Raster);
        Assert.Equal(flight, await File.ReadAllBytesAsync(Path.Combine(blender, "grit.pc2")));
        Assert.Equal(first.Select(frame => frame.Picture.Hash()), second.Select(frame => frame.Picture.Hash()));

        int Shards()
        {
            var scene = DebrisSceneReader.Read(File.ReadAllBytes(Path.Combine(blender, "pieces.bin")));
            return scene.Objects.Where(own => own.IsCached).Sum(own => Enumerable.Range(own.FirstTriangle, own.Triangles).Count(t => scene.MaterialOf(t) == DebrisMaterial.Glass));
        }
    }

    [BlenderFact]
    public async Task A_blender_that_is_killed_costs_one_frame()
    {
        var (file, program, died) = (Path.Combine(_folder, "plate.png"), Path.Combine(_folder, "blender.sh"), Path.Combine(_folder, "died"));
        Assert.Null(PictureWriter.Write(Picture.Create(Plate()), file));
        // The first Blender that renders is killed as soon as its second frame is there.
        await File.WriteAllTextAsync(program, $$"""
            #!/bin/bash
            if [[ "$*" == *" render "* && ! -e {{died}} ]]; then
              touch {{died}}
              blender "$@" &
              until [ -e render/0004.exr ]; do sleep 0.02; done
              kill -9 $!
              kill -9 $$
            fi
            exec blender "$@"
            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var (frames, _) = await RunAsync(Tower, file, program);
        Assert.True(File.Exists(died));
        Assert.Equal(10, frames.Count);
    }

    [BlenderFact]
    public async Task Frames_are_put_together_while_later_ones_are_rendered()
    {
        var (file, program) = (Path.Combine(_folder, "plate.png"), Path.Combine(_folder, "blender.sh"));
        Assert.Null(PictureWriter.Write(Picture.Create(Plate()), file));
        // Renders up to frame 5, and no further before that one is finished; then it fails.
        await File.WriteAllTextAsync(program, """
            #!/bin/bash
            if [[ "$*" != *" render "* ]]; then exec blender "$@"; fi
            blender "${@:1:$#-1}" 5
            for ((i = 0; i < 3000; i++)); do [ -e ../out/accounts/0005.json ] && exit 7; sleep 0.02; done
            exit 8
            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var said = new List<CollapseProgress>();
        var error = await Assert.ThrowsAsync<CollapseException>(() => RunAsync(Tower, file, program, layers: true, progress: said));
        Assert.Contains("ended with 7", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, one => one.Phase == "Letting it fall");
        Assert.Contains(said, one => one.Phase == "Rendering normals and motion, frame 10 of 10");
        Assert.Contains(said, one => one.Phase.EndsWith("5 finished", StringComparison.Ordinal));
        Assert.Equal(said.Select(one => one.Share).Order(), said.Select(one => one.Share));

        // What was finished is kept.
        var (frames, _) = await RunAsync(Tower, file, layers: true);
        Assert.Equal([6, 7, 8, 9, 10], frames.Select(frame => frame.Number));
    }

    [Theory]
    [InlineData("[[440,20],[480,20],[480,110],[440,110]]", "96 x 128")]
    [InlineData("[[-40,20],[-10,20],[-10,110],[-40,110]]", "no part of the building")]
    [InlineData("[[-20,-20],[120,-20],[120,160],[-20,160]]", "nothing is left")]
    [InlineData("[[40,20],[56,20],[60,60],[36,60]]", "horizon")]
    public async Task An_outline_that_cannot_be_is_refused_in_words(string outline, string words)
    {
        var file = Path.Combine(_folder, "plate.png");
        Assert.Null(PictureWriter.Write(Picture.Create(Plate()), file));
        var error = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync($$"""{"building":{"outline":{{outline}}},"camera":{"horizon":0.7} }""", file));
        Assert.True(error is ArgumentException or CollapseException, error.ToString());
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_building_that_is_cut_by_the_frame_is_taken_out_of_what_is_seen_of_it()
    {
        var file = Path.Combine(_folder, "plate.png");
        Assert.Null(PictureWriter.Write(Picture.Create(Plate()), file));
        await using var plate = await CollapsePlate.OpenAsync(file, new MediaOptions());
        var scene = CollapseReader.Read(Encoding.UTF8.GetBytes("""{"building":{"outline":[[-20,-10],[24,-10],[24,110],[-20,110]]},"camera":{"horizon":0.7}}""")).Timed(null, null);
        var ground = await CollapseGround.PrepareAsync(scene, plate, 1, Task.Run, CancellationToken.None);
        var matter = await ground.FrameAsync(8, CancellationToken.None);
        Assert.Equal((255, 255, 0), (matter.Building[0, 0, 0], matter.Building[20, 100, 0], matter.Building[60, 60, 0]));
        // What is put there comes from the rest of the plate: nothing is left as it was, and nothing is black.
        var (own, clean) = (((Picture<byte>)matter.Plate).Pixels, ((Picture<byte>)matter.Clean).Pixels);
        Assert.True(clean[2, 2, 0] > 40);
        Assert.Equal(own[80, 60, 1], clean[80, 60, 1]);
    }

    [Fact]
    public async Task A_shot_of_two_frames_is_refused()
    {
        var frames = Path.Combine(_folder, "two");
        Directory.CreateDirectory(frames);
        for (var i = 1; i <= 2; i++) Assert.Null(PictureWriter.Write(Picture.Create(Plate()), Path.Combine(frames, $"p.{i:0000}.png")));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync("""{"building":{"outline":[[40,20],[56,20],[60,110],[36,110]]},"camera":{"horizon":0.7}}""", frames));
        Assert.Contains("2 frames", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moving_shot_whose_frames_have_nothing_in_common_is_refused_with_the_frame()
    {
        var (random, wall) = (new Random(3), new byte[400 * 40]);
        var frames = Path.Combine(_folder, "pan");
        Directory.CreateDirectory(frames);
        for (var i = 1; i <= 8; i++)
        {
            // Blocks of 6 pixels, others in each frame: they move, and nobody could say where to.
            random.NextBytes(wall);
            var pan = new PixelBuffer<byte>(PixelLayout.Interleaved(320, 180, 3));
            for (var y = 0; y < 180; y++)
                for (var x = 0; x < 320; x++)
                    for (var c = 0; c < 3; c++) pan[x, y, c] = wall[y / 6 * 400 + (x + 3 * i) / 6];
            Assert.Null(PictureWriter.Write(Picture.Create(pan), Path.Combine(frames, $"p.{i:0000}.png")));
        }
        var error = await Assert.ThrowsAsync<CollapseException>(() => RunAsync("""{"building":{"outline":[[40,20],[80,20],[80,150],[40,150]]},"camera":{"horizon":0.5}}""", frames));
        Assert.Contains("moves and cannot be followed", error.Message, StringComparison.Ordinal);
        Assert.Contains("frame 2", error.Message, StringComparison.Ordinal);
    }

    private static float Single(PlatePixels plate, string name, int i) => plate.Plane(name)!.Floats[i];

    private static bool Same((byte[] First, byte[] Second) one, (byte[] First, byte[] Second) other) => one.First.AsSpan().SequenceEqual(other.First) && one.Second.AsSpan().SequenceEqual(other.Second);

    /// <summary>How many pixels of a frame have every bit of the plate's, among those that could.</summary>
    private static int Same(PixelBuffer<Half> plate, PixelBuffer<Half> made, CollapsePicture of)
    {
        var same = 0;
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                if (Enumerable.Range(0, 3).All(c => BitConverter.HalfToInt16Bits(plate[x, y, c]) == BitConverter.HalfToInt16Bits(made[x, y, c]))) same++;
        // A blended pixel may come out as it was; then it is the plate's all the same, by chance.
        return same - of.Account.Copied is >= 0 and < 200 ? of.Account.Copied : same;
    }

    private static async Task<Picture> ReadAsync(string file) => (await new PictureReader(new MediaOptions()).ReadAsync(file)).Require().Picture;

    private string Render(int number) => Path.Combine(_folder, "blender", "render", $"{number:0000}.exr");

    private async Task<(List<CollapsePicture> Frames, CollapseMade Made)> RunAsync(string scene, string file, string blender = "blender", bool layers = false, CollapseRenderer renderer = CollapseRenderer.Cycles, int threads = 2, List<CollapseProgress>? progress = null)
    {
        var (frames, media) = (new List<CollapsePicture>(), new MediaOptions { Blender = blender });
        await using var plate = await CollapsePlate.OpenAsync(file, media);
        var output = new CollapseOutput(Path.Combine(_folder, "out"), plate, media);
        var shot = new CollapseShot(media) { Finished = (number, key) => output.Find(number, key, layers) };
        var made = await shot.RunAsync(CollapseReader.Read(Encoding.UTF8.GetBytes(scene)), plate, Path.Combine(_folder, "blender"), new CollapseEffort(1, 20_000, threads, Layers: layers, Renderer: renderer), async frame =>
        {
            await output.WriteAsync(frame, CancellationToken.None);
            frames.Add(frame);
        }, progress is null ? null : new Said(progress), CancellationToken.None);
        return (frames, made);
    }

    /// <summary>What was reported, in order, by whichever thread.</summary>
    private sealed class Said(List<CollapseProgress> list) : IProgress<CollapseProgress>
    {
        public void Report(CollapseProgress value)
        {
            lock (list) list.Add(value);
        }
    }

    /// <summary>The plate in light with grain that changes, its highlights above white.</summary>
    private static Picture<Half> Light(int number)
    {
        var (plate, light) = (Plate(), new PixelBuffer<Half>(PixelLayout.Planar(Width, Height, 3)));
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                for (var c = 0; c < 3; c++) light[x, y, c] = (Half)(plate[x, y, c] * plate[x, y, c] / 20000f + 0.002f * ((x * 31 + y * 17 + number * 7) % 5));
        return Picture.Create(light);
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
