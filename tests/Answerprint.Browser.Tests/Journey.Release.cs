using Microsoft.Playwright;

namespace Answerprint.Browser.Tests;

/// <summary>Artwork from the footage, the wish to let it out, and a second person's answer.</summary>
internal sealed partial class Journey
{
    /// <summary>Gives the production its title and makes artwork for it; the board fills by itself. Returns the title's slug.</summary>
    public static async Task<string> MakeArtworkAsync(Visitor owner)
    {
        await owner.Page.GotoAsync("/make/artwork");
        await Assertions.Expect(owner.Main.GetByLabel($"Title of {Production}")).ToHaveValueAsync(Title);
        await owner.KeepPictureAsync("artwork-titles");
        await owner.ClickAsync(AriaRole.Button, "Add to the catalogue");
        await owner.SeeAsync(AriaRole.Heading, Title);
        var slug = new Uri(owner.Page.Url).Segments[^1];
        await owner.ClickAsync(AriaRole.Link, "Make artwork");
        foreach (var shape in new[] { "1:1", "21:9" }) await owner.Main.GetByRole(AriaRole.Checkbox, new() { Name = shape, Exact = true }).UncheckAsync();
        await owner.Main.GetByLabel("Variants").FillAsync("1");
        await owner.Main.GetByLabel("Performers in the picture").SelectOptionAsync("none");
        await owner.SeeAsync(AriaRole.Heading, "What Clearance would say");
        await owner.KeepPictureAsync("artwork-form");
        await owner.ClickAsync(AriaRole.Button, "Make artwork");
        await owner.SeePictureAsync(WithoutType(owner).Locator("img"));
        await owner.KeepPictureAsync("board");
        return slug;
    }

    /// <summary>Asks to let the picture out for marketing, and finds that nobody answers their own request: not on the page, not past it.</summary>
    public static async Task<string> AskForReleaseAsync(Visitor owner)
    {
        await WithoutType(owner).ClickAsync();
        await owner.SeePictureAsync(owner.Main.Locator(".canvas img").First);
        await owner.KeepPictureAsync("artwork");
        await owner.ClickAsync(AriaRole.Button, "Ask Clearance");
        await owner.SeeAsync(owner.Main.GetByText("Clearance was asked"));
        await owner.KeepPictureAsync("asked");

        await owner.Page.GotoAsync("/clearance");
        await owner.SeeAsync(owner.Main.GetByText("Nobody approves their own request"));
        await Assertions.Expect(owner.Main.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
        await owner.KeepPictureAsync("not-yours");
        var path = await owner.Main.GetByRole(AriaRole.Heading, new() { Level = 3 }).GetByRole(AriaRole.Link).GetAttributeAsync("href") ?? "";
        var token = await owner.Page.Locator("meta[name=request-token]").GetAttributeAsync("content") ?? "";
        var form = owner.Page.APIRequest.CreateFormData().Set("approve", "true").Set("comment", "mine").Set("__RequestVerificationToken", token);
        var refused = await owner.Page.APIRequest.PostAsync($"{path}/answer", new() { Form = form, MaxRedirects = 0 });
        Assert.Equal(409, refused.Status);
        return path;
    }

    /// <summary>Invites a second person, who sets a password by the one-time link, leaves, and signs in with it.</summary>
    public async Task<Visitor> InviteCounselAsync(Visitor owner)
    {
        await owner.Page.GotoAsync("/system/people");
        await owner.ClickAsync(AriaRole.Link, "Invite a person");
        await owner.Main.GetByLabel(NameField()).FillAsync("Clara Voss");
        await owner.Main.GetByLabel("E-mail address").FillAsync("clara@studio.example");
        await owner.Main.GetByRole(AriaRole.Checkbox, new() { Name = "Counsel" }).CheckAsync();
        await owner.ClickAsync(AriaRole.Button, "Make the link");
        var link = await owner.Main.GetByLabel("The one-time link").InputValueAsync();
        await owner.KeepPictureAsync("invited");

        var counsel = await Visitor.ArriveAsync(browser, server.Address, "counsel");
        await counsel.Page.GotoAsync(link);
        await counsel.Page.GetByLabel("Password").FillAsync(Password);
        await counsel.KeepPictureAsync("welcome");
        await counsel.Page.GetByRole(AriaRole.Button, new() { Name = "Set password and sign in" }).ClickAsync();
        await counsel.SeeAsync(AriaRole.Heading, "Hello, Clara");
        await counsel.Page.GetByLabel("Account: Clara Voss").ClickAsync();
        await counsel.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await counsel.Page.GotoAsync("/clearance");
        await counsel.Page.GetByLabel("E-mail address").FillAsync("clara@studio.example");
        await counsel.Page.GetByLabel("Password").FillAsync(Password);
        await counsel.KeepPictureAsync("sign-in");
        await counsel.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        return counsel;
    }

    /// <summary>Counsel finds the request where signing in led, and says yes.</summary>
    public static async Task ApproveAsync(Visitor counsel, string request)
    {
        await counsel.SeeAsync(AriaRole.Heading, "For you to answer");
        await counsel.KeepPictureAsync("queue");
        await counsel.Main.GetByLabel("Your reason").FillAsync("Within the campaign; nobody is shown.");
        await counsel.ClickAsync(AriaRole.Button, "Approve");
        await counsel.SeeAsync(counsel.Main.GetByText("Your answer is on record"));
        Assert.Contains(request, counsel.Page.Url, StringComparison.Ordinal);
        await counsel.KeepPictureAsync("approved");
    }

    /// <summary>The picture without type, which stands behind the title's words.</summary>
    private static ILocator WithoutType(Visitor person) => person.Main.GetByRole(AriaRole.Link, new() { Name = "Open 16:9, no type, variant 1" });
}
