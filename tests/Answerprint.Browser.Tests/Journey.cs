using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Answerprint.Browser.Tests;

/// <summary>The first hours of a studio: a person sets the house up, brings a shot in and sends it to review.</summary>
internal sealed partial class Journey(RunningServer server, IBrowser browser)
{
    public const string Production = "LMP";
    public const string Title = "Lamplight";
    public const string Password = "three lamps over the harbour";
    private const string Shot = $"{Production}_010_0010";

    public static string[] Flags { get; } =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>The first visit leads to the set-up of the owner, whatever page was meant.</summary>
    public async Task<Visitor> OwnTheHouseAsync()
    {
        var owner = await Visitor.ArriveAsync(browser, server.Address, "owner");
        await owner.Page.GotoAsync("/productions");
        await owner.SeeAsync(owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Make it yours" }));
        await owner.Page.GetByLabel("Your name").FillAsync("Olga Lind");
        await owner.Page.GetByLabel("E-mail address").FillAsync("olga@studio.example");
        await owner.Page.GetByLabel("Password").FillAsync(Password);
        await owner.KeepPictureAsync("set-up");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await owner.SeeAsync(AriaRole.Heading, "Hello, Olga");
        await owner.KeepPictureAsync("home");
        return owner;
    }

    /// <summary>The first stop of the keyboard jumps over the navigation, and every stop shows where it is.</summary>
    public static async Task GoByKeyboardAsync(Visitor person)
    {
        await person.Page.ReloadAsync();
        await person.TabAsync(1);
        var skip = person.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });
        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync();
        await person.TabAsync(8);
        await skip.FocusAsync();
        await person.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(person.Main).ToBeFocusedAsync();
    }

    /// <summary>A production with one shot.</summary>
    public static async Task PlanAsync(Visitor owner)
    {
        await owner.ClickAsync(AriaRole.Link, "Create a production");
        await owner.Main.GetByLabel(NameField()).FillAsync(Title);
        await owner.Main.GetByLabel(CodeField()).FillAsync(Production);
        await owner.ClickAsync(AriaRole.Button, "Create");
        await owner.SeeAsync(AriaRole.Heading, Title);
        await owner.KeepPictureAsync("production-empty");

        await owner.ClickAsync(AriaRole.Button, "Add shot");
        var dialog = owner.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a shot" });
        await dialog.GetByLabel(ShotField()).FillAsync("0010");
        await dialog.GetByLabel("Name of a new scene").FillAsync("Harbour, evening");
        await dialog.GetByLabel("What is seen").FillAsync("The lamp crosses the bay");
        await owner.KeepPictureAsync("add-shot");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add shot" }).ClickAsync();
        await owner.ClickAsync(AriaRole.Link, Shot);
        await owner.SeeAsync(AriaRole.Heading, "The lamp crosses the bay");
    }

    /// <summary>The shot's footage, uploaded and looked through by the worker; the page says so by itself.</summary>
    public async Task BringInAsync(Visitor owner)
    {
        var clip = await Footage.DrawAsync(server.Data);
        await owner.ClickAsync(AriaRole.Button, "Bring in footage");
        var dialog = owner.Page.GetByRole(AriaRole.Dialog, new() { Name = $"A new version of {Shot}" });
        await dialog.GetByLabel("Drop footage and stills, or choose files").SetInputFilesAsync(clip);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Listitem)).ToHaveAttributeAsync("data-state", "done", new() { Timeout = Visitor.Patience });
        await dialog.GetByLabel("Rights").SelectOptionAsync("StaffMade");
        await dialog.GetByLabel("Owner").FillAsync("The Lamplight studio");
        await dialog.GetByLabel("Performers").SelectOptionAsync("None");
        await owner.KeepPictureAsync("bring-in");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Bring in" }).ClickAsync();
        await owner.KeepPictureAsync("ingest");
        await owner.SeeAsync(AriaRole.Heading, "Review v001");
        await owner.KeepPictureAsync("version");
    }

    /// <summary>Whoever made a version sends it to review and cannot approve it.</summary>
    public static async Task SendToReviewAsync(Visitor owner)
    {
        await owner.ClickAsync(AriaRole.Button, "Send to review");
        await owner.SeeAsync(owner.Main.GetByText("In review", new() { Exact = true }).First);
        await Assertions.Expect(owner.Main.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
        await owner.KeepPictureAsync("in-review");
    }

    [GeneratedRegex("^Name")]
    private static partial Regex NameField();

    [GeneratedRegex("^Code")]
    private static partial Regex CodeField();

    [GeneratedRegex("^Shot")]
    private static partial Regex ShotField();
}
