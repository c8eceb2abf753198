using Microsoft.Playwright;

namespace Answerprint.Browser.Tests;

/// <summary>The whole loop as people walk it: a real browser, the real server, its real worker.</summary>
public sealed class JourneyTests
{
    [BrowserFact]
    public async Task From_an_empty_house_to_a_signed_picture_that_a_viewer_sees_and_anybody_can_check()
    {
        await using var server = await RunningServer.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFactAttribute.Chromium, Args = Journey.Flags, Timeout = Visitor.Patience });
        Assertions.SetDefaultExpectTimeout(Visitor.Patience);
        var journey = new Journey(server, browser);

        await using var owner = await journey.OwnTheHouseAsync();
        await Journey.GoByKeyboardAsync(owner);
        await Journey.PlanAsync(owner);
        await journey.BringInAsync(owner);
        await Journey.SendToReviewAsync(owner);
        var slug = await Journey.MakeArtworkAsync(owner);
        var request = await Journey.AskForReleaseAsync(owner);

        await using var counsel = await journey.InviteCounselAsync(owner);
        await Journey.ApproveAsync(counsel, request);

        await Journey.WatchAsync(owner, slug);
        await journey.CheckCredentialAsync(owner);
        var wrong = string.Join('\n', owner.Wrong.Concat(counsel.Wrong));
        Assert.True(wrong.Length == 0, wrong);
    }
}
