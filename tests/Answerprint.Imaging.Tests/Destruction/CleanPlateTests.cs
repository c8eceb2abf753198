using System.Numerics;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.Motion.Tracking;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Tests.Motion.Tracking;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class CleanPlateTests
{
    private const int Width = 120, Height = 90, House = 240;

    [Fact]
    public void A_canvas_holds_what_all_frames_show_and_keeps_the_middle()
    {
        CollapseCanvas canvas = CollapseCanvas.Of([Homography.Identity, Homography.Shift(-20, 3), Homography.Shift(8, 0)], Width, Height);
        Assert.Equal((Width + 2 * 22, Height + 2 * 5), (canvas.Width, canvas.Height));
        Assert.Equal((30, 40), canvas.From(Homography.Identity).Apply(30 + canvas.MarginX, 40 + canvas.MarginY));
        CollapseScene scene = Scene("""{"camera":{"focalLength":1.5,"horizon":0.6},"building":{"outline":[[40,20],[60,20],[60,80],[40,80]]}}"""), on = canvas.On(scene);
        CollapseStage there = CollapseStage.Of(on, canvas.Width, canvas.Height), here = CollapseStage.Of(scene, Width, Height);
        Assert.Equal(here.Distance, there.Distance, 1e-3);
        Assert.Equal(here.OnFront(new Vector2(45, 30)).X, there.OnFront(new Vector2(45 + canvas.MarginX, 30 + canvas.MarginY)).X, 1e-3f);
    }

    [Fact]
    public void A_view_that_moves_on_by_more_than_itself_is_refused() =>
        Assert.Contains("frame nearer to the middle", Assert.Throws<ArgumentException>(() => CollapseCanvas.Of([Homography.Shift(-150, 0)], Width, Height)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_the_camera_moves_past_is_taken_from_other_frames_and_nothing_of_the_house_is_left()
    {
        // The house moves on by 6 pixels a frame, what is behind it by 2: in eight frames every place beside its middle is seen once.
        (CleanPlate clean, CollapseCanvas canvas, _) = Made(house: 6, behind: 2, frames: 8, left: 20, right: 44);
        (int other, int synthesised) = (0, 0);
        for (int y = 12; y < Height - 12; y++)
        {
            for (int x = 20; x < 44; x++)
            {
                int i = (y + canvas.MarginY) * canvas.Width + x + canvas.MarginX;
                Assert.NotEqual(CleanPlateOrigin.Plate, clean.Origins[i]);
                other += clean.Origins[i] == CleanPlateOrigin.OtherFrame ? 1 : 0;
                synthesised += clean.Origins[i] == CleanPlateOrigin.Synthesised ? 1 : 0;
            }
        }
        Assert.True(other > synthesised, $"{other} pixels from other frames, {synthesised} synthesised");
    }

    [Fact]
    public void In_a_frame_the_filling_is_what_is_behind_and_the_rest_stays_to_the_bit()
    {
        (CleanPlate clean, CollapseCanvas canvas, CameraTrack[] tracks) = Made(house: 6, behind: 2, frames: 8, left: 20, right: 44);
        Picture<byte> plate = Frame(3, 6, 2, 20, 44);
        (FrameView view, FrameView background) = (new FrameView(canvas, tracks[0], 3), new FrameView(canvas, tracks[1], 3));
        CollapseMatter matter = clean.Frame(plate, PlateCurve.SRgb, 4, view, background, Mask(), 1);
        PixelBuffer<byte> made = ((Picture<byte>)matter.Clean).Pixels, was = plate.Pixels;
        int seen = 0;
        double off = 0;
        for (int y = 15; y < Height - 15; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                if (matter.Building[x, y, 0] == 0)
                    Assert.Equal(was[x, y, 1], made[x, y, 1]);
                if (matter.Building[x, y, 0] < 255)
                    continue;
                Assert.True(made[x, y, 1] < House - 25, $"at {x}, {y} the house is left: {made[x, y, 1]}");
                off += Math.Abs(made[x, y, 1] - MovingPlate.Wall(x + 0.5 - 6, y + 0.5) * 0.7);
                seen++;
            }
        }
        (int other, int synthesised) = clean.Count(matter, background);
        Assert.True(other > synthesised && other + synthesised >= seen);
        Assert.InRange(off / seen, 0, 6);
    }

    [Fact]
    public void A_camera_that_only_turns_shows_nothing_behind_and_all_is_filled_the_same_in_every_frame()
    {
        (CleanPlate clean, CollapseCanvas canvas, CameraTrack[] tracks) = Made(house: 2, behind: 2, frames: 4, left: 40, right: 56);
        for (int x = 40; x < 56; x++)
            Assert.Equal(CleanPlateOrigin.Synthesised, clean.Origins[(45 + canvas.MarginY) * canvas.Width + x + canvas.MarginX]);
        // Carried along by whole pixels, the filling is the same: nothing of it lives on its own.
        PixelBuffer<byte> first = Clean(0), last = Clean(3);
        double off = 0;
        for (int y = 20; y < 70; y++)
        {
            for (int x = 42; x < 54; x++)
                off += Math.Abs(first[x, y, 1] - last[x + 6, y, 1]) / (50.0 * 12);
        }
        Assert.InRange(off, 0, 2.5);

        PixelBuffer<byte> Clean(int frame)
        {
            var view = new FrameView(canvas, tracks[0], frame);
            return ((Picture<byte>)clean.Frame(Frame(frame, 2, 2, 40, 56), PlateCurve.SRgb, frame + 1, view, view, Mask(), 1).Clean).Pixels;
        }
    }

    [Fact]
    public void The_texture_has_what_lies_beyond_the_reference_frame_and_behind_its_foreground()
    {
        PixelBuffer<byte> front = Mask();
        Outline.Fill([new Vector2(70, 30), new Vector2(90, 30), new Vector2(90, 60), new Vector2(70, 60)], front);
        CollapseCanvas canvas = CollapseCanvas.Of([Homography.Identity, Homography.Shift(-30, 0)], Width, Height);
        CleanPlateSource[] sources =
        [
            new(Frame(0, 0, 0, 0, 0, front), PlateCurve.SRgb, canvas.From(Homography.Identity), canvas.From(Homography.Identity), front),
            new(Frame(1, -30, -30, 0, 0), PlateCurve.SRgb, canvas.From(Homography.Shift(-30, 0)), canvas.From(Homography.Shift(-30, 0)), Mask()),
        ];
        PixelBuffer<Half> texture = ((Picture<Half>)CanvasTexture.Make(canvas, sources, 0, 1)).Pixels;
        foreach ((int x, int y) in ((int, int)[])[(80, 45), (Width + 15, 50), (40, 40)])
        {
            float code = 255 * PlateCurve.SRgb.FromLinear((float)texture[x + canvas.MarginX, y + canvas.MarginY, 1]);
            Assert.Equal(MovingPlate.Wall(x + 0.5, y + 0.5) * 0.7, code, 3.0);
        }
    }

    [Fact]
    public void A_frames_view_blurs_as_the_camera_moves()
    {
        var track = new CameraTrack(0, MotionModel.Similarity, [.. Enumerable.Range(0, 3).Select(k => new FrameMotion(Homography.Shift(24 * k, 0), 0, 0, 1, false))]);
        CollapseCanvas canvas = CollapseCanvas.Of([Homography.Identity], Width, Height);
        var line = new float[Width * Height];
        for (int y = 0; y < Height; y++)
            line[y * Width + 30] = 1;
        float[] still = new FrameView(canvas, new CameraTrack(0, MotionModel.Similarity, [track.Frames[0]]), 0).Bring(line, 1, 1), moving = new FrameView(canvas, track, 1).Bring(line, 1, 1);
        Assert.Equal(line, still);
        Assert.InRange(Enumerable.Range(0, Width).Count(x => moving[45 * Width + x] > 0.02f), 9, 14);
        Assert.Equal(1, Enumerable.Range(0, Width).Sum(x => moving[45 * Width + x]), 0.02);
    }

    [Fact]
    public void Standing_pieces_still_show_their_own_place_in_a_frame_that_moved()
    {
        CollapseCanvas canvas = CollapseCanvas.Of([Homography.Identity, Homography.Shift(7.4, 2.2)], Width, Height);
        var track = new CameraTrack(0, MotionModel.Similarity, [new FrameMotion(Homography.Identity, 0, 0, 1, false), new FrameMotion(Homography.Shift(7.4, 2.2), 0, 0, 1, false)]);
        int area = canvas.Width * canvas.Height;
        var rest = new float[3 * area];
        for (int i = 0; i < area; i++)
            (rest[3 * i], rest[3 * i + 1]) = ((i % canvas.Width + 0.5f) / canvas.Width, 1 - (i / canvas.Width + 0.5f) / canvas.Height);
        CollapseLayers seen = new FrameView(canvas, track, 1).Bring(new CollapseLayers([.. Enumerable.Repeat(1f, 4 * area)], new float[area], [.. Enumerable.Repeat(1f, area)], rest), 1);
        Assert.Equal((60 + 0.5) / Width, seen.Rest[3 * (40 * Width + 60)], 0.01 / Width);
        Assert.Equal(1 - (40 + 0.5) / Height, seen.Rest[3 * (40 * Width + 60) + 1], 0.01 / Height);
    }

    [Fact]
    public void A_thing_that_walks_is_where_its_keys_and_what_lies_between_them_say()
    {
        CollapseScene scene = Scene("""
            {"reference":5,"building":{"outline":[[40,20],[60,20],[60,80]]},
             "foreground":[{"outline":[[0,0],[4,0],[4,4]]},{"name":"walker","frame":11,"outline":[[30,50],[40,50],[40,60]]},{"name":"walker","frame":1,"outline":[[10,50],[20,50],[20,60]]}]}
            """);
        Assert.Equal((5, 1, 1), (scene.ReferenceFrame, scene.Foreground.Count, scene.Moving.Count));
        Assert.Equal(new Vector2(20, 50), scene.Moving[0].At(6)[0]);
        Assert.Equal(new Vector2(30, 50), scene.Moving[0].At(99)[0]);
        Assert.Equal(new Vector2(12, 100), scene.Scaled(0.5, 2).Moving[0].At(8)[0]);
    }

    [Theory]
    [InlineData("""{"frame":2,"outline":[[1,2],[3,4]]}""", "3 points")]
    [InlineData("""{"frame":2,"outline":[[1,2],[3,4],[5,6]]},{"frame":3,"outline":[[1,2],[3,4],[5,6],[7,8]]}""", "number of points")]
    [InlineData("""{"frame":2,"outline":[[1,2],[3,4],[5,6]]},{"frame":2,"outline":[[1,2],[3,4],[5,6]]}""", "same frame")]
    public void Keys_that_do_not_fit_are_refused(string keys, string word) =>
        Assert.Contains(word, Assert.Throws<SceneFormatException>(() => Scene($$"""{"building":{"outline":[[1,2],[3,4],[5,9]]},"foreground":[{{keys}}]}""")).Message, StringComparison.Ordinal);

    private static CollapseScene Scene(string json) => CollapseReader.Read(System.Text.Encoding.UTF8.GetBytes(json));

    private static PixelBuffer<byte> Mask() => new(PixelLayout.Interleaved(Width, Height, 1));

    /// <summary>A pale house that moves on by so many pixels a frame before a wall that moves by others, with grain.</summary>
    private static Picture<byte> Frame(int frame, double house, double behind, int left, int right, PixelBuffer<byte>? front = null)
    {
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(Width, Height, 3));
        var random = new Random(frame + 7);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double at = frame == 0 ? x : x - frame * house, value = MovingPlate.Wall(x + 0.5 - (Math.Abs(behind) < 20 ? frame * behind : behind), y + 0.5) * 0.7;
                if (at >= left && at < right && y is >= 10 and < Height - 10)
                    value = House;
                if (front is not null && front[x, y, 0] > 0)
                    value = 5;
                for (int c = 0; c < 3; c++)
                    result[x, y, c] = (byte)Math.Clamp(value + random.Next(-1, 2), 0, 255);
            }
        }
        return Picture.Create(result);
    }

    private static (CleanPlate Clean, CollapseCanvas Canvas, CameraTrack[] Tracks) Made(int house, int behind, int frames, int left, int right)
    {
        CameraTrack[] tracks = [Track(house), Track(behind)];
        CollapseCanvas canvas = CollapseCanvas.Of(tracks[0].Frames.Select(frame => frame.FromReference), Width, Height);
        var sources = Enumerable.Range(0, frames).Select(k => new CleanPlateSource(
            Frame(k, house, behind, left, right), PlateCurve.SRgb, canvas.From(tracks[0].Frames[k].FromReference), canvas.From(tracks[1].Frames[k].FromReference), Mask())).ToList();
        var building = new PixelBuffer<byte>(PixelLayout.Interleaved(canvas.Width, canvas.Height, 1));
        Outline.Fill([.. ((Vector2[])[new(left, 10), new(right, 10), new(right, Height - 10), new(left, Height - 10)]).Select(p => p + new Vector2(canvas.MarginX, canvas.MarginY))], building);
        return (CleanPlate.Make(canvas, sources, 0, Outline.Grow(building, 2), 1, 1, CancellationToken.None), canvas, tracks);

        CameraTrack Track(int speed) => new(0, MotionModel.Similarity, [.. Enumerable.Range(0, frames).Select(k => new FrameMotion(Homography.Shift(speed * k, 0), 0, 0, 1, false))]);
    }
}
