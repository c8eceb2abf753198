using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Audience.Making;
using Answerprint.Platform.Audience.Pages;
using Answerprint.Web.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Watch;

/// <summary>A title's page, how it was made, and its player.</summary>
internal static class TitleRoutes
{
    public static async Task<IResult> Title(
        string slug, GetTitlePage titles, GetTitleMaking makings, ViewerProfileAccessor profiles, HttpContext http, CancellationToken cancellationToken)
    {
        var profile = await profiles.CurrentAsync(cancellationToken);
        var found = await titles.HandleAsync(new GetTitlePageRequest(profile!.Id, slug), http.User.ToActor(), cancellationToken);
        if (found.Title is null) return WatchResults.NotFound();
        var story = await makings.HandleAsync(new GetTitleMakingRequest(slug), http.User.ToActor(), cancellationToken);
        if (story.Making is not { } making) return WatchResults.NotFound();
        return new RazorComponentResult<TitlePage>(new Dictionary<string, object?>
        {
            [nameof(TitlePage.Result)] = found,
            [nameof(TitlePage.Making)] = making,
            [nameof(TitlePage.ProfileId)] = profile.Id,
        });
    }

    public static async Task<IResult> Made(string slug, GetTitleMaking makings, HttpContext http, CancellationToken cancellationToken)
    {
        var story = await makings.HandleAsync(new GetTitleMakingRequest(slug), http.User.ToActor(), cancellationToken);
        if (story is not { Title: { } title, Making: { } making }) return WatchResults.NotFound();
        return new RazorComponentResult<MadePage>(new Dictionary<string, object?> { [nameof(MadePage.Title)] = title, [nameof(MadePage.Making)] = making });
    }

    public static async Task<IResult> Play(
        string slug, GetTitlePage titles, ViewerProfileAccessor profiles, HttpContext http, CancellationToken cancellationToken)
    {
        var profile = await profiles.CurrentAsync(cancellationToken);
        var found = await titles.HandleAsync(new GetTitlePageRequest(profile!.Id, slug), http.User.ToActor(), cancellationToken);
        if (found.Title is not { } title) return WatchResults.NotFound();
        if (!title.IsPlayable) return WatchResults.NothingToPlay(title.Name);
        return new RazorComponentResult<PlayPage>(new Dictionary<string, object?>
        {
            [nameof(PlayPage.Title)] = title,
            [nameof(PlayPage.ResumeMs)] = found.ResumeMs,
            [nameof(PlayPage.ProfileId)] = profile.Id,
        });
    }
}
