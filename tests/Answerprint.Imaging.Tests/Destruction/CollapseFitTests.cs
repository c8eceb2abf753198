using System.Text;
using Answerprint.Imaging.Destruction;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class CollapseFitTests
{
    [Fact]
    public void What_a_scene_does_not_say_is_the_plates()
    {
        CollapseScene scene = Read("");
        Assert.Equal((CollapseFit.UsualFrames, CollapseFit.UsualRate), (scene.Timed(null, null).Frames, scene.Timed(null, null).Rate));
        Assert.Equal((30, 25.0), (scene.Timed(30, 25).Frames, scene.Timed(30, 25).Rate));
        Assert.Equal((12, 30.0), (Read("\"frames\":12,\"rate\":30,").Timed(40, null).Frames, Read("\"frames\":12,\"rate\":30,").Timed(40, null).Rate));
    }

    [Fact]
    public void A_rate_in_three_digits_is_the_rate_of_film_on_television() => Assert.Equal(24000 / 1001.0, Read("\"rate\":23.976,").Timed(48, 24000 / 1001.0).Rate);

    [Theory]
    [InlineData("", 2, 24.0, "2 frames")]
    [InlineData("", 1, 24.0, "1 frame;")]
    [InlineData("\"frames\":50,", 40, 24.0, "50 frames")]
    [InlineData("\"rate\":24,", 40, 25.0, "24 frames a second")]
    [InlineData("", 5, 24.0, "gives way in frame 6")]
    [InlineData("", 5000, 24.0, "at most 2000")]
    public void What_does_not_fit_is_said(string members, int frames, double rate, string words) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => Read(members).Timed(frames, rate)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_smaller_plate_has_its_places_nearer_together_and_the_same_building()
    {
        CollapseScene scene = Read("\"foreground\":[{\"outline\":[[0,300],[320,310],[320,320]]}],"), half = scene.Scaled(0.5, 0.5);
        Assert.Equal(scene.Foreground[0][1] * 0.5f, half.Foreground[0][1]);
        CollapseStage large = CollapseStage.Of(scene, 320, 320), small = CollapseStage.Of(half, 160, 160);
        Assert.Equal((large.Distance, large.CameraHeight, large.Pitch), (small.Distance, small.CameraHeight, small.Pitch));
    }

    private static CollapseScene Read(string members) =>
        CollapseReader.Read(Encoding.UTF8.GetBytes($$$"""{"version":1,{{{members}}}"camera":{"horizon":0.6},"building":{"height":20,"outline":[[150,40],[170,40],[180,280],[140,280]]}}"""));
}
