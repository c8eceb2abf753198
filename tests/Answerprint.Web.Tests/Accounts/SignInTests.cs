using System.Net;
using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Web.Tests.Accounts;

public sealed class SignInTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Form = "form[action='/sign-in']";

    [Fact]
    public async Task The_right_password_opens_a_session_and_goes_back_to_the_page_that_was_asked_for()
    {
        var browser = server.NewBrowser();
        using var response = await SignInAsync(browser, TestServer.OwnerEmail, TestServer.OwnerPassword, "/sign-in?returnTo=%2Faccount%3Fdone%3Drenamed");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("/account?done=renamed", response.Headers.Location!.OriginalString);
        var page = await browser.GetPageAsync("/account");
        Assert.Contains(TestServer.OwnerEmail, page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_cookie_is_for_this_site_and_not_for_scripts()
    {
        using var response = await SignInAsync(server.NewBrowser(), TestServer.OwnerEmail, TestServer.OwnerPassword);
        var cookie = response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("answerprint.session=ey", StringComparison.Ordinal) || value.StartsWith("answerprint.session=CfDJ", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(TestServer.OwnerEmail, "not the password at all")]
    [InlineData("nobody@studio.example", TestServer.OwnerPassword)]
    [InlineData("", "")]
    public async Task Wrong_words_get_one_answer_whatever_is_wrong(string email, string password)
    {
        using var response = await SignInAsync(server.NewBrowser(), email, password);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var page = await TestBrowser.ParseAsync(response);
        Assert.Contains("do not belong together", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("\\\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task A_session_never_begins_with_a_trip_to_another_site(string returnTo)
    {
        using var response = await SignInAsync(
            server.NewBrowser(), TestServer.OwnerEmail, TestServer.OwnerPassword, "/sign-in", ("returnTo", returnTo));
        Assert.Equal("/", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        using var content = new FormUrlEncodedContent([new("email", TestServer.OwnerEmail), new("password", TestServer.OwnerPassword)]);
        using var response = await server.NewBrowser().Client.PostAsync("/sign-in", content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        var (email, password) = await PersonAsync("locked");
        var browser = server.NewBrowser();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await SignInAsync(browser, email, $"wrong password number {i}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }
        using var right = await SignInAsync(browser, email, password);
        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        var page = await TestBrowser.ParseAsync(right);
        Assert.Contains("Too many wrong passwords", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_of_the_browser()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var page = await browser.GetPageAsync("/sign-out");
        using var response = await browser.SubmitAsync(page, "main form[action='/sign-out']", "/sign-out");
        Assert.Equal("/sign-in", response.Headers.Location!.OriginalString);
        using var after = await browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Found, after.StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_at_once()
    {
        var here = await server.SignInAsync(Roles.Artist, Roles.Engineer);
        var there = await server.SignInAsync(Roles.Artist, Roles.Engineer);
        var page = await here.GetPageAsync("/account");
        using var response = await here.SubmitAsync(page, "form[action='/account/end-sessions']", "/account");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        using var after = await there.GetAsync("/account");
        Assert.StartsWith("/sign-in", after.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_role_takes_effect_at_the_next_page_without_signing_in_again()
    {
        var id = await server.AccountAsync(Roles.Marketing, Roles.Viewer);
        var browser = await server.BrowserOfAsync(id);
        using (var before = await browser.GetAsync("/system/people")) Assert.Equal(HttpStatusCode.Forbidden, before.StatusCode);
        var owner = await server.ActorAsync([.. Roles.All]);
        await server.UseAsync<SetRoles, SetRolesResult>(set => set.HandleAsync(new SetRolesRequest(id, [Roles.Owner]), owner, CancellationToken.None));
        await browser.GetPageAsync("/system/people");
    }

    [Fact]
    public async Task A_closed_account_is_out_at_once()
    {
        var id = await server.AccountAsync(Roles.Counsel, Roles.Viewer);
        var browser = await server.BrowserOfAsync(id);
        await browser.GetPageAsync("/account");
        var owner = await server.ActorAsync([.. Roles.All]);
        await server.UseAsync<CloseAccount, CloseAccountResult>(close => close.HandleAsync(id, owner, CancellationToken.None));
        using var after = await browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Found, after.StatusCode);
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_keep_other_sites_out()
    {
        using var response = await server.NewBrowser().GetAsync("/sign-in");
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
    }

    [Fact]
    public async Task A_part_of_a_page_sends_the_whole_page_to_the_sign_in()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account");
        request.Headers.Add("HX-Request", "true");
        using var response = await server.NewBrowser().Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("/sign-in", response.Headers.GetValues("HX-Redirect").Single());
    }

    private async Task<(string Email, string Password)> PersonAsync(string name)
    {
        const string password = "a quiet reel of rain";
        var owner = await server.ActorAsync([.. Roles.All]);
        var invited = await server.UseAsync<InvitePerson, InvitePersonResult>(
            invite => invite.HandleAsync(new InvitePersonRequest(name, $"{name}@studio.example", [Roles.Viewer]), owner, CancellationToken.None));
        var accepted = await server.UseAsync<AcceptSetup, AcceptSetupResult>(
            accept => accept.HandleAsync(new AcceptSetupRequest(invited.LinkSecret!, name, password), CancellationToken.None));
        Assert.Null(accepted.Refusal);
        return ($"{name}@studio.example", password);
    }

    private static async Task<HttpResponseMessage> SignInAsync(
        TestBrowser browser, string email, string password, string path = "/sign-in", params (string, string)[] more)
    {
        var page = await browser.GetPageAsync(path);
        return await browser.SubmitAsync(page, Form, path, [("email", email), ("password", password), .. more]);
    }
}
