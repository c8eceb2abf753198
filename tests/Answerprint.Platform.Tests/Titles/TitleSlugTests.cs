using Answerprint.Platform.Titles.Contracts;
using FsCheck;
using FsCheck.Fluent;

namespace Answerprint.Platform.Tests.Titles;

public sealed class TitleSlugTests
{
    [Theory]
    [InlineData("King Kong", "king-kong")]
    [InlineData("Ben-Hur", "ben-hur")]
    [InlineData("1776", "1776")]
    [InlineData("Léon", "leon")]
    [InlineData("ÉLÉGANTE Ærø", "elegante-aero")]
    [InlineData("Dude, Where's My Car?", "dude-wheres-my-car")]
    [InlineData("Bill & Ted's Excellent Adventure", "bill-and-teds-excellent-adventure")]
    [InlineData("Chuck&Buck", "chuck-and-buck")]
    [InlineData("The Naked Gun 2½: The Smell of Fear", "the-naked-gun-2-1-2-the-smell-of-fear")]
    [InlineData("Alien³", "alien3")]
    [InlineData("Ri¢hie Ri¢h", "richie-rich")]
    [InlineData("...", "title")]
    [InlineData("東京物語", "title")]
    public void A_name_is_folded(string name, string slug) => Assert.Equal(slug, TitleSlug.From(name));

    [Fact]
    public void Any_text_gives_a_slug_of_the_promised_form() => Prop.ForAll<string>(name =>
    {
        var slug = TitleSlug.From(name ?? "");
        return slug.Length is > 0 and <= TitleSlug.MaxLength
            && slug.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
            && slug[0] != '-' && slug[^1] != '-' && !slug.Contains("--", StringComparison.Ordinal)
            && TitleSlug.From(slug) == slug;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Names_that_clash_take_the_year_then_a_number()
    {
        var taken = new HashSet<string>();
        string Take(string name, int? year)
        {
            var slug = TitleSlug.Unique(name, year, taken.Contains);
            Assert.True(taken.Add(slug));
            return slug;
        }
        Assert.Equal("king-kong", Take("King Kong", 1976));
        Assert.Equal("king-kong-2005", Take("King Kong", 2005));
        Assert.Equal("king-kong-2005-2", Take("King Kong!", 2005));
        Assert.Equal("king-kong-2", Take("King Kong", null));
        Assert.Equal("king-kong-3", Take("King Kong", null));
    }
}
