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

    [Fact]
    public async Task A_mask_of_the_plates_size_becomes_an_outline_and_what_is_none_is_refused()
    {
        using var api = await server.ApiClientAsync(Roles.Artist);
        var outline = await SentAsync(MakeServer.Mask(server.Wall.Width, server.Wall.Height), HttpStatusCode.OK);
        var points = outline.GetProperty("outline").EnumerateArray().Select(point => (X: point[0].GetDouble(), Y: point[1].GetDouble())).ToList();
        Assert.Equal((26, 46, 20, 30), ((int)points.Min(point => point.X), (int)points.Max(point => point.X), (int)points.Min(point => point.Y), (int)points.Max(point => point.Y)));
        await RefusedAsync(MakeServer.Mask(40, 40), "as large as the plate, 80 x 60");
        await RefusedAsync("no picture"u8.ToArray(), "cannot be read");
        using (var dark = StillImage.FromPixels<byte>(new byte[80 * 60], 80, 60, 1)) await RefusedAsync(dark.Encode(new StillEncoding.Png()), "covers nothing");
        using (var red = StillImage.FromPixels<byte>([.. Enumerable.Range(0, 80 * 60 * 3).Select(i => (byte)(i % 3 == 0 ? 255 : 0))], 80, 60, 3)) await RefusedAsync(red.Encode(new StillEncoding.Png()), "has colours");

        async Task RefusedAsync(byte[] mask, string said) => Assert.Contains(said, (await SentAsync(mask, HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString(), StringComparison.Ordinal);

        async Task<JsonElement> SentAsync(byte[] mask, HttpStatusCode code)
        {
            using var body = new ByteArrayContent(mask);
            using var response = await api.PostAsync($"/api/v1/collapses/{server.Wall.Id}/outline", body);
            Assert.Equal(code, response.StatusCode);
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        }
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
