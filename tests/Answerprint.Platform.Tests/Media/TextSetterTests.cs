using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Media;

public sealed class TextSetterTests
{
    [Fact]
    public void Larger_type_is_larger_in_proportion()
    {
        using var small = TextSetter.Render("Hamburg", new TextStyle { Size = 40 }).Require();
        using var large = TextSetter.Render("Hamburg", new TextStyle { Size = 80 }).Require();
        Assert.InRange((double)large.Coverage.Width / small.Coverage.Width, 1.9, 2.1);
        Assert.Equal((1, SampleFormat.UInt8), (small.Coverage.Bands, small.Coverage.Format));
        Assert.Equal(255, small.Coverage.Pixels<byte>().ToArray().Max());
    }

    [Fact]
    public void Size_is_the_em_in_pixels()
    {
        // Capitals of Inter are 1490/2048 of the em high.
        using var mask = TextSetter.Render("H", new TextStyle { Size = 200 }).Require();
        Assert.InRange(mask.Coverage.Height, 143, 149);
        Assert.True(mask.Top > 0, $"top {mask.Top}");
    }

    [Fact]
    public void Letter_spacing_widens_by_its_em_each_letter()
    {
        using var plain = TextSetter.Render("AAAAA", new TextStyle { Size = 50 }).Require();
        using var spaced = TextSetter.Render("AAAAA", new TextStyle { Size = 50, LetterSpacing = 0.2 }).Require();
        Assert.InRange(spaced.Coverage.Width - plain.Coverage.Width, 36, 52);
    }

    [Fact]
    public void Weight_adds_ink()
    {
        long Ink(int weight)
        {
            using var mask = TextSetter.Render("Weight", new TextStyle { Size = 60, Weight = weight }).Require();
            return mask.Coverage.Pixels<byte>().ToArray().Sum(v => (long)v);
        }

        Assert.True(Ink(800) > Ink(400) * 1.2);
        Assert.True(Ink(400) > Ink(200) * 1.1);
    }

    [Fact]
    public void Words_wrap_at_the_width()
    {
        using var mask = TextSetter.Render("many words that will not fit on one line", new TextStyle { Size = 30, WrapWidth = 200 }).Require();
        Assert.InRange(mask.Coverage.Width, 100, 200);
        Assert.True(mask.Coverage.Height > 60);
    }

    [Fact]
    public void Markup_in_a_title_is_text()
    {
        using var mask = TextSetter.Render("<b>Tom & Jerry</b> \"quoted\"", new TextStyle { Size = 20, Features = "tnum" }).Require();
        Assert.True(mask.Coverage.Width > 200);
    }

    [Fact]
    public void Text_that_shows_nothing_and_silly_sizes_are_out_of_range()
    {
        StillLoaderTests.AssertError(MediaErrorKind.OutOfRange, TextSetter.Render("  ", new TextStyle { Size = 20 }));
        StillLoaderTests.AssertError(MediaErrorKind.OutOfRange, TextSetter.Render("x", new TextStyle { Size = double.NaN }));
        StillLoaderTests.AssertError(MediaErrorKind.OutOfRange, TextSetter.Render(new string('x', 5000), new TextStyle { Size = 20 }));
        StillLoaderTests.AssertError(MediaErrorKind.Missing, TextSetter.Render("x", new TextStyle { Size = 20, FontFile = "/nonexistent.otf" }));
    }
}
