using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Words;

namespace Answerprint.Platform.Tests.Library;

public sealed class WordListTests
{
    [Theory]
    [InlineData("Velvet COATS", "velvet coat")]
    [InlineData("kodim05.png", "kodim05 kodim 05 png")]
    [InlineData("théâtre Łódź ŒUVRE straße", "theatre lodz oeuvre strasse")]
    [InlineData("the\u0301a\u0302tre", "theatre")]
    [InlineData("glass bus ladies boxes shoes dies", "glass bus lady boxe shoes dy")]
    [InlineData("NLC_010_0020", "nlc 010 0020")]
    [InlineData("日本語 夜", "日本語 夜")]
    [InlineData("--- ,;", "")]
    public void A_text_has_these_words(string text, string words) => Assert.Equal(words, string.Join(' ', WordList.Of(text)));

    [Fact]
    public void Any_text_gives_short_plain_words()
    {
        var random = new Random(11);
        for (var round = 0; round < 2_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(80)).Select(_ => random.Next(4) == 0 ? (char)random.Next(0x10000) : (char)random.Next(32, 127))]);
            foreach (var word in WordList.Of(text))
            {
                Assert.InRange(word.Length, 1, WordList.MaxLength);
                Assert.DoesNotContain(word, char.IsWhiteSpace);
                Assert.Equal([word], WordList.Of(word).Take(1));
            }
        }
    }

    [Theory]
    [InlineData("  Night   Street ", "night street")]
    [InlineData("ÉTÉ", "été")]
    public void A_tag_is_written_one_way(string text, string tag)
    {
        Assert.True(Tag.TryParse(text, out var parsed));
        Assert.Equal(tag, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a,b")]
    [InlineData("a\u0007b")]
    [InlineData(null)]
    public void What_is_no_tag_is_refused(string? text)
    {
        Assert.False(Tag.TryParse(text, out var tag));
        Assert.Equal("", tag);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_tag() => Assert.False(Tag.TryParse("a" + (char)0xd800 + "b", out _));

    [Fact]
    public void A_list_says_which_is_no_tag()
    {
        Assert.Equal(["night", "wet street"], Tag.ParseList(" Night, wet  street,, night", out var none));
        Assert.Equal("", none);
        Tag.ParseList($"night, {new string('x', 99)}", out var problem);
        Assert.Contains("is no tag", problem, StringComparison.Ordinal);
    }
}
