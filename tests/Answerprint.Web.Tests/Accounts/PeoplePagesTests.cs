using System.Net;
using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Web.Tests.Accounts;

public sealed class PeoplePagesTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_owner_invites_a_person_who_sets_a_password_and_comes_in()
    {
        var owner = await server.SignInAsync([.. Roles.All]);
        var form = await owner.GetPageAsync("/system/people/new");
        using var invited = await owner.SubmitAsync(form, "form[action='/system/people']", "/system/people/new",
            ("name", "Nina New"), ("email", "nina@studio.example"), ("roles", Roles.Producer), ("roles", Roles.Artist));
        Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        var link = new Uri((await TestBrowser.ParseAsync(invited)).QuerySelector("input[readonly]")!.GetAttribute("value")!);
        Assert.Equal(server.Address.Authority, link.Authority);

        var person = server.NewBrowser();
        var setup = await person.GetPageAsync(link.AbsolutePath);
        Assert.Contains("nina@studio.example", setup.Body!.TextContent, StringComparison.Ordinal);
        using var done = await person.SubmitAsync(setup, "form.form", link.AbsolutePath, ("name", "Nina N. New"), ("password", "a quiet reel of rain"));
        Assert.Equal("/", done.Headers.Location!.OriginalString);
        Assert.Contains("producer, artist", (await person.GetPageAsync("/account")).Body!.TextContent, StringComparison.Ordinal);
        using var again = await server.NewBrowser().GetAsync(link.AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Contains("Nina N. New", (await owner.GetPageAsync("/system/people")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_owner_can_neither_be_closed_nor_stop_being_one()
    {
        var owner = await server.SignInAsync([.. Roles.All]);
        var path = $"/system/people/{await server.AccountAsync([.. Roles.All])}";
        var page = await owner.GetPageAsync(path);
        using var closed = await owner.SubmitAsync(page, $"form[action='{path}/close']", path);
        Assert.Equal(HttpStatusCode.Conflict, closed.StatusCode);
        using var lowered = await owner.SubmitAsync(page, $"form[action='{path}/roles']", path, ("roles", Roles.Viewer));
        Assert.Equal(HttpStatusCode.Conflict, lowered.StatusCode);
        Assert.Contains("last owner", await lowered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await owner.GetPageAsync(path);
    }

    [Fact]
    public async Task An_account_closes_and_opens_again()
    {
        var owner = await server.SignInAsync([.. Roles.All]);
        var id = await server.AccountAsync(Roles.Engineer, Roles.Viewer);
        var path = $"/system/people/{id}";
        using (await owner.SubmitAsync(await owner.GetPageAsync(path), $"form[action='{path}/close']", path))
        {
            var closed = await owner.GetPageAsync(path);
            Assert.Contains("Closed", closed.QuerySelector(".pill")!.TextContent, StringComparison.Ordinal);
            using var open = await owner.SubmitAsync(closed, $"form[action='{path}/reopen']", path);
        }
        await (await server.BrowserOfAsync(id)).GetPageAsync("/account");
    }

    [Fact]
    public async Task A_new_name_and_a_key_on_the_account_page()
    {
        var browser = await server.SignInAsync(Roles.Producer);
        using (await browser.SubmitAsync(await browser.GetPageAsync("/account"), "form[action='/account/name']", "/account", ("name", "Petra P.")))
        {
        }
        var page = await browser.GetPageAsync("/account");
        Assert.Equal("Petra P.", page.QuerySelector("#name")!.GetAttribute("value"));

        using var made = await browser.SubmitAsync(page, "form[action='/account/keys']", "/account", ("keyName", "Render farm"), ("scopes", Roles.Producer));
        var secret = (await TestBrowser.ParseAsync(made)).QuerySelector("input[readonly]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Authorization = new("Bearer", secret);
        using var me = await server.NewBrowser().Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        Assert.DoesNotContain(secret, (await browser.GetPageAsync("/account")).Source.Text, StringComparison.Ordinal);

        page = await browser.GetPageAsync("/account");
        using var revoked = await browser.SubmitAsync(page, "form[action='/account/keys/revoke']", "/account");
        Assert.Equal("/account?done=key-revoked", revoked.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_key_without_scopes_is_refused_beside_the_form()
    {
        var browser = await server.SignInAsync(Roles.Counsel);
        using var made = await browser.SubmitAsync(await browser.GetPageAsync("/account"), "form[action='/account/keys']", "/account", ("keyName", "None"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, made.StatusCode);
        Assert.Contains("at least one scope", await made.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewers_of_a_household_choose_add_edit_and_delete_profiles()
    {
        var browser = await server.SignInAsync(Roles.Viewer);
        var add = await browser.GetPageAsync("/watch/profiles/new");
        using (await browser.SubmitAsync(add, "form[action='/watch/profiles']", "/watch/profiles/new", ("name", "Children"), ("palette", "3")))
        {
        }
        var list = await browser.GetPageAsync("/watch/profiles?returnTo=%2Fwatch%2Ftitles");
        Assert.Equal(2, list.QuerySelectorAll("form[action='/watch/profiles/choose']").Length);
        using (var chosen = await browser.SubmitAsync(list, "form[action='/watch/profiles/choose']", "/watch/profiles"))
            Assert.Equal("/watch/titles", chosen.Headers.Location!.OriginalString);
        list = await browser.GetPageAsync("/watch/profiles");
        Assert.NotNull(list.QuerySelector("button[aria-current]"));

        var links = list.QuerySelectorAll("a[href^='/watch/profiles/']");
        var path = links[links.Length - 1].GetAttribute("href")!;
        using (await browser.SubmitAsync(await browser.GetPageAsync(path), $"form[action='{path}']", path, ("name", "Little ones"), ("palette", "5")))
        {
        }
        Assert.Contains("Little ones", (await browser.GetPageAsync("/watch/profiles")).Body!.TextContent, StringComparison.Ordinal);
        using (await browser.SubmitAsync(await browser.GetPageAsync(path), $"form[action='{path}/delete']", path))
        {
        }
        Assert.DoesNotContain("Little ones", (await browser.GetPageAsync("/watch/profiles")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_households_profile_cannot_be_chosen()
    {
        var browser = await server.SignInAsync(Roles.Viewer, Roles.Artist);
        var others = await server.ActorAsync([.. Roles.All]);
        var list = await browser.GetPageAsync("/watch/profiles");
        using var response = await browser.SubmitAsync(list, "form[action='/watch/profiles/choose']", "/watch/profiles", ("id", others.AccountId.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_page_links_only_where_its_reader_may_go()
    {
        var artist = await (await server.SignInAsync(Roles.Artist)).GetPageAsync("/account");
        Assert.Null(artist.QuerySelector("nav a[href='/system/people']"));
        var owner = await (await server.SignInAsync([.. Roles.All])).GetPageAsync("/account");
        Assert.NotNull(owner.QuerySelector("nav a[href='/system/people']"));
    }

    [Fact]
    public async Task Pages_have_no_inline_script_or_style()
    {
        var owner = await server.SignInAsync([.. Roles.All]);
        foreach (var path in new[] { "/account", "/system/people", "/system/people/new", "/watch/profiles", "/watch/profiles/new", "/sign-out" })
        {
            var page = await owner.GetPageAsync(path);
            Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src]), [onclick]"));
            Assert.Single(page.QuerySelectorAll("h1"));
        }
    }
}
