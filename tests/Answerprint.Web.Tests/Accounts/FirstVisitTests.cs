using System.Net;
using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Web.Tests.Accounts;

public sealed class FirstVisitTests : IAsyncLifetime
{
    private readonly FreshServer server = new();

    private sealed class FreshServer : TestServer
    {
        protected override bool HasOwner => false;
    }

    public Task InitializeAsync() => server.InitializeAsync();

    public Task DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task The_first_visitor_on_this_machine_becomes_the_owner()
    {
        var browser = server.NewBrowser();
        using (var first = await browser.GetAsync("/account")) Assert.Equal("/setup", first.Headers.Location!.OriginalString);
        using (var signIn = await browser.GetAsync("/sign-in")) Assert.Equal("/setup", signIn.Headers.Location!.OriginalString);
        var page = await browser.GetPageAsync("/setup");
        using var made = await browser.SubmitAsync(page, "form[action='/setup']", "/setup",
            ("name", "Olive Owner"), ("email", "olive@studio.example"), ("password", "seven quiet reels of rain"));
        Assert.Equal("/", made.Headers.Location!.OriginalString);
        var people = await browser.GetPageAsync("/system/people");
        Assert.Contains("Olive Owner", people.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        using var again = await server.NewBrowser().GetAsync("/setup");
        Assert.Equal("/sign-in", again.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("Host", "rebound.example")]
    [InlineData("Host", "127.0.0.1.rebound.example")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Via", "1.1 proxy")]
    public async Task A_visitor_from_elsewhere_cannot_become_the_owner(string header, string value)
    {
        var browser = server.NewBrowser();
        browser.Client.DefaultRequestHeaders.Add(header, value);
        using (var first = await browser.GetAsync("/account")) Assert.Equal("/sign-in", first.Headers.Location!.OriginalString);
        using (var setup = await browser.GetAsync("/setup")) Assert.Equal(HttpStatusCode.Forbidden, setup.StatusCode);
        var signIn = await browser.GetPageAsync("/sign-in");
        Assert.Null(signIn.QuerySelector("form"));
        Assert.Contains("one-time link", signIn.Body!.TextContent, StringComparison.Ordinal);

        // A form fetched honestly must not be usable from there either.
        var local = server.NewBrowser();
        var page = await local.GetPageAsync("/setup");
        local.Client.DefaultRequestHeaders.Add(header, value);
        using var made = await local.SubmitAsync(page, "form[action='/setup']", "/setup",
            ("name", "Mallory"), ("email", "m@evil.example"), ("password", "seven quiet reels of rain"));
        Assert.Equal(HttpStatusCode.Forbidden, made.StatusCode);
    }

    [Fact]
    public async Task The_printed_link_makes_the_owner_from_anywhere_and_once()
    {
        var secret = await server.UseAsync<SetupLinks, string?>(links => links.CreateOwnerLinkAsync(CancellationToken.None));
        var path = SetupLinks.PathOf(secret!);
        var browser = server.NewBrowser();
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        var page = await browser.GetPageAsync(path);
        using var made = await browser.SubmitAsync(page, $"form[action='{path}']", path,
            ("name", "Olive Owner"), ("email", "olive@studio.example"), ("password", "seven quiet reels of rain"));
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        await browser.GetPageAsync("/system/people");
        using var again = await server.NewBrowser().GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Null(await server.UseAsync<SetupLinks, string?>(links => links.CreateOwnerLinkAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Of_two_first_visitors_at_once_one_becomes_the_owner()
    {
        async Task<HttpStatusCode> TryAsync(string name)
        {
            var browser = server.NewBrowser();
            var page = await browser.GetPageAsync("/setup");
            using var made = await browser.SubmitAsync(page, "form[action='/setup']", "/setup",
                ("name", name), ("email", $"{name}@studio.example"), ("password", "seven quiet reels of rain"));
            // A redirect alone says little: the later visitor may be sent to the sign-in. Whoever owns the house is signed in.
            using var account = await browser.GetAsync("/account");
            return account.StatusCode;
        }
        var answers = await Task.WhenAll(TryAsync("first"), TryAsync("second"));
        var people = await server.UseAsync<ListPeople, IReadOnlyList<Person>>(list => list.HandleAsync(CancellationToken.None));
        Assert.Single(people, person => person.Roles.Contains(Roles.Owner));
        Assert.Single(answers, answer => answer == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_weak_password_is_explained_beside_its_field()
    {
        var browser = server.NewBrowser();
        var page = await browser.GetPageAsync("/setup");
        using var response = await browser.SubmitAsync(page, "form[action='/setup']", "/setup", ("name", "Olive"), ("email", "olive@studio.example"), ("password", "short"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var answer = await TestBrowser.ParseAsync(response);
        Assert.Contains("needs 12 or more", answer.QuerySelector("#password-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("olive@studio.example", answer.QuerySelector("#email")!.GetAttribute("value"));
        Assert.Null(answer.QuerySelector("#password")!.GetAttribute("value"));
    }
}
