using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Answerprint.Browser.Tests.Studio;

/// <summary>A building in a plate: drawn, undone, looked at as it roughly falls, made, and seen.</summary>
public sealed partial class StudioPagesTests
{
    private static readonly (double X, double Y)[] House = [(40, 20), (96, 14), (96, 104), (40, 104)];

    [BlenderBrowserFact]
    public async Task A_building_is_outlined_looked_at_and_brought_down()
    {
        await using var supervisor = await studio.EnterAsync("collapse");
        await OpenPlateAsync(supervisor, "brick");
        var outline = supervisor.Main.Locator("svg .cp-building.cp-line");
        var points = supervisor.Main.Locator("svg .cp-grip.cp-building");
        await OutlineAsync(supervisor, House);
        await Assertions.Expect(points).ToHaveCountAsync(4);
        await Assertions.Expect(outline).ToHaveAttributeAsync("d", new Regex("Z$"));

        // By keys: to the second point, ten pixels down and one to the left, and gone; then all of it back.
        foreach (var key in new[] { "]", "]", "Shift+ArrowDown", "ArrowLeft" }) await supervisor.Page.Keyboard.PressAsync(key);
        await Assertions.Expect(supervisor.Page.Locator("#announcer")).ToHaveTextAsync("Point 2 of 4: 95 across, 24 down");
        await supervisor.Page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(points).ToHaveCountAsync(3);
        foreach (var _ in new[] { 1, 2, 3 }) await supervisor.Page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(points).ToHaveCountAsync(4);

        // What was drawn survives the page being loaded again.
        await supervisor.Page.ReloadAsync();
        await Assertions.Expect(points).ToHaveCountAsync(4);
        await supervisor.KeepPictureAsync("drawn");

        await supervisor.ClickAsync(AriaRole.Button, "Rough fall");
        await supervisor.SeeAsync(supervisor.Main.GetByText("not the simulation"));
        await supervisor.KeepPictureAsync("rough");
        await supervisor.ClickAsync(AriaRole.Button, "Plate");
        await supervisor.Main.GetByText("Blast", new() { Exact = true }).ClickAsync();
        await supervisor.ClickAsync(AriaRole.Button, "Break");
        await ClickAsync(supervisor, (60, 70));

        await supervisor.Main.Locator("[name=frames]").FillAsync("7");
        await supervisor.Main.Locator("[name=start]").FillAsync("3");
        await supervisor.Main.GetByText("Pieces and strength").ClickAsync();
        await supervisor.Main.Locator("[name=pieces]").FillAsync("12");
        await supervisor.Page.Keyboard.PressAsync("Tab");
        await supervisor.ClickAsync(AriaRole.Button, "Make a draft");
        await Assertions.Expect(supervisor.Main.Locator("[data-asks]")).ToHaveTextAsync("Answer each with yes or no, then make it.");
        foreach (var question in await supervisor.Main.Locator(".cp-question").AllAsync()) await question.GetByText("No", new() { Exact = true }).ClickAsync();
        await supervisor.ClickAsync(AriaRole.Button, "Make a draft");
        await supervisor.Page.WaitForURLAsync(CollapseJob());
        await supervisor.SeeAsync(supervisor.Main.Locator("[data-island=shotwipe] video[data-after]"));
        await Assertions.Expect(supervisor.Main.Locator("[data-clock]")).ToContainTextAsync(" of 7");
        await supervisor.Main.Locator("[data-step=forward]").ClickAsync();
        await supervisor.Main.Locator("[data-frame]").FillAsync("7");
        await Assertions.Expect(supervisor.Main.Locator("[data-account]")).ToContainTextAsync("rendered");
        await supervisor.KeepPictureAsync("made");

        await supervisor.Main.GetByRole(AriaRole.Link, new() { Name = "Again with other settings" }).ClickAsync();
        await Assertions.Expect(supervisor.Main.Locator("[name=pieces]")).ToHaveValueAsync("12");
        await Assertions.Expect(points).ToHaveCountAsync(4);
        await Assertions.Expect(supervisor.Main.Locator("[name=kind][value=blast]")).ToBeCheckedAsync();
        await Assertions.Expect(supervisor.Main.Locator("[data-island=collapse]")).ToHaveAttributeAsync("data-scene", new Regex("\"point\":\\[\\[(59.5|60|60.5),(69.5|70|70.5)\\]\\]"));
        supervisor.ExpectNothingWrong();
    }

