using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Web.Jobs;
using Answerprint.Web.Tests.Home;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Jobs;

public sealed class JobEventsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_page_hears_of_progress_and_of_the_end_and_nobody_looks_when_it_is_gone()
    {
        var studio = new Studio(server);
        var job = await studio.JobAsync(await studio.ProductionAsync(), JobState.Running, running => (running.Progress, running.Phase) = (0.25, "Finding shots"));
        var browser = await server.SignInAsync(Roles.Artist);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using (var response = await browser.Client.GetAsync("/api/v1/jobs/events", HttpCompletionOption.ResponseHeadersRead, limit.Token))
        {
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
            var running = await NextAsync(reader, job.Id, limit.Token);
            Assert.Equal((25, "Finding shots", "running"), (running.GetProperty("percent").GetDouble(), running.GetProperty("phase").GetString(), running.GetProperty("state").GetString()));

            await studio.ReadAsync(db => db.Set<Job>().Where(each => each.Id == job.Id).ExecuteUpdateAsync(
                set => set.SetProperty(each => each.State, JobState.Done).SetProperty(each => each.FinishedAt, DateTimeOffset.UtcNow).SetProperty(each => each.Progress, 1)));
            var done = await NextAsync(reader, job.Id, limit.Token);
            Assert.Equal((100, "done"), (done.GetProperty("percent").GetDouble(), done.GetProperty("state").GetString()));
        }
        var feed = server.Services.GetRequiredService<JobFeed>();
        while (feed.IsPolling) await Task.Delay(10, limit.Token);
    }

    private static async Task<JsonElement> NextAsync(StreamReader reader, Guid job, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            var report = JsonDocument.Parse(line[6..]).RootElement;
            if (report.GetProperty("job").GetGuid() == job) return report;
        }
        throw new EndOfStreamException();
    }
}
