using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Shell;

/// <summary>The design pages carry every component, so what holds for them holds for the components.</summary>
public sealed class DesignPageTests : IAsyncLifetime
{
    private WebApplication app = null!;
    private HttpClient client = null!;

    public static TheoryData<string> Pages => ["/system/design", "/system/design/viewer", "/system/design/cards", "/system/design/sign-in"];

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseTestServer();
        builder.Services.AddAntiforgery();
        builder.Services.AddShell(_ => new ShellContext(
            new ShellUser("Ines Okafor", "ines@studio.example", "producer"), "/system/design", [new("Make", [new("Design", "/system/design", "system", 2)])], [new("Home", "/watch")]));
        app = builder.Build();
        app.UseAntiforgery();
        app.MapClientAssets();
        app.MapDesignPage();
        await app.StartAsync();
        client = app.GetTestClient();
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_is_inline_and_nothing_comes_from_outside(string page)
    {
        var document = await Get(page);
        Assert.Empty(document.QuerySelectorAll("[style], style, script:not([src])"));
        Assert.DoesNotContain(document.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.Ordinal));
        foreach (var address in document.All.SelectMany(e => e.Attributes).Where(a => a.Name is "src" or "href" or "action" or "poster").Select(a => a.Value))
        {
            Assert.True(address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) || address.StartsWith('#'), address);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Everything_has_a_name(string page)
    {
        var document = await Get(page);
        Assert.Single(document.QuerySelectorAll("main"));
        Assert.Equal("en", document.DocumentElement.GetAttribute("lang"));
        Assert.NotEmpty(document.Title!);
        Assert.Empty(document.QuerySelectorAll("img:not([alt])"));
        Assert.All(document.QuerySelectorAll("input:not([type=hidden]), select, textarea"), e => Assert.True(IsNamed(document, e), e.OuterHtml));
        Assert.All(document.QuerySelectorAll("a, button"), e => Assert.True(HasWords(e), e.OuterHtml));
        Assert.All(document.QuerySelectorAll("section, nav, dialog, [role=slider], [role=img], [role=application]"), e => Assert.True(e.HasAttribute("aria-label") || e.HasAttribute("aria-labelledby"), e.OuterHtml));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task References_lead_somewhere(string page)
    {
        var document = await Get(page);
        foreach (var element in document.All)
        {
            foreach (var name in (string[])["aria-describedby", "aria-labelledby", "aria-controls", "for"])
            {
                foreach (var id in (element.GetAttribute(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    Assert.True(document.GetElementById(id) is not null, $"{name}={id} in {element.OuterHtml}");
                }
            }
        }
        var ids = document.QuerySelectorAll("[id]").Where(e => e.Closest("svg") is null).Select(e => e.Id!).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_icon_is_in_the_sprite(string page)
    {
        var document = await Get(page);
        var sprite = await client.GetStringAsync(document.Body!.GetAttribute("data-icons"));
        foreach (var use in document.QuerySelectorAll("use"))
        {
            var name = use.GetAttribute("href")!.Split('#')[1];
            Assert.Contains($"<symbol id=\"{name}\"", sprite, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_error_is_bound_to_its_field()
    {
        var document = await Get("/system/design");
        var field = document.QuerySelector("#production-name")!;
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.Equal("Give the production a name.", document.GetElementById(field.GetAttribute("aria-describedby")!)!.TextContent.Trim());
    }

    [Fact]
    public async Task The_current_page_is_marked_once_in_the_navigation_and_the_request_token_is_there()
    {
        var document = await Get("/system/design");
        Assert.Equal("/system/design", Assert.Single(document.QuerySelectorAll(".rail [aria-current=page]")).GetAttribute("href"));
        Assert.NotEmpty(document.QuerySelector("meta[name=request-token]")!.GetAttribute("content")!);
    }

    [Fact]
    public async Task Assets_are_immutable_compressed_and_within_their_budget()
    {
        var document = await Get("/system/design");
        var style = document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        using var plain = await client.GetAsync(style);
        Assert.Equal("text/css", plain.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", plain.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.InRange((await plain.Content.ReadAsByteArrayAsync()).Length, 10_000, 60_000);

        using var request = new HttpRequestMessage(HttpMethod.Get, style);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var packed = await client.SendAsync(request);
        Assert.Equal(["br"], packed.Content.Headers.ContentEncoding);
        Assert.InRange((await packed.Content.ReadAsByteArrayAsync()).Length, 1_000, 15_000);

        var scripts = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "wwwroot", "lib"), "app-*.js").Select(f => new FileInfo(f)).OrderByDescending(f => f.LastWriteTimeUtc).First();
        Assert.InRange(scripts.Length, 20_000, 60_000);
    }

    [Theory]
    [InlineData("/lib/none.css")]
    [InlineData("/lib/..%2Ffavicon.svg")]
    [InlineData("/lib/%2E%2E%2F%2E%2E%2FAnswerprint.Web.dll")]
    public async Task What_is_not_in_the_bundle_is_not_found(string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<IDocument> Get(string page) => await new HtmlParser().ParseDocumentAsync(await client.GetStringAsync(new Uri(page, UriKind.Relative)));

    private static bool IsNamed(IDocument document, IElement e) =>
        e.HasAttribute("aria-label") || e.HasAttribute("aria-labelledby") || (e.Id is { Length: > 0 } id && document.QuerySelector($"label[for='{id}']") is not null);

    private static bool HasWords(IElement e) =>
        e.HasAttribute("aria-label") || e.TextContent.Trim().Length > 0 || e.QuerySelector("[aria-label], img[alt]:not([alt=''])") is not null;
}
