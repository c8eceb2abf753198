using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Answerprint.Browser.Tests.Studio;

/// <summary>One server for the tests of the studio's pages: an owner, a production, and three pictures that were brought in by the page for it.</summary>
public sealed partial class FurnishedStudio : IAsyncLifetime
{
    public const string Owner = "The Harbour studio";
    private RunningServer? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _signedIn = "";

    internal IReadOnlyList<string> Stills { get; private set; } = [];

    internal IBrowser Browser => _browser!;

    public async Task InitializeAsync()
    {
        // Where the browser is missing the tests are skipped, and nothing is to be started.
        if (new BrowserFactAttribute().Skip is not null) return;
        _server = await RunningServer.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFactAttribute.Chromium, Args = Journey.Flags, Timeout = Visitor.Patience });
        Assertions.SetDefaultExpectTimeout(Visitor.Patience);
        await using var owner = await new Journey(_server, _browser).OwnTheHouseAsync();
        await owner.ClickAsync(AriaRole.Link, "Create a production");
        await owner.Main.GetByLabel(NameField()).FillAsync("Harbour lights");
        await owner.Main.GetByLabel(CodeField()).FillAsync("HBR");
        await owner.ClickAsync(AriaRole.Button, "Create");
        await owner.SeeAsync(AriaRole.Heading, "Harbour lights");
        Stills = await Studio.Stills.DrawAsync(_server.Data);
        await BringInAsync(owner);
        owner.ExpectNothingWrong();
        _signedIn = await owner.RememberAsync();
    }

    /// <summary>The owner, at a browser of their own.</summary>
    internal Task<Visitor> EnterAsync(string test) => Visitor.ArriveAsync(Browser, _server!.Address, test, _signedIn);

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>The folder, with whose it is and what may be done with it; the page tells by itself when all of it is there.</summary>
    private async Task BringInAsync(Visitor owner)
    {
        await owner.Page.GotoAsync("/library");
        await owner.SeeAsync(AriaRole.Heading, "The library is empty");
        await owner.ClickAsync(AriaRole.Link, "Bring in a folder");
        await owner.Main.GetByLabel("Drop a folder, or choose files").SetInputFilesAsync(Stills);
        foreach (var file in await owner.Main.GetByRole(AriaRole.Listitem).AllAsync()) await Assertions.Expect(file).ToHaveAttributeAsync("data-state", "done");
        await owner.Main.GetByLabel(RightsField()).SelectOptionAsync("StaffMade");
        await owner.Main.GetByLabel(OwnerField()).FillAsync(Owner);
        await owner.Main.GetByLabel(PerformersField()).SelectOptionAsync("None");
        await owner.Main.GetByLabel(TagsField()).FillAsync("harbour");
        await owner.KeepPictureAsync("import");
        await owner.ClickAsync(AriaRole.Button, "Bring in");
        await owner.SeeAsync(owner.Main.GetByText("All of it is here"));
        await Assertions.Expect(owner.Main.GetByText("Done", new() { Exact = true })).ToHaveCountAsync(Stills.Count);
        await owner.KeepPictureAsync("imported");
    }

    [GeneratedRegex("^Name")]
    private static partial Regex NameField();

    [GeneratedRegex("^Code")]
    private static partial Regex CodeField();

    [GeneratedRegex("^Rights")]
    private static partial Regex RightsField();

    [GeneratedRegex("^Owner")]
    private static partial Regex OwnerField();

    [GeneratedRegex("^Performers")]
    private static partial Regex PerformersField();

    [GeneratedRegex("^Tags")]
    private static partial Regex TagsField();
}
