using Answerprint.Web.Verify;

namespace Answerprint.Web.Tests.Verify;

public sealed class StoryWordsTests
{
    [Theory]
    [InlineData("91.3143 % of the pixels; owner: The Answerprint authors; rights: StaffMade", "91.3 % of the pixels, owned by The Answerprint authors, staff-made.")]
    [InlineData("100 % of the pixels; owner: ; rights: Licensed", "100 % of the pixels, owned by somebody not stated, licensed.")]
    [InlineData("Somebody else's words; owner: them", "Somebody else's words; owner: them")]
    [InlineData("1e9 % of the pixels; owner: x; rights: y", "1e9 % of the pixels; owner: x; rights: y")]
    public void What_we_wrote_of_an_ingredient_is_a_sentence_and_what_others_wrote_stays(string written, string read) => Assert.Equal(read, StoryWords.Ingredient(written));

    [Theory]
    [InlineData("2026-11-22T02:25:08Z", "22 Nov 2026, 02:25 UTC")]
    [InlineData("last summer", "last summer")]
    public void A_time_is_read_where_it_is_one(string written, string read) => Assert.Equal(read, StoryWords.When(written));
}
