using Microsoft.Playwright;

namespace Answerprint.Browser.Tests.Studio;

/// <summary>The library, and taking back from it.</summary>
public sealed partial class StudioPagesTests
{
    [BrowserFact]
    public async Task References_are_found_by_words_by_colour_by_look_and_by_a_picture_and_tagged_by_keys()
    {
        await using var librarian = await studio.EnterAsync("library");
        await librarian.Page.GotoAsync("/library");
        await librarian.SeePictureAsync(Card(librarian, "brick").Locator("img").First);
        await librarian.Main.GetByLabel("Words").FillAsync("moss");
        await librarian.ClickAsync(AriaRole.Button, "Find");
        await librarian.SeeAsync(Card(librarian, "moss"));
        await Assertions.Expect(Card(librarian, "brick")).ToHaveCountAsync(0);
        await librarian.Main.GetByLabel("Words").FillAsync("zeppelin");
        await librarian.ClickAsync(AriaRole.Button, "Find");
        await librarian.SeeAsync(AriaRole.Heading, "Nothing fits");
        await librarian.KeepPictureAsync("nothing");

        await librarian.Page.GotoAsync("/library");
        await librarian.Main.GetByRole(AriaRole.Link, new() { Name = "Red", Exact = true }).ClickAsync();
        await librarian.SeeAsync(librarian.Main.GetByRole(AriaRole.List, new() { Name = "Narrowed by" }).GetByText("Red"));
        await librarian.SeeAsync(Card(librarian, "brick"));
        await Assertions.Expect(Card(librarian, "moss")).ToHaveCountAsync(0);
        await Card(librarian, "brick").HoverAsync();
        await Card(librarian, "brick").GetByTitle("More like this").ClickAsync();
        await librarian.SeeAsync(librarian.Main.GetByText("nearest first: edges, colours"));
        await Assertions.Expect(librarian.Main.Locator(".ref").First).ToContainTextAsync("brick");
        await librarian.Main.Locator(".bylook input[type=file]").SetInputFilesAsync(studio.Stills[1]);
        await librarian.SeeAsync(librarian.Main.GetByText("The picture itself was not kept."));
        await Assertions.Expect(librarian.Main.Locator(".ref").First).ToContainTextAsync("moss");
        await librarian.KeepPictureAsync("by-a-picture");

        await librarian.Page.GotoAsync("/library?q=moss");
        await Card(librarian, "moss").Locator(".code").FocusAsync();
        await librarian.Page.Keyboard.PressAsync("x");
        await librarian.SeeAsync(librarian.Main.GetByText("1 selected"));
        await librarian.Page.Keyboard.PressAsync("t");
        await Assertions.Expect(librarian.Main.GetByLabel("Add tags")).ToBeFocusedAsync();
        await librarian.Main.GetByLabel("Add tags").FillAsync("bank, wet");
        await librarian.KeepPictureAsync("selected");
        await librarian.ClickAsync(AriaRole.Button, "Apply");
        await librarian.SeeAsync(librarian.Main.GetByText("The tags of 1 reference are changed."));
        await librarian.Page.GotoAsync("/library");
        await librarian.Main.GetByLabel("Narrow the library").GetByRole(AriaRole.Link, new() { Name = "wet" }).ClickAsync();
        await librarian.SeeAsync(Card(librarian, "moss"));
        await Assertions.Expect(Card(librarian, "window")).ToHaveCountAsync(0);
        librarian.ExpectNothingWrong();
    }

    [BrowserFact]
    public async Task A_source_is_taken_back_with_what_was_made_of_it_made_again_without_it_and_put_back()
    {
        await using var counsel = await studio.EnterAsync("withdraw");
        await Boards.NewAsync(counsel, "Bank by the quay", 1, "256", "moss", "window");
        var board = counsel.Page.Url;
        await Boards.SeeAllAsync(counsel, 1);
        var picture = await counsel.Main.Locator(".draft .pic a > img").GetAttributeAsync("src") ?? "";

        await counsel.Page.GotoAsync("/clearance/withdraw");
        await counsel.Main.GetByLabel("Find a source or an owner").FillAsync("moss");
        await counsel.Page.Keyboard.PressAsync("Enter");
        await counsel.Main.Locator(".reached").GetByRole(AriaRole.Link, new() { Name = "moss", Exact = true }).ClickAsync();
        await counsel.SeeAsync(AriaRole.Heading, "Withdraw “moss”?");
        await counsel.SeePictureAsync(counsel.Main.Locator(".litpicture .over").First);
        await counsel.KeepPictureAsync("preview");
        Assert.Equal(200, (await counsel.Page.APIRequest.GetAsync(picture)).Status);
        await counsel.Main.GetByLabel("Reason").FillAsync("The licence ended");
        await counsel.Main.Locator(".act").GetByRole(AriaRole.Button).ClickAsync();
        await counsel.SeeAsync(counsel.Main.GetByText("From this moment on nothing of it is served."));
        Assert.Equal(410, (await counsel.Page.APIRequest.GetAsync(picture)).Status);
        var withdrawal = new Uri(counsel.Page.Url).AbsolutePath;

        // The page shows by itself when the work is made again.
        await counsel.SeeAsync(counsel.Main.GetByRole(AriaRole.Link, new() { Name = "Review moss and 1 more" }).First);
        await counsel.KeepPictureAsync("withdrawn");
        await counsel.Main.GetByRole(AriaRole.Link, new() { Name = "Review moss and 1 more" }).First.ClickAsync();
        await counsel.SeeAsync(counsel.Main.GetByText("its attribution map names none of the withdrawn sources"));
        await counsel.SeePictureAsync(counsel.Main.Locator(".oldnew figure").Nth(1).Locator("img"));
        await counsel.KeepPictureAsync("side-by-side");
        await counsel.ClickAsync(AriaRole.Button, "Accept");
        await counsel.SeeAsync(counsel.Main.GetByText("Accepted. The new one stands in the old one's place."));

        await counsel.Page.GotoAsync(board);
        await Boards.SeeAllAsync(counsel, 1);
        Assert.NotEqual(picture, await counsel.Main.Locator(".draft .pic a > img").GetAttributeAsync("src"));

        await counsel.Page.GotoAsync(withdrawal);
        await counsel.ClickAsync(AriaRole.Button, "Undo");
        var dialog = counsel.Page.GetByRole(AriaRole.Dialog, new() { Name = "Undo the withdrawal" });
        await dialog.GetByLabel("Reason").FillAsync("It was another contract");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Undo the withdrawal" }).ClickAsync();
        await counsel.SeeAsync(counsel.Main.GetByText("Undone. What nothing else holds is active again."));
        Assert.Equal(200, (await counsel.Page.APIRequest.GetAsync(picture)).Status);
        await counsel.KeepPictureAsync("undone");
        counsel.ExpectNothingWrong();
    }

    private static ILocator Card(Visitor person, string name) => person.Main.Locator(".ref").Filter(new() { Has = person.Page.Locator($".code[title='{name}']") });
}
