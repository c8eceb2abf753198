using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;

namespace Answerprint.Web.Tests.Home;

public sealed class HomePageTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly Studio studio = new(server);

    [Fact]
    public async Task What_waits_differs_by_role()
    {
        var production = await studio.ProductionAsync();
        var shot = await studio.ShotAsync(production);
        await studio.VersionAsync(shot, await studio.FootageAsync(production), 1, VersionStatus.Retake);
        await studio.VersionAsync(shot, await studio.FootageAsync(production), 2, VersionStatus.InReview);
        var failed = await studio.JobAsync(production, JobState.Failed, job => (job.Name, job.Error) = ("Ingest broken", "the file ends before its index"));
        var asked = await studio.JobAsync(production, JobState.AwaitingClearance, job => job.Name = "Artwork of the ferry");
        await studio.SaveAsync([new Decision
        {
            Id = Guid.CreateVersion7(), JobId = asked.Id, JobHash = asked.Hash, ProductionId = production.Id, Answer = Answer.Escalate, State = DecisionState.Pending,
            EscalatedTo = "counsel", RequestedBy = asked.RequestedBy, RequestedAt = DateTimeOffset.UtcNow,
        }]);

        var counsel = await HomeOfAsync(Roles.Counsel);
        Assert.Contains("Artwork of the ferry", counsel, StringComparison.Ordinal);
        Assert.DoesNotContain("In review", counsel, StringComparison.Ordinal);
        var producer = await HomeOfAsync(Roles.Producer);
        Assert.Contains("1 version to review", producer, StringComparison.Ordinal);
        Assert.DoesNotContain("Artwork of the ferry", producer, StringComparison.Ordinal);
        var artist = await HomeOfAsync(Roles.Artist);
        Assert.Contains("To be taken again", artist, StringComparison.Ordinal);
        Assert.Contains("the file ends before its index", artist, StringComparison.Ordinal);
        Assert.DoesNotContain("Waits for your answer", artist, StringComparison.Ordinal);
        Assert.Contains("Nothing waits for you", await HomeOfAsync(Roles.Engineer), StringComparison.Ordinal);
        Assert.NotEqual(Guid.Empty, failed.Id);
    }

    [Fact]
    public async Task Who_only_watches_goes_to_the_viewer_app()
    {
        using var response = await (await server.SignInAsync(Roles.Viewer)).GetAsync("/");
        Assert.Equal("/watch", response.Headers.Location?.OriginalString);
    }

    private async Task<string> HomeOfAsync(string role) => (await (await server.SignInAsync(role)).GetPageAsync("/")).Body!.TextContent;
}

public sealed class EmptyStudioTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("/", "The house is ready")]
    [InlineData("/productions", "The first production")]
    [InlineData("/library", "The library is empty")]
    [InlineData("/make/jobs", "No jobs yet")]
    [InlineData("/make/jobs?state=failed", "None of these")]
    public async Task An_empty_studio_says_what_to_do_next(string path, string words)
    {
        var page = await (await server.SignInAsync(Roles.Producer)).GetPageAsync(path);
        Assert.Contains(words, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Empty(page.QuerySelectorAll("[style]"));
    }
}
