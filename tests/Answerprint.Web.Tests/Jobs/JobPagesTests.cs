using System.Net;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Tests.Home;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Jobs;

public sealed class JobPagesTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly Studio studio = new(server);

    [Fact]
    public async Task A_job_is_stopped_from_its_page()
    {
        var job = await studio.JobAsync(await studio.ProductionAsync(), JobState.Queued);
        var browser = await server.SignInAsync(Roles.Artist);
        var path = $"/make/jobs/{job.Id}";
        using var stopped = await browser.SubmitAsync(await browser.GetPageAsync(path), "form[action$='/cancel']", path);
        Assert.Equal(path, stopped.Headers.Location?.OriginalString);
        Assert.Contains("Stopped", (await browser.GetPageAsync(path)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_work_is_made_again_as_a_second_run_of_the_same_work()
    {
        var production = await studio.ProductionAsync();
        var artist = await server.ActorAsync(Roles.Artist);
        using var bytes = new MemoryStream(Guid.NewGuid().ToByteArray());
        var blob = await server.Services.GetRequiredService<BlobStore>().AddAsync(bytes, default);
        var first = (await server.UseAsync<IngestFile, SubmitJobResult>(ingest => ingest.HandleAsync(
            new(production.Id, [new("a.mov", blob.Sha256)], new("Studio", Answerprint.Platform.Assets.Contracts.RightsKind.StaffMade)), artist, default))).Job!;
        await studio.ReadAsync(db => db.Set<Job>().Where(job => job.Id == first.Id).ExecuteUpdateAsync(
            set => set.SetProperty(job => job.State, JobState.Done).SetProperty(job => job.FinishedAt, DateTimeOffset.UtcNow)));

        var browser = await server.SignInAsync(Roles.Producer);
        var path = $"/make/jobs/{first.Id}";
        using var again = await browser.SubmitAsync(await browser.GetPageAsync(path), "form[action$='/again']", path);
        var secondPath = again.Headers.Location!.OriginalString;
        var second = await studio.ReadAsync(db => db.Set<Job>().SingleAsync(job => job.Hash == first.Hash && job.Run == 2));
        Assert.Equal($"/make/jobs/{second.Id}", secondPath);
        var page = await browser.GetPageAsync(secondPath);
        Assert.Equal(["Run 1", "Run 2"], page.QuerySelectorAll("tbody th a").Select(link => link.TextContent).Where(text => text.StartsWith("Run", StringComparison.Ordinal)));
        Assert.Contains(first.Hash, page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_still_runs_is_not_made_again()
    {
        var job = await studio.JobAsync(await studio.ProductionAsync(), JobState.Running);
        var result = await server.UseAsync<RunAgain, SubmitJobResult>(async again => await again.HandleAsync(job.Id, await server.ActorAsync(Roles.Artist), default));
        Assert.Contains("has not ended", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_declared_is_declared_again()
    {
        const string facts = """{"talent.replica":"digitalReplica","talent.alteration":"significant","talent.deceased":true,"content.publicFigure":true,"territory":["EU","US"]}""";
        var said = Declarations.FromFacts(facts);
        Assert.Equal(("digitalReplica", "significant", true, true, false), (said.Replica, said.Alteration, said.Deceased, said.PublicFigure, said.ThirdPartyIp));
        Assert.Equal(["EU", "US"], said.Territories);
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_a_page_that_says_so()
    {
        using var missing = await (await server.SignInAsync(Roles.Artist)).GetAsync($"/make/jobs/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}

/// <summary>On a server of its own: places in the queue count every job there is.</summary>
public sealed class JobListTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly Studio studio = new(server);

    [Fact]
    public async Task The_list_shows_progress_places_errors_and_filters()
    {
        var production = await studio.ProductionAsync();
        var running = await studio.JobAsync(production, JobState.Running, job => (job.Name, job.Progress, job.Phase) = ("Ingest ferry", 0.6, "Finding shots"));
        await studio.JobAsync(production, JobState.Queued, job => (job.Name, job.Priority) = ("Ingest later", -10));
        await studio.JobAsync(production, JobState.Queued, job => (job.Name, job.Priority) = ("Ingest soon", 10));
        await studio.JobAsync(production, JobState.Failed, job => (job.Name, job.Error) = ("Ingest torn", "the file is truncated"));
        await studio.JobAsync(production, JobState.Done, job => (job.Name, job.Run, job.Reproduced) = ("Artwork", 2, true));
        var browser = await server.SignInAsync(Roles.Artist);

        var all = await browser.GetPageAsync("/make/jobs");
        var live = all.QuerySelectorAll(".job-live").Select(row => (row.QuerySelector(".name")!.TextContent, row.QuerySelector(".phase")!.TextContent)).ToList();
        Assert.Equal([("Ingest ferry", "Finding shots"), ("Ingest soon", "Place 1 in the queue"), ("Ingest later", "Place 2 in the queue")], live);
        Assert.Contains("the file is truncated", all.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Reproduced", all.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(all.QuerySelector($"form[action='/make/jobs/{running.Id}/cancel']"));

        var failed = await browser.GetPageAsync("/make/jobs?state=failed");
        Assert.Equal(["Ingest torn"], failed.QuerySelectorAll("tbody th a").Select(link => link.TextContent));
        Assert.Empty(failed.QuerySelectorAll(".job-live"));
        Assert.Null((await (await server.SignInAsync(Roles.Counsel)).GetPageAsync("/make/jobs")).QuerySelector("form[action$='/cancel']"));
    }
}
