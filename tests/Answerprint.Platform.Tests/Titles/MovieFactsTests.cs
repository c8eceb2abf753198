using Answerprint.Platform.Titles.Import;

namespace Answerprint.Platform.Tests.Titles;

public sealed class MovieFactsTests
{
    private static MovieFacts? Facts(string? title = "A film", string? date = null, int? minutes = null, string? rating = null) =>
        MovieFacts.From(new MovieRecord(1, title, date, minutes, null, null, null, rating));

    [Theory]
    [InlineData("LÈon", "Léon")]
    [InlineData("DÈj‡ Vu", "Déjà Vu")]
    [InlineData("De battre mon coeur s'est arrÍtÈ", "De battre mon coeur s'est arrêté")]
    [InlineData("The Naked Gun 2Ω: The Smell of Fear", "The Naked Gun 2½: The Smell of Fear")]
    [InlineData("I Love You Ö Don't Touch Me!", "I Love You … Don't Touch Me!")]
    [InlineData("Alien³", "Alien³")]
    [InlineData("Ri¢hie Ri¢h", "Ri¢hie Ri¢h")]
    [InlineData("Charge of the Light Brigade, The", "The Charge of the Light Brigade")]
    [InlineData("Boot, Das", "Das Boot")]
    [InlineData("  A\tfilm\u0000  in  pieces ", "A film in pieces")]
    public void Names_are_put_right(string written, string name) => Assert.Equal(name, Facts(written)!.Name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    public void A_record_without_a_name_gives_none(string? written) => Assert.Null(Facts(written));

    [Theory]
    [InlineData("Jun 12 1998", 1998, 6, 12)]
    [InlineData("Dec 23 2011", 2011, 12, 23)]
    [InlineData("Jan 01 1960", 1960, 1, 1)]
    public void A_date_that_can_be_is_kept(string written, int year, int month, int day)
    {
        var facts = Facts(date: written)!;
        Assert.Equal(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero), facts.ReleasedAt);
        Assert.False(facts.DateDropped);
    }

    [Theory]
    [InlineData("Nov 21 2046")]
    [InlineData("Feb 08 2015")]
    [InlineData("Dec 31 1941")]
    [InlineData("Dec 31 1969")]
    [InlineData("Jan 01 1894")]
    [InlineData("sometime")]
    [InlineData("12/31/99")]
    public void A_date_that_cannot_be_believed_is_unknown_not_guessed(string written)
    {
        var facts = Facts(date: written)!;
        Assert.Null(facts.ReleasedAt);
        Assert.True(facts.DateDropped);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-5, null)]
    [InlineData(90, 90)]
    [InlineData(100_000, null)]
    public void A_running_time_out_of_range_is_unknown(int minutes, int? known) => Assert.Equal(known, Facts(minutes: minutes)!.RuntimeMinutes);

    [Fact]
    public void A_rating_that_is_still_open_is_unknown() => Assert.Equal("", Facts(rating: "Open")!.Rating);
}
