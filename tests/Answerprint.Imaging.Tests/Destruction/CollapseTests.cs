using System.Numerics;
using System.Text;
using System.Text.Json;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class CollapseTests
{
    private const string Tower = """{"version":1,"frames":48,"camera":{"focalLength":1.5,"horizon":0.6},"building":{"shape":"round","height":20,"outline":[[150,40],[170,40],[180,280],[140,280]]}}""";

    [Fact]
    public void What_is_not_said_has_its_usual_value()
    {
        CollapseScene scene = Read(Tower);
        Assert.Equal((48, 0.0, FailureKind.Pancake, BuildingMaterial.Brick, 1.0), (scene.Frames, scene.Rate, scene.Failure.Kind, scene.Building.Material, scene.Dust));
    }

    [Fact]
    public void A_removal_begins_with_the_first_frame()
    {
        CollapseScene scene = Read(Tower.Replace("\"version\":1", "\"version\":1,\"failure\":{\"kind\":\"remove\",\"start\":9}", StringComparison.Ordinal));
        Assert.Equal((true, 1, 1), (scene.IsRemoval, scene.Failure.Start, scene.ReferenceFrame));
    }

    [Theory]
    [InlineData("""{"version":2}""", "version")]
    [InlineData("""{"building":{"outline":[[1,2],[3,4]]}}""", "3 points")]
    [InlineData("""{"building":{"outline":[[1,2],[3,4],[5]]}}""", "two numbers")]
    [InlineData("""{"frames":10,"failure":{"start":12},"building":{"outline":[[1,2],[3,4],[5,9]]}}""", "starts at frame 12")]
    [InlineData("""{"building":{"height":900,"outline":[[1,2],[3,4],[5,9]]}}""", "height")]
    [InlineData("""{"failure":{"kind":"topple","point":[[1,2]]},"building":{"outline":[[1,2],[3,4],[5,9]]}}""", "only a blast")]
    [InlineData("{}", "building")]
    [InlineData("nothing", "JSON")]
    public void What_is_wrong_is_said_with_its_place(string text, string word) => Assert.Contains(word, Assert.Throws<SceneFormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Broken_files_are_refused_and_nothing_else()
    {
        var random = new Random(4);
        byte[] whole = Encoding.UTF8.GetBytes(Tower);
        for (int i = 0; i < 2000; i++)
        {
            byte[] broken = whole[..random.Next(1, whole.Length + 1)];
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            try
            {
                CollapseReader.Read(broken);
            }
            catch (SceneFormatException)
            {
            }
        }
    }

    [Fact]
    public void Top_and_foot_are_as_far_apart_as_the_building_is_high()
    {
        CollapseStage stage = CollapseStage.Of(Read(Tower), 320, 320);
        Assert.Equal(0, stage.OnFront(new Vector2(160, 280)).Y, 0.01);
        Assert.Equal(20, stage.OnFront(new Vector2(160, 40)).Y, 0.01);
        Assert.True(stage.CameraHeight > 0);
        IReadOnlyList<(float Z, float Middle, float Radius)> rings = stage.RingsOf(Read(Tower).Building.Outline);
        Assert.Equal(0, rings[0].Z);
        Assert.True(rings[0].Radius > 1.8f * rings[^1].Radius);
        Assert.True(rings.Zip(rings.Skip(1)).All(pair => pair.Second.Z > pair.First.Z));
    }

    [Fact]
    public void A_foot_above_the_horizon_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => CollapseStage.Of(Read(Tower.Replace("\"horizon\":0.6", "\"horizon\":0.95", StringComparison.Ordinal)), 320, 320));
        Assert.Contains("row 280", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_job_is_whole_json_in_metres()
    {
        CollapseScene scene = Read(Tower);
        CollapseStage stage = CollapseStage.Of(scene, 320, 320);
        using var job = JsonDocument.Parse(CollapseJob.Write(scene, stage, Vector3.One, "plate.png", (320, 320), (320, 320), 6, 2));
        Assert.Equal(stage.Distance, job.RootElement.GetProperty("building").GetProperty("distance").GetDouble(), 1e-9);
        Assert.Equal(48, job.RootElement.GetProperty("frames").GetInt32());
    }

    [Theory]
    [InlineData(155, 130)]
    [InlineData(165, 230)]
    public void A_blast_goes_off_half_way_through_the_building_where_it_is_seen(float x, float y)
    {
        CollapseScene scene = Read(Tower.Replace("\"building\"", $"\"failure\":{{\"kind\":\"blast\",\"point\":[[{x},{y}]]}},\"building\"", StringComparison.Ordinal));
        CollapseStage stage = CollapseStage.Of(scene, 320, 320);
        Vector3 at = stage.BlastOf(scene);
        Assert.Equal((stage.Low.Y + stage.High.Y) / 2, at.Y, 1e-3);
        Assert.True(Vector2.Distance(new Vector2(x, y), stage.PixelOf(at)) < 0.01f);
        using var job = JsonDocument.Parse(CollapseJob.Write(scene, stage, Vector3.One, "plate.png", (320, 320), (320, 320), 6, 2));
        JsonElement failure = job.RootElement.GetProperty("failure");
        Assert.Equal(at.Z, failure.GetProperty("point")[2].GetDouble(), 1e-3);
        Assert.Equal(at.Z / 20, failure.GetProperty("height").GetDouble(), 1e-3);
        // In another size, and beside the building: the same place, and its edge.
        CollapseScene half = scene.Scaled(0.5, 0.5);
        Assert.True(Vector3.Distance(at, CollapseStage.Of(half, 160, 160).BlastOf(half)) < 0.01f);
        Assert.Equal(stage.High.X, stage.BlastOf(scene with { Failure = scene.Failure with { Point = new Vector2(300, y) } }).X, 1e-3);
    }

    [Fact]
    public void An_outline_covers_what_lies_inside_it()
    {
        var mask = new PixelBuffer<byte>(PixelLayout.Interleaved(20, 10, 1));
        Outline.Fill([new Vector2(2, 2), new Vector2(12.5f, 2), new Vector2(12.5f, 8), new Vector2(2, 8)], mask);
        Assert.Equal((255, 255, 128, 0, 0), (mask[2, 2, 0], mask[11, 7, 0], mask[12, 4, 0], mask[13, 4, 0], mask[5, 8, 0]));
        Assert.Equal(255, Outline.Grow(mask, 2)[1, 1, 0]);
    }

    [Fact]
    public void A_pixel_that_nothing_touched_is_the_plates_own_and_a_bare_one_the_clean_plates()
    {
        (PixelBuffer<byte> plate, PixelBuffer<byte> clean) = (Grey(100), Grey(60));
        var building = new PixelBuffer<byte>(PixelLayout.Interleaved(32, 32, 1));
        Outline.Fill([new Vector2(8, 8), new Vector2(16, 8), new Vector2(16, 16), new Vector2(8, 16)], building);
        var layers = new CollapseLayers(new float[32 * 32 * 4], new float[32 * 32], [.. Enumerable.Repeat(1f, 32 * 32)], new float[32 * 32 * 3]);
        layers.Colour[4 * (20 * 32 + 20) + 3] = 1;
        layers.Colour[4 * (20 * 32 + 20)] = 0.5f;
        var matter = new CollapseMatter(Picture.Create(plate), Picture.Create(clean), building, new PixelBuffer<byte>(PixelLayout.Interleaved(32, 32, 1)));
        PixelBuffer<byte> made = ((Picture<byte>)new CollapseComposite(matter.Plate, PlateCurve.SRgb, 1).Make(matter, layers, default, 3, out CollapseAccount account)).Pixels;
        Assert.Equal(new CollapseAccount(32 * 32 - 65, 64, 0, 1), account);
        Assert.Equal((plate[1, 1, 0], clean[10, 10, 0]), (made[1, 1, 0], made[10, 10, 0]));
        Assert.InRange(made[20, 20, 0], 180, 196);
    }

    [Theory]
    [InlineData(20.5f, 1, true)]
    [InlineData(21.5f, 1, true)]
    [InlineData(24.5f, 1, false)]
    [InlineData(20.5f, 0, true)]
    [InlineData(21.5f, 0, false)]
    public void Beyond_the_outline_cracks_of_what_has_hardly_moved_are_not_seen(float from, float inner, bool plates) => Assert.Equal(plates, IsThePlates(0, 0.5f, from, inner));

    [Theory]
    [InlineData(0.5f, 20.5f, true)]
    [InlineData(0.5f, 22.5f, false)]
    [InlineData(0.1f, 20.5f, false)]
    public void The_rim_of_what_stands_is_the_plates(float alpha, float from, bool plates) => Assert.Equal(plates, IsThePlates(255, alpha, from, 0));

    [Fact]
    public void Grain_is_measured_where_the_plate_is_quiet()
    {
        var luma = new float[128 * 128];
        for (int i = 0; i < luma.Length; i++)
            luma[i] = 0.3f + 0.002f * (i % 128) + 0.02f * PlateGrain.Noise(i % 128, i / 128, 0, 9);
        Assert.InRange(PlateGrain.Measure(luma, 128, 128).At(0.4f), 0.015f, 0.024f);
    }

    /// <summary>Whether a pixel that a form covers in part, in black, from this column of the same row, is the plate's own.</summary>
    private static bool IsThePlates(byte outlined, float alpha, float from, float inner)
    {
        PixelBuffer<byte> plate = Grey(100), building = new(PixelLayout.Interleaved(32, 32, 1));
        var layers = new CollapseLayers(new float[32 * 32 * 4], new float[32 * 32], [.. Enumerable.Repeat(1f, 32 * 32)], new float[32 * 32 * 3]);
        int i = 20 * 32 + 20;
        (building[20, 20, 0], layers.Colour[4 * i + 3]) = (outlined, alpha);
        (layers.Rest[3 * i], layers.Rest[3 * i + 1], layers.Rest[3 * i + 2]) = (from / 32, 1 - 20.5f / 32, inner);
        var matter = new CollapseMatter(Picture.Create(plate), Picture.Create(Grey(60)), building, new PixelBuffer<byte>(PixelLayout.Interleaved(32, 32, 1)));
        PixelBuffer<byte> made = ((Picture<byte>)new CollapseComposite(matter.Plate, PlateCurve.SRgb, 1).Make(matter, layers, default, 3, out _)).Pixels;
        return made[20, 20, 0] == plate[20, 20, 0];
    }

    private static CollapseScene Read(string text) => CollapseReader.Read(Encoding.UTF8.GetBytes(text));

    private static PixelBuffer<byte> Grey(int value)
    {
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(32, 32, 3));
        for (int i = 0; i < 32 * 32 * 3; i++)
            result.Memory.Span[i] = (byte)(value + i % 7);
        return result;
    }
}
