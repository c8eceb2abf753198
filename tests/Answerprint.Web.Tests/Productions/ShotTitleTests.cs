using Answerprint.Web.Productions;

namespace Answerprint.Web.Tests.Productions;

public sealed class ShotTitleTests
{
    [Theory]
    [InlineData("The street. Locked off, 30 mm.", "The street", "Locked off, 30 mm.")]
    [InlineData("The lamp crosses the bay", "The lamp crosses the bay", "")]
    [InlineData("A boat at 3.5 knots. Fog.", "A boat at 3.5 knots", "Fog.")]
    [InlineData("Fog. Nothing else is seen.", "", "Fog. Nothing else is seen.")]
    [InlineData("", "", "")]
    [InlineData("  The coat\nTeal velvet", "The coat", "Teal velvet")]
    [InlineData("Everything that can be seen from the harbour wall on a clear evening in late October", "", "Everything that can be seen from the harbour wall on a clear evening in late October")]
    public void A_short_first_sentence_is_the_title_and_the_rest_stands_below(string description, string title, string rest) =>
        Assert.Equal((title, rest), (ShotTitle.Of(description), ShotTitle.Rest(description)));
}
