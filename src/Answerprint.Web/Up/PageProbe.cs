using System.Diagnostics;
using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Sample;

namespace Answerprint.Web.Up;

/// <summary>Asks the running server for the sample's title page, as a viewer over HTTP.</summary>
internal static class PageProbe
{
    private const int Warm = 5;

    public static async Task<JsonObject> TitleAsync(WebApplication app, SampleOutcome outcome, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Add("Cookie", await CookieAsync(app.Services, cancellationToken));
        var path = $"/watch/titles/{outcome.Title.Slug}";
        for (var i = 0; i < Warm; i++) using (await client.GetAsync(path, cancellationToken)) { }
        var watch = Stopwatch.StartNew();
        using var answer = await client.GetAsync(path, cancellationToken);
        var page = await answer.Content.ReadAsStringAsync(cancellationToken);
        var milliseconds = watch.Elapsed.TotalMilliseconds;
        var shown = outcome.Releases.Any(release => page.Contains(release.Release.Id.ToString(), StringComparison.OrdinalIgnoreCase));
        return new JsonObject { ["status"] = (int)answer.StatusCode, ["milliseconds"] = Math.Round(milliseconds, 3), ["path"] = path, ["showsReleasedArtwork"] = shown };
    }

    private static async Task<string> CookieAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var viewer = await scope.ServiceProvider.GetRequiredService<ServiceAccounts>().EnsureAsync("Sample viewer (automatic)", [Roles.Viewer], cancellationToken);
        var directory = scope.ServiceProvider.GetRequiredService<AccountDirectory>();
        if ((await directory.FindAsync(viewer.AccountId, cancellationToken))!.Profiles.Count == 0)
            await scope.ServiceProvider.GetRequiredService<ViewerProfiles>().CreateAsync(new ViewerProfileRequest("Sample viewer", 0), viewer, cancellationToken);
        return await Sessions.CookieForAsync(scope.ServiceProvider, viewer.AccountId, cancellationToken);
    }
}
