using Microsoft.Playwright;

namespace Answerprint.Browser.Tests.Studio;

/// <summary>The pages that make, find and take back pictures, as people use them: real clicks and keys, the real worker, one server for all.</summary>
public sealed partial class StudioPagesTests(FurnishedStudio studio) : IClassFixture<FurnishedStudio>
{
    [BrowserFact]
    public async Task Drafts_come_in_by_themselves_and_are_kept_noted_compared_and_traced_to_their_pixels()
    {
        await using var designer = await studio.EnterAsync("variations");
        await Boards.NewAsync(designer, "Quay, dusk", 2, "256", "brick", "moss");
        await Boards.SeeAllAsync(designer, 2);
        await Assertions.Expect(designer.Main.Locator(".lede")).ToHaveTextAsync("2 drafts for Harbour lights.");

        var first = Boards.Drafts(designer).Nth(0);
        await first.FocusAsync();
        await designer.Page.Keyboard.PressAsync("k");
        await Assertions.Expect(first).ToHaveAttributeAsync("data-kept", "true");
        await Assertions.Expect(designer.Main.Locator("[data-count=kept]")).ToHaveTextAsync("1");
        await designer.Page.Keyboard.PressAsync("ArrowRight");
        await designer.Page.Keyboard.PressAsync("x");
        await Assertions.Expect(Boards.Drafts(designer).Nth(1)).ToHaveAttributeAsync("data-kept", "false");
        await designer.Page.Keyboard.PressAsync("u");
        await Assertions.Expect(Boards.Drafts(designer).Nth(1)).ToHaveAttributeAsync("data-kept", "");
        await designer.Page.Keyboard.PressAsync("n");
        await designer.Page.GetByRole(AriaRole.Dialog).GetByLabel("Note").FillAsync("More moss on the sill");
        await designer.Page.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();
        await designer.SeeAsync(designer.Main.GetByText("More moss on the sill"));
        await designer.KeepPictureAsync("board");
        await designer.Main.GetByRole(AriaRole.Button, new() { Name = "Kept" }).ClickAsync();
        await Assertions.Expect(Boards.Drafts(designer).Nth(1)).ToBeHiddenAsync();
        await designer.Main.GetByRole(AriaRole.Button, new() { Name = "All" }).ClickAsync();

        await first.FocusAsync();
        await designer.Page.Keyboard.PressAsync("c");
        await designer.Page.Keyboard.PressAsync("ArrowRight");
        await designer.Page.Keyboard.PressAsync("c");
        await designer.SeeAsync(AriaRole.Heading, "Compare two drafts");
        await designer.KeepPictureAsync("compare");
        await designer.Main.GetByRole(AriaRole.Link, new() { Name = "Open" }).First.ClickAsync();
        await designer.SeeAsync(AriaRole.Heading, "Quay, dusk, draft 1");
        await Assertions.Expect(designer.Page.Locator("a.nav[href='/make/variations']")).ToHaveAttributeAsync("aria-current", "page");

        await designer.SeePictureAsync(designer.Main.Locator(".lit .canvas > img").First);
        var panel = designer.Main.Locator("[data-pixel]");
        var before = await panel.BoundingBoxAsync();
        await designer.Main.Locator(".lit .canvas").FocusAsync();
        await designer.Page.Keyboard.PressAsync("ArrowDown");
        await designer.SeeAsync(panel.GetByText(FurnishedStudio.Owner).First);
        Assert.Equal(before!.Height, (await panel.BoundingBoxAsync())!.Height);
        await designer.ClickAsync(AriaRole.Button, "Tint by origin");
        await designer.SeePictureAsync(designer.Main.Locator("[data-overlay-image]"));
        await designer.KeepPictureAsync("result");
        await designer.ClickAsync(AriaRole.Button, "Make again");
        await designer.SeeAsync(designer.Main.GetByText("made again: the same pixels"));
        await designer.ClickAsync(AriaRole.Link, "Who did what");
        await designer.SeeAsync(designer.Main.GetByText("Kept it, alone of 2 drafts on the board."));
        await designer.KeepPictureAsync("authorship");
        designer.ExpectNothingWrong();
    }

    [BrowserFact]
    public async Task Pictures_chosen_before_the_script_arrives_are_chosen()
    {
        await using var designer = await studio.EnterAsync("early");
        var early = new TaskCompletionSource();
        await designer.Page.RouteAsync("**/lib/references-*.js", async route =>
        {
            await early.Task;
            await route.ContinueAsync();
        });
        await designer.Page.GotoAsync("/make/variations/new", new() { WaitUntil = WaitUntilState.Commit });
        await designer.Main.Locator("#found .source[data-name='moss'] input").CheckAsync();
        early.SetResult();
        await Assertions.Expect(designer.Main.Locator("[data-chosen-count]")).ToHaveTextAsync("1 of 8");
        await Assertions.Expect(designer.Main.Locator("[data-chosen] .source")).ToHaveCountAsync(1);
        designer.ExpectNothingWrong();
    }

