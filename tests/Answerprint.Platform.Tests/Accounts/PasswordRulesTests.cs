using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Platform.Tests.Accounts;

public sealed class PasswordRulesTests
{
    private static readonly Account Person = new() { DisplayName = "Henrietta Projector", Email = "henrietta.p@studio.example" };

    [Theory]
    [InlineData("seven quiet reels of rain")]
    [InlineData("xK3vq0pLz9wm")]
    [InlineData("correct zebra staple hum")]
    [InlineData("雨の七つの静かなリール映写機")]
    [InlineData("henrietta owns four red umbrellas")]
    public void A_long_unusual_password_is_taken(string password) => Assert.Null(PasswordRules.Fault(Person, password));

    [Theory]
    [InlineData("", "needs 12")]
    [InlineData("elevenchars", "needs 12")]
    [InlineData("aaaaaaaaaaaaaaaa", "different characters")]
    [InlineData("abababababababab", "different characters")]
    [InlineData("password1234", "commonest")]
    [InlineData("Passw0rd!!!!", "commonest")]
    [InlineData("P@ssw0rd2026!", "commonest")]
    [InlineData("passwordpassword", "commonest")]
    [InlineData("qwertyuiop123", "commonest")]
    [InlineData("letmein-letmein", "commonest")]
    [InlineData("123456789012", "commonest")]
    [InlineData("abcdefghijklm", "commonest")]
    [InlineData("x1y2z3x1y2z3x1y2z3", "commonest")]
    [InlineData("correcthorsebatterystaple", "commonest")]
    [InlineData("henrietta2026", "own name")]
    [InlineData("ProjectorHenrietta1", "own name")]
    [InlineData("answerprint26!", "own name")]
    public void A_password_that_guessers_try_first_is_refused(string password, string reason) =>
        Assert.Contains(reason, PasswordRules.Fault(Person, password), StringComparison.Ordinal);

    [Fact]
    public void The_longest_password_has_256_characters()
    {
        var longest = string.Concat(Enumerable.Range(0, 64).Select(i => $"{i * 7919 % 1000:000}x"));
        Assert.Null(PasswordRules.Fault(Person, longest));
        Assert.Contains("limit is 256", PasswordRules.Fault(Person, longest + "y"), StringComparison.Ordinal);
    }
}
