using Answerprint.Web.Watch;

namespace Answerprint.Web.Tests.Watch;

public sealed class TitleWordsTests
{
    [Theory]
    [InlineData(45, "45 min")]
    [InlineData(60, "1 h")]
    [InlineData(187, "3 h 7 min")]
    public void Minutes_are_said_in_hours(int minutes, string words) => Assert.Equal(words, TitleWords.Minutes(minutes));

    [Theory]
    [InlineData(200, "1 s")]
    [InlineData(9000, "9 s")]
    [InlineData(119_400, "119 s")]
    [InlineData(120_000, "2 min")]
    [InlineData(5_400_000, "1 h 30 min")]
    public void Length_is_said_in_seconds_below_two_minutes(long milliseconds, string words) => Assert.Equal(words, TitleWords.Length(milliseconds));

    [Fact]
    public void Words_are_joined_as_in_a_sentence()
    {
        Assert.Equal("", TitleWords.Join([]));
        Assert.Equal("one", TitleWords.Join(["one"]));
        Assert.Equal("one and two", TitleWords.Join(["one", "two"]));
        Assert.Equal("one, two and three", TitleWords.Join(["one", "two", "three"]));
    }
}
