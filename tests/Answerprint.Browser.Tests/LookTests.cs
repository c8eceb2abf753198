using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Answerprint.Browser.Tests;

/// <summary>A designer dresses a grey box, then a painted map, in the studio's own footage.</summary>
public sealed partial class LookTests
{
    [BrowserFact]
    public async Task A_grey_box_and_a_painted_map_become_pictures_of_the_houses_own_footage()
    {
        await using var server = await RunningServer.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFactAttribute.Chromium, Args = Journey.Flags, Timeout = Visitor.Patience });
        Assertions.SetDefaultExpectTimeout(Visitor.Patience);
        var journey = new Journey(server, browser);
        await using var owner = await journey.OwnTheHouseAsync();
        await Journey.PlanAsync(owner);
        await journey.BringInAsync(owner);

        await owner.Page.GotoAsync("/make/look");
        await DressAsync(owner, "wall");
        await owner.Main.GetByTitle(Turn()).ClickAsync();
        await Assertions.Expect(owner.Main.GetByText("turned by 90°")).ToBeVisibleAsync();
        // A narrow frame is dressed sooner.
        await SetAsync(owner, "Frame height", "4");
        await SetAsync(owner, "Sun height °", "50");
        await owner.ClickAsync(AriaRole.Button, "Undo (Ctrl Z)");
        await Assertions.Expect(owner.Main.GetByLabel("Sun height °")).ToHaveValueAsync("30");
        await MakeAsync(owner, 1);
        await owner.KeepPictureAsync("look-of-a-grey-box");

        await owner.ClickAsync(AriaRole.Button, "Painted map");
        await owner.ClickAsync(AriaRole.Button, "Paint ground");
        await owner.ClickAsync(AriaRole.Button, "Fill all");
        await owner.ClickAsync(AriaRole.Button, "Dress it");
        await Assertions.Expect(owner.Main.GetByText("“ground” has no references yet")).ToBeVisibleAsync();
        await DressAsync(owner, "ground");
        await MakeAsync(owner, 2);
        await owner.ClickAsync(AriaRole.Button, "Compare");
        await owner.KeepPictureAsync("look-of-a-painted-map");

        await owner.ClickAsync(AriaRole.Link, "Open the result");
        await owner.SeeAsync(AriaRole.Heading, "Look 2");
        await owner.SeeAsync(AriaRole.Link, "Who did what");
        await owner.SeeAsync(AriaRole.Button, "Make again");
        await owner.SeeAsync(AriaRole.Button, "Tint by origin");
        var wrong = string.Join('\n', owner.Wrong);
        Assert.True(wrong.Length == 0, wrong);
    }

    private static async Task DressAsync(Visitor owner, string region)
    {
        await owner.Main.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{region}") }).First.ClickAsync();
        await owner.Main.GetByRole(AriaRole.Button, new() { NameRegex = Use() }).First.ClickAsync();
        await Assertions.Expect(owner.Main.GetByLabel("Metres wide", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static async Task SetAsync(Visitor owner, string label, string value)
    {
        await owner.Main.GetByLabel(label).FillAsync(value);
        await owner.Main.GetByLabel(label).PressAsync("Tab");
    }

    /// <summary>Has it dressed and waits for the picture in full.</summary>
    private static async Task MakeAsync(Visitor owner, int number)
    {
        await owner.ClickAsync(AriaRole.Button, "Dress it");
        await Assertions.Expect(owner.Main.Locator(".gb-version")).ToHaveCountAsync(number, new() { Timeout = Visitor.Patience });
        await owner.SeePictureAsync(owner.Main.GetByRole(AriaRole.Img, new() { Name = $"Look {number}", Exact = true }));
    }

    [GeneratedRegex("^Turn it by 90°")]
    private static partial Regex Turn();

    [GeneratedRegex("^Use ")]
    private static partial Regex Use();
}
