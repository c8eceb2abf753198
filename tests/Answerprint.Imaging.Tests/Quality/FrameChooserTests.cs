using Answerprint.Imaging.Motion;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;
using Answerprint.Imaging.Tests.Motion;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Quality;

public sealed class FrameChooserTests
{
    private static FrameCandidate Candidate(int frame, byte[] pixels) => new(frame, FrameScorer.Score(FrameScorerTests.View(pixels)));

    private static FrameCandidate Scene(int frame, int seed) => Candidate(frame, Pictures.Scene(seed, FrameScorerTests.Width, FrameScorerTests.Height, frame % 20 * 0.4));

    /// <summary>Five shots of twenty frames, every second one a candidate.</summary>
    private static FrameCandidate[] Film() => [.. Enumerable.Range(0, 50).Select(i => Scene(2 * i, 30 + i / 10))];

    private static Shot[] Shots() => [.. Enumerable.Range(0, 5).Select(i => new Shot(i, 20 * i, 20 * i + 20))];

    [Fact]
    public void Each_shot_is_used_before_one_is_used_twice()
    {
        IReadOnlyList<FrameChoice> chosen = FrameChooser.Choose(Film(), Shots(), new FrameChooserOptions { Count = 5 });
        Assert.Equal([0, 1, 2, 3, 4], chosen.Select(c => c.Shot).Order());
        Assert.Equal([0, 1, 2, 3, 4], chosen.Select(c => c.Rank));
    }

    [Fact]
    public void Frames_beside_a_boundary_or_in_one_are_never_chosen()
    {
        Shot[] shots = [new(0, 0, 20), new(1, 44, 100)];
        IReadOnlyList<FrameChoice> chosen = FrameChooser.Choose(Film(), shots, new FrameChooserOptions { Count = 50, CutMargin = 4 });
        Assert.All(chosen, c => Assert.True(c.Candidate.Frame is >= 4 and < 16 or >= 48 and < 96, $"{c.Candidate.Frame}"));
        Assert.Equal(6 + 24, chosen.Count);
    }

    [Fact]
    public void Refused_frames_are_never_chosen()
    {
        FrameCandidate[] candidates = [Candidate(0, Pictures.Flat(480, 270, 0)), Scene(1, 3), Candidate(2, Pictures.Flat(480, 270, 255))];
        FrameChoice choice = Assert.Single(FrameChooser.Choose(candidates, [], new FrameChooserOptions { Count = 3 }));
        Assert.Equal(1, choice.Candidate.Frame);
    }

    [Fact]
    public void Stills_that_repeat_come_last()
    {
        FrameCandidate[] stills = [Scene(0, 3), Scene(1, 3), Scene(2, 3), Scene(3, 8), Scene(4, 12)];
        int[] first = [.. FrameChooser.Choose(stills, [], new FrameChooserOptions { Count = 3 }).Select(c => c.Candidate.Frame)];
        Assert.Single(first, f => f < 3);
    }

    [Fact]
    public void Order_of_candidates_does_not_matter_and_reasons_rank_within_the_shot()
    {
        FrameCandidate[] film = Film();
        IReadOnlyList<FrameChoice> chosen = FrameChooser.Choose(film, Shots());
        Assert.Equal(chosen.Select(c => c.Candidate.Frame), FrameChooser.Choose(film, Shots()).Select(c => c.Candidate.Frame));
        Assert.All(chosen, c => Assert.Equal(8, c.Reasons.Count));
        Assert.All(chosen, c => Assert.Contains("% of this shot", c.Reasons[0], StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_to_choose_from_gives_nothing() => Assert.Empty(FrameChooser.Choose([], []));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameChooser.Choose([], [], new FrameChooserOptions { Count = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameChooser.Choose([], [], new FrameChooserOptions { CutMargin = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameChooser.Choose([], [], new FrameChooserOptions { Variety = double.NaN }));
    }

    [SharedDataFact]
    public void Chosen_frames_of_real_footage_beat_the_average_and_come_from_many_shots()
    {
        MarkedClip clip = MarkedClip.All.Single(c => c.File.StartsWith("tears", StringComparison.Ordinal));
        IReadOnlyList<Shot> shots = Shot.Between(Detection.Run(clip), clip.Frames);
        var candidates = new List<FrameCandidate>();
        int index = 0;
        foreach (byte[] frame in Footage.Decode(SharedData.Footage(clip.File), 480, 198))
        {
            if (index % 16 == 0)
                candidates.Add(new FrameCandidate(index, FrameScorer.Score(new PixelView<byte>(frame, PixelLayout.Interleaved(480, 198, 3)))));
            index++;
        }
        IReadOnlyList<FrameChoice> chosen = FrameChooser.Choose(candidates, shots, new FrameChooserOptions { Count = 8 });
        Assert.Equal(8, chosen.Count);
        Assert.True(chosen.Select(c => c.Shot).Distinct().Count() >= 7);
        double taken = chosen.Average(c => c.Candidate.Score.Total), average = candidates.Average(c => c.Score.Total);
        Assert.True(taken > average + 0.04, $"{taken:0.000} is hardly above {average:0.000}");
        Assert.All(chosen, c => Assert.DoesNotContain(clip.Boundaries, b => Math.Abs(b.Frame - c.Candidate.Frame) < 3));
        Assert.All(chosen, c => Assert.NotEqual("out of focus", c.Candidate.Score[QualityAspect.Sharpness].Reason));
    }
}