    [BrowserFact]
    public async Task Drafts_that_are_not_wanted_are_stopped_all_at_once()
    {
        await using var designer = await studio.EnterAsync("stopped");
        await Boards.NewAsync(designer, "Too many", 12, "1024", "window");
        await designer.ClickAsync(AriaRole.Button, "Stop all");
        await Assertions.Expect(designer.Main.Locator(".draft.waiting")).ToHaveCountAsync(0);
        await designer.SeeAsync(designer.Main.Locator(".draft .blank").GetByText("Stopped").Last);
        await Assertions.Expect(designer.Main.GetByRole(AriaRole.Button, new() { Name = "Stop all" })).ToBeHiddenAsync();
        await designer.KeepPictureAsync("board");
        designer.ExpectNothingWrong();
    }

    [BrowserFact]
    public async Task A_plate_is_painted_on_filled_and_shown_before_and_after()
    {
        await using var artist = await studio.EnterAsync("repair");
        await artist.Page.GotoAsync("/make/repair");
        await artist.Main.Locator(".plate").Filter(new() { HasText = "window" }).First.ClickAsync();
        await artist.SeePictureAsync(artist.Main.Locator("img[data-backdrop]"));
        await artist.ClickAsync(AriaRole.Button, "Fill");
        var state = artist.Main.Locator("[data-paint-state]");
        await Assertions.Expect(state).ToContainTextAsync("Nothing is painted yet");
        await Assertions.Expect(state).ToBeInViewportAsync();

        var plate = (await artist.Main.Locator(".paintstage canvas").BoundingBoxAsync())!;
        await StrokeAsync(artist, plate, (0.30, 0.30), (0.34, 0.50));
        await Assertions.Expect(state).ToContainTextAsync("1 stroke,");
        await artist.ClickAsync(AriaRole.Button, "Lasso");
        await StrokeAsync(artist, plate, (0.70, 0.70), (0.85, 0.72), (0.82, 0.90), (0.70, 0.88));
        await Assertions.Expect(state).ToContainTextAsync("2 strokes,");
        await artist.ClickAsync(AriaRole.Button, "Undo");
        await Assertions.Expect(state).ToContainTextAsync("1 stroke,");
        await artist.ClickAsync(AriaRole.Button, "Redo");
        await Assertions.Expect(state).ToContainTextAsync("2 strokes,");
        await artist.KeepPictureAsync("painted");
        await artist.Main.Locator("form.repair").GetByRole(AriaRole.Button, new() { Name = "Fill", Exact = true }).Last.ClickAsync();
        await artist.SeeAsync(AriaRole.Heading, "Before and after");
        await artist.SeePictureAsync(artist.Main.Locator(".wipe img.after"));
        await artist.SeeAsync(artist.Main.GetByText("painted by Olga Lind in 2 strokes"));
        await artist.KeepPictureAsync("filled");

        await artist.Page.GotoAsync("/make/repair");
        await artist.Main.Locator(".plate").Filter(new() { HasText = "brick" }).First.ClickAsync();
        await artist.Main.GetByRole(AriaRole.Link, new() { Name = "Extend" }).ClickAsync();
        await artist.ClickAsync(AriaRole.Button, "16:9");
        await Assertions.Expect(artist.Main.Locator("[data-framing-state]")).ToContainTextAsync("228 × 128 pixels");
        await artist.Main.GetByRole(AriaRole.Link, new() { Name = "Retarget" }).ClickAsync();
        await artist.ClickAsync(AriaRole.Button, "1:1");
        await Assertions.Expect(artist.Main.Locator("[data-framing-state]")).ToContainTextAsync("128 × 128 pixels");
        await artist.KeepPictureAsync("retarget");
        await artist.Main.Locator("form.repair").GetByRole(AriaRole.Button, new() { Name = "Retarget", Exact = true }).ClickAsync();
        await artist.SeeAsync(AriaRole.Heading, "Before and after");
        artist.ExpectNothingWrong();
    }

    private static async Task StrokeAsync(Visitor artist, LocatorBoundingBoxResult plate, params (double X, double Y)[] along)
    {
        var mouse = artist.Page.Mouse;
        var points = Array.ConvertAll(along, point => ((float)(plate.X + plate.Width * point.X), (float)(plate.Y + plate.Height * point.Y)));
        await mouse.MoveAsync(points[0].Item1, points[0].Item2);
        await mouse.DownAsync();
        foreach (var (x, y) in points.AsSpan(1).ToArray()) await mouse.MoveAsync(x, y, new() { Steps = 6 });
        await mouse.UpAsync();
    }
}
