using Answerprint.Web.Shell;

namespace Answerprint.Web.Tests.Shell;

public sealed class DrawnStrokesTests
{
    private const string Good = """{"version":1,"width":640,"height":360,"strokes":[{"ink":"red","width":4,"d":"M10 20L30 40L50 60"},{"ink":"lamp","width":2,"d":"M1 1L1 1"}]}""";

    [Fact]
    public void A_drawing_is_read()
    {
        Assert.True(DrawnStrokes.TryParse(Good, out var strokes));
        Assert.Equal((640, 360, 2), (strokes.Width, strokes.Height, strokes.Items.Count));
        Assert.Equal(new DrawnStrokes.Stroke("red", 4, "M10 20L30 40L50 60"), strokes.Items[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"version":2,"width":640,"height":360,"strokes":[{"ink":"red","width":4,"d":"M1 2L3 4"}]}""")]
    [InlineData("""{"version":1,"width":0,"height":360,"strokes":[{"ink":"red","width":4,"d":"M1 2L3 4"}]}""")]
    [InlineData("""{"version":1,"width":640,"height":360,"strokes":[]}""")]
    [InlineData("""{"version":1,"width":640,"height":360,"strokes":[null]}""")]
    [InlineData("""{"version":1,"width":640,"height":360,"strokes":[{"ink":"blue","width":4,"d":"M1 2L3 4"}]}""")]
    [InlineData("""{"version":1,"width":640,"height":360,"strokes":[{"ink":"red","width":4,"d":"M1 2"}]}""")]
    [InlineData("""{"version":1,"width":640,"height":360,"strokes":[{"ink":"red","width":4,"d":"M1 2L3 4\n"}]}""")]
    [InlineData("""{"version":1,"width":640,"height":360,"strokes":[{"ink":"red","width":4,"d":"M1 2L3 4\"/><script>"}]}""")]
    [InlineData("""{"version":1,"width":640,"height":360,"strokes":[{"ink":"red","width":4,"d":"M1 2L3 4","onload":"x"}]}""")]
    public void What_the_board_could_not_have_sent_is_refused(string json) => Assert.False(DrawnStrokes.TryParse(json, out _));

    [Fact]
    public void Too_many_strokes_are_refused()
    {
        string Of(int count) => $$"""{"version":1,"width":640,"height":360,"strokes":[{{string.Join(',', Enumerable.Repeat("""{"ink":"red","width":4,"d":"M1 2L3 4"}""", count))}}]}""";
        Assert.True(DrawnStrokes.TryParse(Of(DrawnStrokes.MostStrokes), out _));
        Assert.False(DrawnStrokes.TryParse(Of(DrawnStrokes.MostStrokes + 1), out _));
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused() => Assert.False(DrawnStrokes.TryParse(Good + new string(' ', DrawnStrokes.LongestJson), out _));

    [Fact]
    public void Mutated_and_truncated_drawings_never_throw_and_what_is_read_is_safe()
    {
        var random = new Random(20261);
        for (var round = 0; round < 5_000; round++)
        {
            var text = Good.ToCharArray();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                text[random.Next(text.Length)] = (char)random.Next(1, 0x300);
            }
            var json = new string(text, 0, random.Next(text.Length + 1));
            if (DrawnStrokes.TryParse(json, out var strokes))
            {
                Assert.All(strokes.Items, s => Assert.DoesNotContain(s.Path, c => !(char.IsAsciiDigit(c) || c is 'M' or 'L' or ' ')));
            }
        }
    }
}
