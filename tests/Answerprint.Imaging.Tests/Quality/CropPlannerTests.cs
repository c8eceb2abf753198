using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;
using Answerprint.Imaging.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Answerprint.Imaging.Tests.Quality;

public sealed class CropPlannerTests
{
    private static readonly AspectRatio[] Shapes = [AspectRatio.Landscape, AspectRatio.Poster, AspectRatio.Square, AspectRatio.Billboard];

    private static CropPlan Plan(byte[] frame, AspectRatio aspect, int width = 1920, int height = 1080)
    {
        PixelView<byte> view = FrameScorerTests.View(frame);
        return CropPlanner.Plan(view, SaliencyMap.Create(view), width, height, aspect);
    }

    [Fact]
    public void Crops_have_their_shape_and_lie_in_the_source() =>
        Prop.ForAll(Gen.Choose(1, 10_000).ToArbitrary(), seed =>
        {
            byte[] frame = Pictures.Scene(seed, FrameScorerTests.Width, FrameScorerTests.Height);
            foreach (AspectRatio aspect in Shapes)
            {
                CropPlan plan = Plan(frame, aspect);
                Assert.True(plan.Crop.FitsIn(1920, 1080));
                Assert.InRange(plan.Crop.Width - plan.Crop.Height * (double)aspect.Width / aspect.Height, -2.5, 2.5);
                Assert.True(plan.Crop.Intersect(plan.Title.Area) == plan.Title.Area, "the title leaves the crop");
                Assert.True(plan.Title.AreaIn(plan.Crop, 640, 640 * aspect.Height / aspect.Width).FitsIn(640, 640 * aspect.Height / aspect.Width));
                Assert.InRange(plan.Score, 0, 1);
                Assert.Equal(plan, Plan(frame, aspect));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    [Fact]
    public void Subject_stays_whole_in_every_shape_wherever_it_stands()
    {
        foreach ((int x, int y) in new[] { (90, 120), (160, 100), (240, 150), (330, 110), (390, 140) })
        {
            byte[] frame = FrameScorerTests.Figure(x, y);
            var figure = new PixelRect((x - 30) * 4, (y - 40) * 4, 240, 320);
            foreach (AspectRatio aspect in Shapes)
            {
                PixelRect crop = Plan(frame, aspect).Crop;
                Assert.True(crop.Intersect(figure).Area > 0.97 * figure.Area, $"{aspect} {crop} cuts the figure {figure}");
                Assert.True(crop.Y <= figure.Y, "the head is cut off");
            }
        }
    }

    [Fact]
    public void Title_keeps_off_the_subject()
    {
        foreach (int x in new[] { 90, 240, 390 })
        {
            byte[] frame = FrameScorerTests.Figure(x, 120);
            var figure = new PixelRect((x - 30) * 4, 80 * 4, 240, 320);
            Assert.True(Plan(frame, AspectRatio.Landscape).Title.Area.Intersect(figure).Area < figure.Area / 20);
        }
    }

    [Theory]
    [InlineData(20, TitleInk.Light, false)]
    [InlineData(90, TitleInk.Light, false)]
    [InlineData(250, TitleInk.Dark, false)]
    public void Ink_suits_the_ground(byte code, TitleInk ink, bool scrim)
    {
        TitlePlan title = Plan(Pictures.Flat(FrameScorerTests.Width, FrameScorerTests.Height, code), AspectRatio.Poster).Title;
        Assert.Equal((ink, scrim), (title.Ink, title.NeedsScrim));
        Assert.Equal(Contrast.Ratio(new Rgb24(code, code, code), title.InkColour), title.Contrast, 1e-6);
    }

    [Fact]
    public void Scrim_reaches_the_contrast_that_the_guideline_asks() =>
        Prop.ForAll(Gen.Choose(0, 255).ToArbitrary(), code =>
        {
            TitlePlan title = Plan(Pictures.Flat(FrameScorerTests.Width, FrameScorerTests.Height, (byte)code), AspectRatio.Square).Title;
            double over = title.Ink == TitleInk.Light ? 0 : 255;
            var mixed = (byte)(code * (1 - title.ScrimOpacity) + over * title.ScrimOpacity + 0.5);
            Assert.True(Contrast.Ratio(new Rgb24(mixed, mixed, mixed), title.InkColour) >= Contrast.MinimumForText - 0.03);
            Assert.Equal(title.Contrast < Contrast.MinimumForText, title.NeedsScrim);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Tiny_sources_and_long_shapes_are_planned()
    {
        byte[] frame = Pictures.Scene(2, 3, 2);
        var view = new PixelView<byte>(frame, PixelLayout.Interleaved(3, 2, 3));
        foreach (AspectRatio aspect in new[] { new AspectRatio(1, 1000), new AspectRatio(1000, 1), AspectRatio.Poster })
            Assert.True(CropPlanner.Plan(view, SaliencyMap.Create(view), 3, 2, aspect).Crop.FitsIn(3, 2));
    }

    [Fact]
    public void Map_of_another_frame_is_refused()
    {
        SaliencyMap map = SaliencyMap.Create(new PixelView<byte>(new byte[300], PixelLayout.Interleaved(10, 10, 3)));
        Assert.Throws<ArgumentException>(() => CropPlanner.Plan(FrameScorerTests.View(Pictures.Flat(480, 270, 9)), map, 1920, 1080, AspectRatio.Square));
    }
}
