using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Web.Tests.Accounts;

/// <summary>Both ceremonies against an authenticator in software, on http://localhost: WebAuthn knows no numeric hosts.</summary>
public sealed class PasskeyTests(TestServer server) : IClassFixture<TestServer>
{
    private Uri Localhost => new($"http://localhost:{server.Address.Port}");

    private string Origin => $"http://localhost:{server.Address.Port}";

    [Fact]
    public async Task A_registered_passkey_signs_in_without_a_password()
    {
        using var authenticator = new SoftwareAuthenticator();
        await RegisterAsync(authenticator, Roles.Producer);
        var browser = server.NewBrowser(Localhost);
        using var response = await SignInAsync(browser, authenticator, returnTo: "/account");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/account", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("location").GetString());
        Assert.Contains("Laptop", (await browser.GetPageAsync("/account")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_passkey_signs_nobody_in()
    {
        using var authenticator = new SoftwareAuthenticator();
        var browser = await RegisterAsync(authenticator, Roles.Artist);
        var page = await browser.GetPageAsync("/account");
        using (var removed = await browser.SubmitAsync(page, "form[action='/account/passkeys/remove']", "/account"))
            Assert.Equal("/account?done=passkey-removed", removed.Headers.Location!.OriginalString);
        using var response = await SignInAsync(server.NewBrowser(Localhost), authenticator);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_wrong_signature_signs_nobody_in()
    {
        using var authenticator = new SoftwareAuthenticator();
        await RegisterAsync(authenticator, Roles.Counsel);
        using var response = await SignInAsync(server.NewBrowser(Localhost), authenticator, breakSignature: true);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task An_answer_made_for_another_site_signs_nobody_in()
    {
        using var authenticator = new SoftwareAuthenticator();
        await RegisterAsync(authenticator, Roles.Marketing);
        using var response = await SignInAsync(server.NewBrowser(Localhost), authenticator, origin: "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task An_answer_without_a_question_is_refused()
    {
        var browser = server.NewBrowser(Localhost);
        using var response = await PostAsync(browser, await browser.GetPageAsync("/sign-in"), "/sign-in/passkey", new JsonObject { ["value"] = new JsonObject() });
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Fact]
    public async Task A_numeric_address_says_where_passkeys_work()
    {
        var page = await server.NewBrowser().GetPageAsync("/sign-in?returnTo=%2Fwatch");
        Assert.Null(page.QuerySelector("[data-island=passkey]"));
        Assert.NotNull(page.QuerySelector($"a[href^='{Origin}/']"));
    }

    private async Task<TestBrowser> RegisterAsync(SoftwareAuthenticator authenticator, string role)
    {
        var browser = server.NewBrowser(Localhost);
        var signedIn = await server.SignInAsync(role);
        foreach (Cookie cookie in signedIn.Cookies.GetAllCookies()) browser.Cookies.Add(Localhost, new Cookie(cookie.Name, cookie.Value));
        var page = await browser.GetPageAsync("/account");
        using var options = await PostAsync(browser, page, "/account/passkeys/options", null);
        var credential = authenticator.Register(await options.Content.ReadFromJsonAsync<JsonElement>(), Origin);
        using var added = await PostAsync(browser, page, "/account/passkeys", new JsonObject { ["value"] = credential, ["name"] = "Laptop" });
        Assert.True(added.StatusCode == HttpStatusCode.OK, await added.Content.ReadAsStringAsync());
        return browser;
    }

    private async Task<HttpResponseMessage> SignInAsync(
        TestBrowser browser, SoftwareAuthenticator authenticator, string? returnTo = null, string? origin = null, bool breakSignature = false)
    {
        var page = await browser.GetPageAsync("/sign-in");
        using var options = await PostAsync(browser, page, "/sign-in/passkey/options", null);
        var credential = authenticator.SignIn(await options.Content.ReadFromJsonAsync<JsonElement>(), origin ?? Origin, breakSignature);
        return await PostAsync(browser, page, "/sign-in/passkey", new JsonObject { ["value"] = credential, ["returnTo"] = returnTo });
    }

    private static async Task<HttpResponseMessage> PostAsync(TestBrowser browser, IHtmlDocument page, string path, JsonObject? body)
    {
        var token = ((IHtmlInputElement)page.QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Headers.Add("RequestVerificationToken", token);
        // As every browser does on a POST; it is what the passkey's own word for its origin is compared with.
        request.Headers.Add("Origin", browser.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        if (body is not null) request.Content = JsonContent.Create(body);
        return await browser.Client.SendAsync(request);
    }
}
