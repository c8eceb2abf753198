using Answerprint.Imaging.Motion.Tracking;

namespace Answerprint.Imaging.Tests.Motion.Tracking;

public sealed class CameraTrackerTests
{
    private const int Width = 176, Height = 128;

    [Fact]
    public void A_shaking_pan_is_followed_to_some_hundredths_of_a_pixel()
    {
        var plate = new MovingPlate(Width, Height, 8, MovingPlate.Shake);
        CameraTrack track = plate.Solve(reference: 3).Track!;
        (double mean, double worst) = plate.Error(track);
        Assert.InRange(mean, 0, 0.04);
        Assert.InRange(worst, 0, 0.12);
        Assert.Equal(MotionModel.Similarity, track.Model);
        Assert.All(track.Frames, frame => Assert.True(frame.AgreeingShare > 0.8 && frame.MedianResidual < 0.3 && !frame.Interpolated));
    }

    [Fact]
    public void A_turn_out_of_the_picture_needs_eight_numbers()
    {
        var plate = new MovingPlate(Width, Height, 6, k => new Homography(1 + 0.01 * k, 0.002 * k, k, -0.004 * k, 1, -0.5 * k, 0.00025 * k, 0.0001 * k));
        CameraTrack track = plate.Solve().Track!;
        Assert.Equal(MotionModel.Homography, track.Model);
        Assert.InRange(plate.Error(track).Mean, 0, 0.05);
    }

    [Fact]
    public void Grain_and_things_that_walk_through_do_not_sway_it()
    {
        var plate = new MovingPlate(Width, Height, 6, MovingPlate.Shake)
        {
            Grain = 5,
            Over = (frame, x, y, wall) => Math.Abs(x - 20 - 9 * frame) < 14 && y > 50 ? MovingPlate.Wall(3 * (x - 9 * frame) + 400, 2 * y) : wall,
        };
        (double mean, double worst) = plate.Error(plate.Solve().Track!);
        Assert.InRange(mean, 0, 0.1);
        Assert.InRange(worst, 0, 0.3);
    }

    [Fact]
    public void What_weighs_nothing_has_no_say()
    {
        // More than half of the view slides away; the rest is what is asked for.
        var plate = new MovingPlate(Width, Height, 5, MovingPlate.Shake) { Over = (frame, x, y, wall) => x > 70 ? MovingPlate.Wall(x + 300 - 2 * frame, y + frame) : wall };
        var weights = new byte[Width * Height];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = i % Width < 60 ? (byte)255 : (byte)0;
        CameraTrack track = plate.Solve(options: new CameraTrackOptions { Weights = weights }).Track!;
        (double x, double y) = track.Frames[4].FromReference.Apply(30, 60);
        (double trueX, double trueY) = plate.Truth(4).Apply(30, 60);
        Assert.Equal(trueX, x, 0.1);
        Assert.Equal(trueY, y, 0.1);
    }

    [Fact]
    public void A_view_that_leaves_the_reference_frame_is_followed_by_key_frames()
    {
        var plate = new MovingPlate(Width, Height, 16, k => Homography.Shift(-7.3 * k, 0.7 * k));
        CameraTrackResult result = plate.Solve();
        Assert.Null(result.Refusal);
        CameraTrack track = result.Track!;
        (double x, double y) = track.Frames[15].FromReference.Apply(250, 64);
        Assert.Equal(250 - 109.5, x, 0.5);
        Assert.Equal(74.5, y, 0.5);
    }

    [Fact]
    public void A_frame_that_shows_nothing_lies_between_its_neighbours()
    {
        var plate = new MovingPlate(Width, Height, 5, k => Homography.Shift(2 * k, 0)) { Over = (frame, _, _, wall) => frame == 2 ? 3 : wall };
        FrameMotion dark = plate.Solve(options: new CameraTrackOptions { FindsCuts = false }).Track!.Frames[2];
        Assert.True(dark.Interpolated);
        Assert.Equal(4, dark.FromReference.C, 0.05);
    }

    [Fact]
    public void A_dim_shot_is_followed()
    {
        var plate = new MovingPlate(Width, Height, 4, MovingPlate.Shake) { Over = (_, _, _, wall) => 4 + wall / 24 };
        Assert.InRange(plate.Error(plate.Solve().Track!).Mean, 0, 0.15);
    }