    [BrowserFact]
    public async Task A_block_seen_at_an_angle_gets_its_faces_and_a_blast_its_place()
    {
        await using var supervisor = await studio.EnterAsync("collapse-angle");
        await OpenPlateAsync(supervisor, "window");
        await OutlineAsync(supervisor, [(40, 20), (96, 14), (112, 30), (112, 98), (88, 104), (40, 100)]);
        await supervisor.ClickAsync(AriaRole.Button, "Camera");
        await supervisor.Main.Locator("[name=horizon]").FillAsync("62");
        await supervisor.Page.Keyboard.PressAsync("Tab");
        await supervisor.ClickAsync(AriaRole.Button, "Faces");
        // From the roof down: what is closed begins with its foot nevertheless.
        await OutlineAsync(supervisor, [(88, 20), (40, 26), (40, 100), (88, 104)]);
        await supervisor.ClickAsync(AriaRole.Button, "Side's far corner");
        await ClickAsync(supervisor, (112, 98));
        var depth = supervisor.Main.Locator("[name=depth]");
        await Assertions.Expect(depth).Not.ToBeEditableAsync();
        await supervisor.ClickAsync(AriaRole.Button, "Ridge");
        await ClickAsync(supervisor, (52, 14));
        await supervisor.SeeAsync(supervisor.Main.GetByRole(AriaRole.Button, new() { Name = "A ridge has two ends" }));
        await ClickAsync(supervisor, (100, 12));
        await Assertions.Expect(supervisor.Main.Locator("svg .cp-grip.cp-face")).ToHaveCountAsync(7);
        await Assertions.Expect(supervisor.Main.Locator(".cp-problem")).ToHaveCountAsync(0);
        await supervisor.KeepPictureAsync("faces");

        await supervisor.Main.GetByText("Blast", new() { Exact = true }).ClickAsync();
        await supervisor.ClickAsync(AriaRole.Button, "Break");
        await ClickAsync(supervisor, (60, 60));
        await supervisor.SeeAsync(supervisor.Main.Locator("svg .cp-reach"));
        await supervisor.Page.ReloadAsync();
        await supervisor.SeeAsync(supervisor.Main.Locator("svg .cp-reach"));
        using var kept = JsonDocument.Parse(await supervisor.Page.EvaluateAsync<string>("() => Object.entries(localStorage).find(([key, value]) => key.startsWith('answerprint.collapse.') && value.includes('ridge'))[1]"));
        var (building, failure) = (kept.RootElement.GetProperty("scene").GetProperty("building"), kept.RootElement.GetProperty("scene").GetProperty("failure"));
        (int X, int Y)[] Places(JsonElement from, string name) => [.. from.GetProperty(name).EnumerateArray().Select(point => ((int)Math.Round(point[0].GetDouble()), (int)Math.Round(point[1].GetDouble())))];
        Assert.Equal([(40, 100), (88, 104), (88, 20), (40, 26)], Places(building, "front"));
        Assert.Equal([(112, 98)], Places(building, "side"));
        Assert.Equal([(52, 14), (100, 12)], Places(building, "ridge"));
        Assert.Equal([(60, 60)], Places(failure, "point"));

        await supervisor.ClickAsync(AriaRole.Button, "Rough fall");
        await supervisor.SeeAsync(supervisor.Main.GetByText("not the simulation"));
        await supervisor.KeepPictureAsync("faces-rough");
        await supervisor.ClickAsync(AriaRole.Button, "Faces");
        await supervisor.ClickAsync(AriaRole.Button, "Remove faces");
        await Assertions.Expect(depth).ToBeEditableAsync();
        supervisor.ExpectNothingWrong();
    }

    [BrowserFact]
    public async Task An_outline_that_crosses_itself_and_a_foot_above_the_horizon_are_said_before_anything_is_sent()
    {
        await using var supervisor = await studio.EnterAsync("collapse-wrong");
        await OpenPlateAsync(supervisor, "moss");
        await supervisor.ClickAsync(AriaRole.Button, "Make a draft");
        await Assertions.Expect(supervisor.Main.Locator("[data-says]")).ToContainTextAsync("Click the corners of the building");
        await OutlineAsync(supervisor, [House[0], House[2], House[1], House[3]]);
        await supervisor.SeeAsync(supervisor.Main.GetByRole(AriaRole.Button, new() { Name = "The outline crosses itself here" }));
        await supervisor.ClickAsync(AriaRole.Button, "Make a draft");
        await Assertions.Expect(supervisor.Main.Locator("[data-says]")).ToContainTextAsync("crosses itself");
        await supervisor.ClickAsync(AriaRole.Button, "Start over");
        await OutlineAsync(supervisor, House);
        await supervisor.ClickAsync(AriaRole.Button, "Camera");
        await supervisor.Main.Locator("[name=horizon]").FillAsync("95");
        await supervisor.Page.Keyboard.PressAsync("Tab");
        await supervisor.SeeAsync(supervisor.Main.GetByRole(AriaRole.Button, new() { Name = "The foot lies above the horizon" }));
        await supervisor.KeepPictureAsync("horizon");
        supervisor.ExpectNothingWrong();
    }

    private static async Task OpenPlateAsync(Visitor supervisor, string name)
    {
        await supervisor.Page.GotoAsync("/make/collapse");
        await supervisor.Main.Locator(".plate").Filter(new() { HasText = name }).First.ClickAsync();
        await supervisor.SeePictureAsync(supervisor.Main.Locator("img[data-picture]"));
        await supervisor.SeeAsync(supervisor.Main.Locator("svg[data-drawing] .cp-edge"));
    }

    /// <summary>Clicks the corners, in pixels of a plate of 192 by 128, and closes by the key.</summary>
    private static async Task OutlineAsync(Visitor supervisor, (double X, double Y)[] corners)
    {
        foreach (var corner in corners) await ClickAsync(supervisor, corner);
        await supervisor.Page.Keyboard.PressAsync("Enter");
    }

    private static async Task ClickAsync(Visitor supervisor, (double X, double Y) at)
    {
        var plate = (await supervisor.Main.Locator("img[data-picture]").BoundingBoxAsync())!;
        await supervisor.Page.Mouse.ClickAsync((float)(plate.X + plate.Width * at.X / 192), (float)(plate.Y + plate.Height * at.Y / 128));
    }

    [GeneratedRegex("/make/collapse/jobs/[0-9a-f-]{36}")]
    private static partial Regex CollapseJob();
}
