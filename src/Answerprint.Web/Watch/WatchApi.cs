using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Audience.Events;
using Answerprint.Platform.Audience.Pages;
using Answerprint.Platform.Titles;
using Answerprint.Web.Accounts;

namespace Answerprint.Web.Watch;

/// <summary>The viewers' part of the API: titles, home, events.</summary>
internal static class WatchApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/titles", Titles).WithName("listTitles").WithSummary("A page of the catalogue, or a search of names with q");
        api.MapGet("/titles/{slug}", Title).WithName("getTitle").WithSummary("One title with what is published of it");
        api.MapGet("/home", Home).WithName("getHome").WithSummary("What is laid out for a viewer, with the odds of every choice");
        api.MapPost("/events/impressions", Impressions).WithName("recordImpressions").WithSummary("Titles that were seen; answered after they are stored");
        api.MapPost("/events/plays", Plays).WithName("recordPlay").WithSummary("A start, a beat or an end of a play; answered after it is stored");
    }

    private static async Task<IResult> Titles(
        ListTitles list, SearchTitles search, HttpContext http, CancellationToken cancellationToken, string? q = null, string? genre = null, string after = "", int limit = 50)
    {
        var actor = http.User.ToActor();
        if (q is not null)
        {
            var found = await search.HandleAsync(new SearchTitlesRequest(q) { Limit = limit }, actor, cancellationToken);
            return Results.Ok(new TitlesWire([.. found.Titles.Select(TitleWire.Of)], null));
        }
        var page = await list.HandleAsync(new ListTitlesRequest(after, limit) { Genre = genre }, actor, cancellationToken);
        return Results.Ok(new TitlesWire([.. page.Titles.Select(TitleWire.Of)], page.Next));
    }

    private static async Task<IResult> Title(string slug, LiveCatalogue catalogue, CancellationToken cancellationToken) =>
        (await catalogue.CurrentAsync(cancellationToken)).FindTitle(slug) is { } title
            ? Results.Ok(PublishedTitleWire.Of(title))
            : Refusal.NotFound($"there is no title '{slug}'").ToProblem();

    private static async Task<IResult> Home(
        GetHomePage home, ViewerProfileAccessor profiles, HttpContext http, CancellationToken cancellationToken, Guid? profileId = null, int fromRow = 0, int rows = GetHomePage.FirstRows)
    {
        if (profileId is null) profileId = (await profiles.CurrentAsync(cancellationToken))?.Id;
        if (profileId is not { } profile) return Refusal.Invalid("profileId", "say for which viewer profile").ToProblem();
        var found = await home.HandleAsync(new GetHomePageRequest(profile, fromRow, rows), http.User.ToActor(), cancellationToken);
        return found.Page is { } page
            ? Results.Ok(new HomeWire(profile, page.Hero is null ? null : RowWire.Of(page.Hero), [.. page.Rows.Select(RowWire.Of)], page.Next))
            : Refusal.NotFound("this profile is not one of your account").ToProblem();
    }

    private static async Task<IResult> Impressions(ImpressionsWire body, RecordImpressions record, HttpContext http, CancellationToken cancellationToken)
    {
        var (read, unread) = (new List<ReportedImpression>(), new List<RejectedImpression>());
        foreach (var impression in body.Impressions ?? [])
        {
            if (impression?.Claim(body.ProfileId) is { } claim) read.Add(new(impression.Id, claim));
            else unread.Add(new(impression?.Id ?? Guid.Empty, "it has no row, policy or view"));
        }
        if (read.Count == 0 && unread.Count > 0) return Refusal.Invalid("impressions", unread[0].Reason).ToProblem();
        var result = await record.HandleAsync(new RecordImpressionsRequest(body.ProfileId, read), http.User.ToActor(), cancellationToken);
        return result.Refusal is { } refusal
            ? Refusal.Invalid("impressions", refusal).ToProblem()
            : Results.Ok(new ImpressionsResultWire(result.Stored, result.Known, [.. result.Rejected, .. unread]));
    }

    private static async Task<IResult> Plays(PlayWire body, RecordPlay record, HttpContext http, CancellationToken cancellationToken)
    {
        var result = await record.HandleAsync(
            new RecordPlayRequest(body.Id, body.ProfileId, body.TitleId, body.PositionMs, body.WatchedMs, body.Finished, body.ImpressionId),
            http.User.ToActor(), cancellationToken);
        return result.Refusal is { } refusal ? Refusal.Invalid("", refusal).ToProblem() : Results.NoContent();
    }
}
