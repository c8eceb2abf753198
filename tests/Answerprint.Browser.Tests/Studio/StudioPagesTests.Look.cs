using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Answerprint.Browser.Tests.Studio;

/// <summary>A designer dresses a grey box, then a painted map.</summary>
public sealed partial class StudioPagesTests
{
    [BrowserFact]
    public async Task A_grey_box_and_a_painted_map_are_dressed_in_the_studios_own_pictures()
    {
        await using var owner = await studio.EnterAsync("look");
        await owner.Page.GotoAsync("/make/look");
        await DressAsync(owner, "wall", "brick");
        await owner.Main.GetByTitle(Turn()).ClickAsync();
        await Assertions.Expect(owner.Main.GetByText("turned by 90°")).ToBeVisibleAsync();
        // A low frame is dressed sooner.
        await SetAsync(owner, "Frame height", "4");
        await SetAsync(owner, "Sun height °", "50");
        await owner.ClickAsync(AriaRole.Button, "Undo (Ctrl Z)");
        await Assertions.Expect(owner.Main.GetByRole(AriaRole.Spinbutton, new() { Name = "Sun height °" })).ToHaveValueAsync("30");
        await MakeAsync(owner, 1);
        await owner.KeepPictureAsync("grey-box");

        await owner.ClickAsync(AriaRole.Button, "Painted map");
        await owner.ClickAsync(AriaRole.Button, "Paint ground");
        await owner.ClickAsync(AriaRole.Button, "Fill all");
        await owner.ClickAsync(AriaRole.Button, "Dress it");
        await Assertions.Expect(owner.Main.GetByText("“ground” has no references yet")).ToBeVisibleAsync();
        await DressAsync(owner, "ground", "moss");
        await MakeAsync(owner, 2);
        await owner.Main.GetByRole(AriaRole.Button, new() { Name = "Compare" }).Last.ClickAsync();
        await Assertions.Expect(owner.Main.GetByLabel("Wipe between Look 1 and Look 2")).ToBeVisibleAsync();
        await owner.KeepPictureAsync("painted-map");

        await owner.ClickAsync(AriaRole.Link, "Open the result");
        await owner.SeeAsync(AriaRole.Heading, "Look 2");
        await owner.SeeAsync(AriaRole.Link, "Who did what");
        await owner.SeeAsync(AriaRole.Button, "Make again");
        await owner.SeeAsync(AriaRole.Button, "Tint by origin");
        owner.ExpectNothingWrong();
    }

    private static async Task DressAsync(Visitor owner, string region, string reference)
    {
        await owner.Main.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{region}") }).First.ClickAsync();
        await owner.ClickAsync(AriaRole.Button, $"Use {reference}");
        await Assertions.Expect(owner.Main.GetByLabel("Metres wide", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static async Task SetAsync(Visitor owner, string label, string value)
    {
        var field = owner.Main.GetByRole(AriaRole.Spinbutton, new() { Name = label, Exact = true });
        await field.FillAsync(value);
        await field.PressAsync("Tab");
    }

    /// <summary>Has it dressed and waits for the picture in full.</summary>
    private static async Task MakeAsync(Visitor owner, int number)
    {
        await owner.ClickAsync(AriaRole.Button, "Dress it");
        await Assertions.Expect(owner.Main.Locator(".gb-version")).ToHaveCountAsync(number);
        await owner.SeePictureAsync(owner.Main.GetByRole(AriaRole.Img, new() { Name = $"Look {number}", Exact = true }));
    }

    [GeneratedRegex("^Turn it by 90°")]
    private static partial Regex Turn();
}
