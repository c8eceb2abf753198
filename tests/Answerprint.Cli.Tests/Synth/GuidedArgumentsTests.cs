using Answerprint.Cli.Shell;
using Answerprint.Cli.Synth;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Guided;

namespace Answerprint.Cli.Tests.Synth;

public class GuidedArgumentsTests
{
    [Fact]
    public void A_weight_belongs_to_the_style_or_guide_before_it()
    {
        var parsed = Parse("-style s.png -weight 2 -guide a.png b.png -guide c.png d.png -weight 0.5 -guide e.png f.png -weight 3");
        Assert.Equal(2, parsed.StyleWeight);
        Assert.Equal([new("a.png", "b.png", null), new("c.png", "d.png", 0.5), new("e.png", "f.png", 3)], parsed.Guides);
        Assert.Equal(1, Parse("-style s.png -guide a b -weight 7").StyleWeight);
    }

    [Fact]
    public void All_options_are_read_with_one_dash_or_two()
    {
        var parsed = Parse("--style s --guide a b -uniformity 1000 -patchsize 3 -pyramidlevels 4 -searchvoteiters 5 -patchmatchiters 6 -stopthreshold 0 "
            + "-output o.png --nnf n --attribution m --seed 18446744073709551615 --threads 2 --mode copy");
        Assert.Equal((1000, 3, 4, 5, 6, 0), (parsed.Uniformity, parsed.PatchSize, parsed.PyramidLevels, parsed.SearchVoteIterations, parsed.PatchMatchIterations, parsed.StopThreshold));
        Assert.Equal(("o.png", "n", "m", ulong.MaxValue, 2, GuidedMode.Copy), (parsed.Output, parsed.Nnf, parsed.Attribution, parsed.Seed, parsed.Threads, parsed.Mode));
    }

    [Theory]
    [InlineData("-guide a b", "-style is missing")]
    [InlineData("-style s", "-guide is missing")]
    [InlineData("-weight 1 -style s -guide a b", "belongs to the -style or -guide before it")]
    [InlineData("-style s -guide a", "-guide has no value")]
    [InlineData("-style s -guide a b -weight -1", "'-1' is not a number from 0 to 16384")]
    [InlineData("-style s -guide a b -weight NaN", "'NaN' is not a number")]
    [InlineData("-style s -guide a b -patchsize 4", "not odd")]
    [InlineData("-style s -guide a b -patchsize 65", "3 to 63")]
    [InlineData("-style s -guide a b -mode mix", "neither blend nor copy")]
    [InlineData("-style s -guide a b -backend cuda", "'-backend' is not an option")]
    [InlineData("-style s -guide a b c", "'c' stands alone")]
    [InlineData("-style s -guide a b --threads 0", "1 to 256")]
    [InlineData("-style s -guide a b --seed -3", "'-3' is not a whole number")]
    public void What_is_wrong_is_named(string line, string part)
    {
        var error = Assert.Throws<VerbException>(() => Parse(line));
        Assert.Equal(ExitCode.WrongUse, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_words_end_in_options_or_in_one_sentence()
    {
        var random = new Random(5);
        string[] words = ["-style", "-guide", "-weight", "-uniformity", "-patchsize", "--seed", "--threads", "-mode", "copy", "1", "-1", "x.png", "", "-", "--", "1e999", "\0"];
        for (var i = 0; i < 20_000; i++)
        {
            try
            {
                GuidedArguments.Parse([.. Enumerable.Range(0, random.Next(9)).Select(_ => words[random.Next(words.Length)])]);
            }
            catch (VerbException error)
            {
                Assert.NotEmpty(error.Message);
            }
        }
    }

    [Fact]
    public void Grey_counts_once_and_alpha_only_where_it_says_something()
    {
        PixelBuffer<byte> Of(int channels, params byte[] samples) => new(samples, PixelLayout.Interleaved(2, 1, channels));
        Assert.Equal([1], GuidedPictures.Reduce(Of(3, 5, 5, 5, 9, 9, 9)).Select(picture => picture.Channels));
        Assert.Equal([3, 3], GuidedPictures.Reduce(Of(1, 5, 9), Of(4, 1, 2, 3, 255, 4, 4, 4, 255)).Select(picture => picture.Channels));
        var reduced = GuidedPictures.Reduce(Of(2, 5, 255, 9, 7), Of(1, 3, 4));
        Assert.Equal([5, 255, 9, 7], reduced[0].Memory.ToArray());
        Assert.Equal([3, 255, 4, 255], reduced[1].Memory.ToArray());
    }

    private static GuidedArguments Parse(string line) => GuidedArguments.Parse(line.Split(' '));
}
