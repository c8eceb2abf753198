using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Answerprint.Imaging.Destruction;

namespace Answerprint.Imaging.Tests.Destruction;

/// <summary>The sample's street: a house whose corners are known in metres and in pixels.</summary>
public sealed class CollapseBlockTests
{
    private static readonly JsonElement Street = Geometry();

    [Fact]
    public void Focal_length_and_horizon_come_from_the_edges_of_two_walls()
    {
        CollapseStage stage = CollapseStage.Of(House(lines: true), 1280, 720);
        Assert.Equal(1066.67, stage.FocalLength, 1.0);
        Assert.Equal(541.76, stage.MiddleY, 0.5);
        Assert.Equal(2.15, stage.CameraHeight, 0.02);
        Assert.Equal(0, stage.Pitch);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Corners_are_as_far_apart_as_in_the_world(bool lines)
    {
        CollapseBlock block = CollapseStage.Of(House(lines), 1280, 720).Block!;
        Assert.Equal(9, Vector3.Distance(block.Face[0], block.Face[1]), 0.03);
        Assert.Equal(8, block.Back.Length(), 0.06);
        Assert.Equal(0, Vector3.Dot(block.Back, block.Face[1] - block.Face[0]), 0.3);
        Assert.Equal(10.15, block.High.Z, 0.01);
        Assert.Equal(0, block.Low.Z, 0.01);
    }

    [Fact]
    public void Every_corner_is_seen_where_the_plate_shows_it()
    {
        CollapseStage stage = CollapseStage.Of(House(lines: true), 1280, 720);
        CollapseBlock block = stage.Block!;
        string[] names = ["bottomFrontLeft", "bottomFrontRight", "topFrontRight", "topFrontLeft"];
        for (int i = 0; i < 4; i++)
        {
            Assert.True(Vector2.Distance(Pixel(names[i]), stage.PixelOf(block.Face[i])) < 0.05f);
            Assert.True(Vector2.Distance(Pixel(names[i].Replace("Front", "Back", StringComparison.Ordinal)), stage.PixelOf(block.Face[i] + block.Back)) < 1.5f);
        }
    }

    [Fact]
    public void A_ridge_half_way_back_is_as_high_as_it_is()
    {
        // A camera 2 m up with its horizon in the middle: a roof of 6 m over walls of 4 m, 20 m away and 10 m deep.
        Vector2 At(float x, float y, float z) => new(500 + 1000 * x / y, 500 - 1000 * (z - 2) / y);
        var front = new CollapseFront([At(-4, 20, 0), At(4, 20, 0), At(4, 20, 4), At(-4, 20, 4)], null, (At(-4, 25, 6), At(4, 25, 6)));
        CollapseScene scene = House(lines: false) with { Camera = new CollapseCamera(1, 0.5) };
        scene = scene with { Building = scene.Building with { Outline = front.Face, Front = front, Height = 6, Depth = 10 } };
        CollapseBlock block = CollapseStage.Of(scene, 1000, 1000).Block!;
        Assert.Equal(4, block.Face[2].Z, 0.02);
        Assert.Equal(6, block.Ridge!.Value.Left.Z, 0.02);
        Assert.Equal(25, block.Ridge.Value.Right.Y, 0.05);
    }

    [Theory]
    [InlineData("""[[524,164],[943,57],[524,643],[943,671]]""", "horizon")]
    [InlineData("""[[640,643],[640,600],[640,100]]""", "on edge")]
    public void A_front_that_cannot_stand_is_refused(string face, string word)
    {
        string text = Text(lines: false).Replace(FaceText(), face, StringComparison.Ordinal);
        ArgumentException error = Assert.Throws<ArgumentException>(() => CollapseStage.Of(CollapseReader.Read(Encoding.UTF8.GetBytes(text)), 1280, 720));
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_cannot_be_at_right_angles_are_refused()
    {
        string text = Text(lines: true).Replace("\"across\":", "\"across\":[[0,110],[100,100],[0,690],[100,700]],\"more\":", StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CollapseStage.Of(CollapseReader.Read(Encoding.UTF8.GetBytes(text)), 1280, 720));
    }

    private static CollapseScene House(bool lines) => CollapseReader.Read(Encoding.UTF8.GetBytes(Text(lines)));

    private static string Text(bool lines)
    {
        string camera = lines
            ? $$"""{"lens":"shift","lines":{"along":[{{Of("bottomFrontLeft")}},{{Of("bottomFrontRight")}},{{Of("topFrontLeft")}},{{Of("topFrontRight")}}],"across":[{{Of("bottomFrontRight")}},{{Of("bottomBackRight")}},{{Of("topFrontRight")}},{{Of("topBackRight")}}]} }"""
            : """{"lens":"shift","focalLength":0.833,"horizon":0.752}""";
        return $$"""{"camera":{{camera}},"building":{"height":10.15,"outline":[{{Of("bottomFrontLeft")}},{{Of("bottomFrontRight")}},{{Of("topFrontRight")}},{{Of("topFrontLeft")}}],"front":{{FaceText()}},"side":[{{Of("bottomBackRight")}}]} }""";
    }

    private static string FaceText() => $"[{Of("bottomFrontLeft")},{Of("bottomFrontRight")},{Of("topFrontRight")},{Of("topFrontLeft")}]";

    private static string Of(string corner) => string.Create(CultureInfo.InvariantCulture, $"[{Pixel(corner).X},{Pixel(corner).Y}]");

    private static Vector2 Pixel(string corner)
    {
        JsonElement pixel = Street.GetProperty("building").GetProperty("corners").GetProperty(corner).GetProperty("pixel");
        return new Vector2(pixel[0].GetSingle(), pixel[1].GetSingle());
    }

    private static JsonElement Geometry()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "samples", "street.geometry.json")))
            folder = folder.Parent;
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(folder!.FullName, "samples", "street.geometry.json"))).RootElement.Clone();
    }
}
