using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Audience.Pages;
using Answerprint.Web.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Watch;

/// <summary>The home page and the parts of it that htmx asks for.</summary>
internal static class HomeRoutes
{
    /// <summary>Titles of each row that come with the page: what the widest screen shows and a little more; the rest follows when it comes into view.</summary>
    public const int TitlesAtFirst = 10;

    public static async Task<IResult> Home(GetHomePage home, ViewerProfileAccessor profiles, HttpContext http, CancellationToken cancellationToken)
    {
        var profile = await profiles.CurrentAsync(cancellationToken);
        var found = await home.HandleAsync(
            new GetHomePageRequest(profile!.Id) { TitlesPerRow = TitlesAtFirst }, http.User.ToActor(), cancellationToken);
        return found.Page is { } page
            ? new RazorComponentResult<WatchHome>(new Dictionary<string, object?> { [nameof(WatchHome.Page)] = page, [nameof(WatchHome.ProfileId)] = profile.Id })
            : WatchResults.NotFound();
    }

    public static async Task<IResult> MoreRows(GetHomePage home, ViewerProfileAccessor profiles, HttpContext http, int from, CancellationToken cancellationToken)
    {
        var profile = await profiles.CurrentAsync(cancellationToken);
        var found = await home.HandleAsync(
            new GetHomePageRequest(profile!.Id, Math.Max(1, from)) { TitlesPerRow = TitlesAtFirst }, http.User.ToActor(), cancellationToken);
        if (found.Page is not { } page) return WatchResults.NotFound();
        return new RazorComponentResult<WatchRows>(new Dictionary<string, object?> { [nameof(WatchRows.Rows)] = page.Rows, [nameof(WatchRows.Next)] = page.Next });
    }

    public static async Task<IResult> RowPart(
        GetHomeRow rows, ViewerProfileAccessor profiles, HttpContext http, string key, int from, CancellationToken cancellationToken)
    {
        var profile = await profiles.CurrentAsync(cancellationToken);
        var found = await rows.HandleAsync(new GetHomeRowRequest(profile!.Id, key, from), http.User.ToActor(), cancellationToken);
        if (found.Row is not { } row) return WatchResults.NotFound();
        return new RazorComponentResult<WatchTiles>(new Dictionary<string, object?> { [nameof(WatchTiles.Row)] = row, [nameof(WatchTiles.IsPart)] = true });
    }
}
