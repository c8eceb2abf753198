using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Web.Tests.Home;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Jobs;

public sealed class JobsApiTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_waiting_job_is_stopped_once()
    {
        var studio = new Studio(server);
        var job = await studio.JobAsync(await studio.ProductionAsync(), JobState.Queued);
        var api = await server.ApiClientAsync(Roles.Artist);
        Assert.Equal(HttpStatusCode.NoContent, (await api.PostAsync($"/api/v1/jobs/{job.Id}/cancel", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await api.PostAsync($"/api/v1/jobs/{job.Id}/cancel", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await api.PostAsync($"/api/v1/jobs/{Guid.NewGuid()}/cancel", null)).StatusCode);
        var state = await studio.ReadAsync(db => db.Set<Job>().Where(each => each.Id == job.Id).Select(each => each.State).SingleAsync());
        Assert.Equal(JobState.Cancelled, state);
    }

    [Fact]
    public async Task Jobs_are_listed_by_state_and_read_with_their_record()
    {
        var studio = new Studio(server);
        var production = await studio.ProductionAsync();
        var failed = await studio.JobAsync(production, JobState.Failed, job => job.Error = "the file is truncated");
        await studio.JobAsync(production, JobState.Done);
        var api = await server.ApiClientAsync(Roles.Counsel);
        var list = await api.GetFromJsonAsync<JsonElement>($"/api/v1/jobs?state=failed&production={production.Id}");
        Assert.Equal([failed.Id], list.EnumerateArray().Select(job => job.GetProperty("id").GetGuid()));
        var one = await api.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{failed.Id}");
        Assert.Equal((failed.Hash, "the file is truncated"), (one.GetProperty("hash").GetString(), one.GetProperty("job").GetProperty("error").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync("/api/v1/jobs?state=7")).StatusCode);
    }

    [Fact]
    public async Task Who_may_only_look_may_not_stop_a_job()
    {
        var studio = new Studio(server);
        var job = await studio.JobAsync(await studio.ProductionAsync(), JobState.Queued);
        var counsel = await server.ApiClientAsync(Roles.Counsel);
        Assert.Equal(HttpStatusCode.Forbidden, (await counsel.PostAsync($"/api/v1/jobs/{job.Id}/cancel", null)).StatusCode);
    }
}
