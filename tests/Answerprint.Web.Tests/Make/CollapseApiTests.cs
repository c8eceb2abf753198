using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Make;

public sealed class CollapseApiTests(MakeServer server) : IClassFixture<MakeServer>
{
    [Fact]
    public async Task What_is_asked_and_whether_it_can_be_made_is_known_beforehand_and_a_wish_that_cannot_be_is_refused()
    {
        server.Services.GetRequiredService<MediaOptions>().Blender = "/nonexistent/blender";
        using var api = await server.ApiClientAsync(Roles.Artist);
        var desk = await api.GetFromJsonAsync<JsonElement>("/api/v1/collapses");
        Assert.Equal(["news", "landmark", "persons"], desk.GetProperty("questions").EnumerateArray().Select(question => question.GetProperty("name").GetString()));
        Assert.False(desk.GetProperty("ready").GetBoolean());
        Assert.Contains("Blender is not installed here", desk.GetProperty("problem").GetString(), StringComparison.Ordinal);

        await RefusedAsync(api, new { asset = server.Wall.Id, scene = Scene(), pass = "huge" }, HttpStatusCode.UnprocessableEntity, "they are draft and final");
        await RefusedAsync(api, new { asset = server.Wall.Id, scene = Scene() }, HttpStatusCode.Conflict, "answer yes or no to 'news'");
        await RefusedAsync(api, new { asset = server.Wall.Id, scene = new { }, answers = No() }, HttpStatusCode.Conflict, "building");
        await RefusedAsync(api, new { asset = server.Wall.Id, scene = Scene(), answers = No() }, HttpStatusCode.Conflict, "Blender is not installed here");
        Assert.False(await server.DbAsync(db => db.Set<Job>().AnyAsync(job => job.Recipe == "collapse")));
    }

    private static object No() => new { news = false, landmark = false, persons = false };

    private static object Scene() => new { frames = 8, camera = new { horizon = 0.5 }, building = new { outline = new[] { new[] { 20, 10 }, [40, 10], [40, 50], [20, 50] } }, failure = new { start = 3 } };

    private static async Task RefusedAsync(HttpClient api, object body, HttpStatusCode code, string said)
    {
        using var response = await api.PostAsJsonAsync("/api/v1/collapses", body);
        Assert.Equal(code, response.StatusCode);
        Assert.Contains(said, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
