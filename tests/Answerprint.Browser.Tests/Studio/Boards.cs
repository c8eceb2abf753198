using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Answerprint.Browser.Tests.Studio;

/// <summary>A board of variations, as a designer fills it.</summary>
internal static partial class Boards
{
    /// <summary>A new board from these pictures; on the board when it returns.</summary>
    public static async Task NewAsync(Visitor designer, string name, int drafts, string longSide, params string[] references)
    {
        await designer.Page.GotoAsync("/make/variations/new");
        foreach (var reference in references) await designer.Main.Locator($"#found .source[data-name='{reference}'] input").CheckAsync();
        await Assertions.Expect(designer.Main.Locator("[data-chosen-count]")).ToHaveTextAsync($"{references.Length} of 8");
        await designer.Main.GetByLabel("Long side").SelectOptionAsync(longSide);
        await designer.Main.GetByLabel("Drafts").FillAsync($"{drafts}");
        await designer.Main.GetByLabel("Name of the board").FillAsync(name);
        await designer.KeepPictureAsync("board-new");
        await designer.ClickAsync(AriaRole.Button, "Make drafts");
        await designer.Page.WaitForURLAsync(BoardAddress());
    }

    /// <summary>Its drafts.</summary>
    public static ILocator Drafts(Visitor designer) => designer.Main.Locator(".draft");

    /// <summary>Waits until every draft is there, without the page being loaded again.</summary>
    public static async Task SeeAllAsync(Visitor designer, int drafts)
    {
        await Assertions.Expect(designer.Main.Locator(".draft .pic a > img")).ToHaveCountAsync(drafts);
        await Assertions.Expect(designer.Main.Locator(".draft.waiting")).ToHaveCountAsync(0);
        await designer.SeePictureAsync(designer.Main.Locator(".draft .pic a > img").Last);
    }

    [GeneratedRegex("/make/variations/[0-9a-f-]{36}")]
    private static partial Regex BoardAddress();
}
