using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Watch;

/// <summary>Browsing and searching the whole catalogue.</summary>
internal static class CatalogueRoutes
{
    private const int PageSize = 60;
    private const string GenrePrefix = "genre:";

    public static async Task<IResult> Browse(LiveCatalogue catalogue, string? genre, int? page, CancellationToken cancellationToken)
    {
        var snapshot = await catalogue.CurrentAsync(cancellationToken);
        var genres = snapshot.Shelves.Where(shelf => shelf.Key.StartsWith(GenrePrefix, StringComparison.Ordinal)).ToList();
        if (genre is not null && snapshot.FindShelf(GenrePrefix + genre) is null) return WatchResults.NotFound();
        var titles = genre is null ? snapshot.Newest : snapshot.FindShelf(GenrePrefix + genre)!.Titles;
        var pages = Math.Max(1, (titles.Count + PageSize - 1) / PageSize);
        var at = Math.Clamp(page ?? 1, 1, pages);
        return new RazorComponentResult<CataloguePage>(new Dictionary<string, object?>
        {
            [nameof(CataloguePage.Genre)] = genre,
            [nameof(CataloguePage.Genres)] = genres,
            [nameof(CataloguePage.Titles)] = titles.Skip((at - 1) * PageSize).Take(PageSize).ToList(),
            [nameof(CataloguePage.Total)] = titles.Count,
            [nameof(CataloguePage.Page)] = at,
            [nameof(CataloguePage.Pages)] = pages,
        });
    }

    public static async Task<IResult> Search(SearchTitles search, LiveCatalogue catalogue, HttpContext http, string? q, CancellationToken cancellationToken)
    {
        var typed = (q ?? "").Trim();
        if (typed.Length > SearchTitles.MaxTextLength) typed = typed[..SearchTitles.MaxTextLength];
        var found = await search.HandleAsync(new SearchTitlesRequest(typed), http.User.ToActor(), cancellationToken);
        var snapshot = await catalogue.CurrentAsync(cancellationToken);
        return new RazorComponentResult<SearchPage>(new Dictionary<string, object?>
        {
            [nameof(SearchPage.Query)] = typed,
            [nameof(SearchPage.Titles)] = found.Titles.Select(title => snapshot.FindTitle(title.Id)).OfType<CatalogueTitle>().ToList(),
            [nameof(SearchPage.HasMore)] = found.HasMore,
        });
    }
}
