using System.Net;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Web.Tests.Promotion;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Clearance;

[Collection(StudioTests.Name)]
public sealed class ClearancePagesTests(StudioServer server)
{
    [Fact]
    public async Task What_the_rules_answered_alone_is_listed_with_its_facts()
    {
        var browser = await server.SignInAsync(Roles.Engineer);
        var list = await browser.GetPageAsync("/clearance?show=answered");
        var link = list.QuerySelector("table a[href^='/clearance/decisions/']")!.GetAttribute("href")!;
        var page = await browser.GetPageAsync(link);
        Assert.Contains(server.Services.GetRequiredService<PolicyLibrary>().Policy.Packs[0].Sha256, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("recipe.generates", page.QuerySelector(".factlist")!.TextContent, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(page.QuerySelector("pre.codeblock")!.TextContent);
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    [Fact]
    public async Task Every_rule_and_every_clause_with_its_source_is_on_the_page_of_rules()
    {
        var page = await (await server.SignInAsync(Roles.Counsel)).GetPageAsync("/clearance/rules");
        var pack = server.Services.GetRequiredService<PolicyLibrary>().Policy.Packs[0];
        foreach (var rule in pack.Rules) Assert.NotNull(page.QuerySelector($"[id='rule-{rule.Id}'] .clause"));
        Assert.Contains("Unverified", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trying_the_rules_answers_and_stores_nothing()
    {
        var browser = await server.SignInAsync(Roles.Marketing);
        var before = await server.DbAsync(async db => (await db.Set<Decision>().CountAsync(), await db.Set<AuditEntry>().CountAsync()));
        var usual = await browser.GetPageAsync("/clearance/rules/try");
        Assert.Contains("Would wait for counsel", usual.QuerySelector("#would")!.TextContent, StringComparison.Ordinal);
        var ideation = await browser.GetPageAsync("/clearance/rules/try?stage=run&use=ideation&inputs.takenDown=true");
        Assert.Contains("Refuse", ideation.QuerySelector("#would .badge")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await server.DbAsync(async db => (await db.Set<Decision>().CountAsync(), await db.Set<AuditEntry>().CountAsync())));
    }

    [Theory]
    [InlineData("use=nonsense")]
    [InlineData("inputs.count=many")]
    [InlineData("territory=Atlantis")]
    [InlineData("inputs.takenDown=perhaps")]
    public async Task Facts_that_do_not_fit_are_told_apart(string query)
    {
        var page = await (await server.SignInAsync(Roles.Marketing)).GetPageAsync($"/clearance/rules/try?{query}");
        Assert.NotNull(page.QuerySelector("[role=alert]"));
        Assert.Null(page.QuerySelector("#would .badge"));
    }

    [Fact]
    public async Task Tools_are_shown_with_licence_patents_and_the_version_found_here()
    {
        var page = await (await server.SignInAsync(Roles.Counsel)).GetPageAsync("/clearance/tools");
        var ffmpeg = page.QuerySelector("#tool-ffmpeg")!.TextContent;
        Assert.Contains("GPL-2.0-or-later", ffmpeg, StringComparison.Ordinal);
        Assert.Contains("patent note", ffmpeg, StringComparison.Ordinal);
        Assert.Matches(@"\d+\.\d+", page.QuerySelector("#tool-ffmpeg .pill")!.TextContent);
    }

    [Fact]
    public async Task The_audit_is_filtered_exported_and_checked()
    {
        var browser = await server.SignInAsync(Roles.Counsel);
        var page = await browser.GetPageAsync("/clearance/audit?action=job.submitted");
        Assert.All(page.QuerySelectorAll("tbody tr summary code"), code => Assert.Equal("job.submitted", code.TextContent));
        Assert.NotEmpty(page.QuerySelectorAll("tbody tr"));
        Assert.NotNull((await browser.GetPageAsync("/clearance/audit?who=nobody%25here")).QuerySelector(".empty"));
        Assert.Contains("The chain holds", (await browser.GetPageAsync("/clearance/audit/check")).Body!.TextContent, StringComparison.Ordinal);

        using var export = await browser.GetAsync("/clearance/audit.jsonl");
        var lines = (await export.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var numbers = lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("number").GetInt64()).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
    }

    [Fact]
    public async Task A_decision_that_is_not_there_is_said_to_be_missing()
    {
        using var response = await (await server.SignInAsync(Roles.Counsel)).GetAsync($"/clearance/decisions/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}

public sealed class EmptyPagesTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("/clearance")]
    [InlineData("/clearance?show=mine")]
    [InlineData("/clearance?show=answered")]
    [InlineData("/clearance/releases")]
    [InlineData("/make/artwork")]
    [InlineData("/system/storage")]
    public async Task A_page_without_anything_says_what_to_do_next(string path)
    {
        var page = await (await server.SignInAsync(Roles.Owner)).GetPageAsync(path);
        Assert.NotNull(page.QuerySelector(".empty"));
        Assert.Single(page.QuerySelectorAll("h1"));
    }
}