    [Theory]
    [InlineData(3, 176, 128)]
    [InlineData(2, 96, 200)]
    [InlineData(1, 64, 64)]
    public void Short_and_upright_shots_are_followed(int frames, int width, int height)
    {
        var plate = new MovingPlate(width, height, frames, MovingPlate.Shake);
        Assert.InRange(plate.Error(plate.Solve().Track!).Mean, 0, 0.06);
    }

    [Fact]
    public void A_cut_is_refused_with_its_frame()
    {
        var plate = new MovingPlate(Width, Height, 20, k => Homography.Shift(k < 11 ? k : 4000 + k, k < 11 ? 0 : 900)) 
        {
            Over = (frame, x, y, wall) => frame < 11 ? wall : 20 + (x / 23 + y / 17) % 3 * 40,
        };
        TrackRefusal refusal = plate.Solve().Refusal!;
        Assert.Equal((TrackFault.Cut, 11), (refusal.Fault, refusal.Frame));
        Assert.Contains("frame 12", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shot_that_breaks_off_is_refused_where_it_does()
    {
        var plate = new MovingPlate(Width, Height, 12, k => Homography.Shift(k < 6 ? k : 4000 + 60 * k, 0)) { Over = (frame, x, y, wall) => frame < 6 ? wall : MovingPlate.Wall((x + 700 * frame) * 1.7, y * 2.1 + 90 * frame) };
        TrackRefusal refusal = plate.Solve(options: new CameraTrackOptions { FindsCuts = false }).Refusal!;
        Assert.Equal((TrackFault.Lost, 6), (refusal.Fault, refusal.Frame));
    }

    [Fact]
    public void Depth_that_a_plane_cannot_explain_is_refused_in_pixels()
    {
        // The right half stands nearer: it moves on by a further 0.9 pixels a frame.
        var plate = new MovingPlate(Width, Height, 8, k => Homography.Shift(0.5 * k, 0)) { Over = (frame, x, y, wall) => x > 88 ? MovingPlate.Wall(x - 1.4 * frame, y) : wall };
        TrackRefusal refusal = plate.Solve(options: new CameraTrackOptions { Model = MotionModel.Similarity }).Refusal!;
        Assert.Equal(TrackFault.Parallax, refusal.Fault);
        Assert.InRange(refusal.Pixels, 2, 7);
    }

    [Fact]
    public void What_a_lens_bends_is_said()
    {
        CameraTrack straight = Bent(0).Solve().Track!, bent = Bent(0.06).Solve(options: new CameraTrackOptions { MostUnexplained = 1 }).Track!;
        Assert.True(bent.Frames[5].Unexplained > 3 * straight.Frames[5].Unexplained + 0.1);

        static MovingPlate Bent(double bend) => new(Width, Height, 6, k => Homography.Shift(4 * k, 0))
        {
            Over = (frame, x, y, _) =>
            {
                double u = (x - 88) / 88.0, v = (y - 64) / 88.0, r = 1 + bend * (u * u + v * v);
                return MovingPlate.Wall(88 + 88 * u * r - 4 * frame, 64 + 88 * v * r);
            },
        };
    }

    [Fact]
    public void A_black_reference_frame_is_refused() =>
        Assert.Equal(TrackFault.NothingToHold, new MovingPlate(Width, Height, 3, _ => Homography.Identity) { Over = (_, _, _, _) => 2 }.Solve().Refusal!.Fault);

    [Fact]
    public void Threads_change_nothing()
    {
        var plate = new MovingPlate(Width, Height, 3, MovingPlate.Shake) { Grain = 3 };
        Assert.Equal(plate.Solve().Track!.Frames, plate.Solve(options: new CameraTrackOptions { MaxDegreeOfParallelism = 4 }).Track!.Frames);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => CameraTracker.Solve(3, 3, 64, 64, _ => new float[4096]));
        Assert.Throws<ArgumentException>(() => CameraTracker.Solve(3, 0, 8, 64, _ => new float[512]));
        Assert.Throws<ArgumentException>(() => CameraTracker.Solve(1, 0, 64, 64, _ => new float[4095]));
        Assert.Throws<ArgumentException>(() => CameraTracker.Solve(1, 0, 64, 64, _ => new float[4096], new CameraTrackOptions { Weights = new byte[5] }));
    }
}
