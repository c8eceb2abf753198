using System.Net;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Make;

public sealed class UnstatedPerformersTests(MakeServer server) : IClassFixture<MakeServer>
{
    [Fact]
    public async Task Drafts_of_a_picture_whose_performers_nobody_stated_say_what_they_wait_for_and_one_answer_goes_for_all()
    {
        await server.DbAsync(db => db.Set<Asset>().Where(asset => asset.Id == server.Wall.Id).ExecuteUpdateAsync(set => set.SetProperty(asset => asset.Performers, PerformerPresence.Unknown)));
        var artist = await server.SignInAsync(Roles.Artist);
        var form = await artist.GetPageAsync("/make/variations/new");
        Assert.Contains("Performers not stated", form.QuerySelector($".source:has(input[value='{server.Wall.Id}'])")!.TextContent, StringComparison.Ordinal);
        using var posted = await artist.SubmitAsync(form, "form.variation", "/make/variations",
            ("references", server.Wall.Id.ToString()), ("count", "3"), ("size", "256"), ("seed", "5"), ("name", "Who is that"));
        var path = posted.Headers.Location!.OriginalString;
        var notice = (await artist.GetPageAsync(path)).QuerySelector(".notice")!;
        Assert.Contains("All 3 start by themselves", notice.TextContent, StringComparison.Ordinal);
        Assert.NotNull(notice.QuerySelector($"a[href='/library/{server.Wall.Id}']"));
        Assert.Contains("3 to come", (await artist.GetPageAsync("/make/variations")).Body!.TextContent, StringComparison.Ordinal);

        var counsel = await server.SignInAsync(Roles.Counsel);
        var queue = await counsel.GetPageAsync("/clearance");
        var request = Assert.Single(queue.QuerySelectorAll(".case"));
        Assert.Contains("and 2 more like it", request.TextContent, StringComparison.Ordinal);
        using var answered = await counsel.SubmitAsync(queue, "form.answerform", "/clearance", ("approve", "true"), ("alike", "true"), ("comment", "A wall."));
        Assert.Equal(HttpStatusCode.Found, answered.StatusCode);
        Assert.Equal(3, await server.DbAsync(db => db.Set<Job>().CountAsync(job => job.Recipe == "vary" && job.State == JobState.Queued)));
        Assert.Empty((await counsel.GetPageAsync("/clearance")).QuerySelectorAll(".case"));
    }
}
