using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Watch;

/// <summary>The viewer app: pages, media and API.</summary>
public static class WatchWeb
{
    /// <summary>Maps <c>/watch</c> and the viewers' part of <c>/api/v1</c>.</summary>
    public static void MapWatch(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var pages = routes.MapGroup("/watch").ForRoles(Roles.Viewer).NeedsViewerProfile().ExcludeFromDescription();
        pages.MapGet("", HomeRoutes.Home);
        pages.MapGet("/rows", HomeRoutes.MoreRows);
        pages.MapGet("/rows/part", HomeRoutes.RowPart);
        pages.MapGet("/titles", CatalogueRoutes.Browse);
        pages.MapGet("/search", CatalogueRoutes.Search);
        pages.MapGet("/titles/{slug}", TitleRoutes.Title);
        pages.MapGet("/titles/{slug}/made", TitleRoutes.Made);
        pages.MapGet("/titles/{slug}/play", TitleRoutes.Play);

        var media = routes.MapGroup("/watch/media").ForRoles(Roles.Viewer).ExcludeFromDescription();
        string[] reads = [HttpMethods.Get, HttpMethods.Head];
        media.MapMethods("/artwork/{releaseId:guid}", reads, MediaRoutes.Artwork);
        media.MapMethods("/artwork/{releaseId:guid}/thumbnail", reads, MediaRoutes.Thumbnail);
        media.MapMethods("/clips/{versionId:guid}", reads, MediaRoutes.Clip);
        media.MapMethods("/clips/{versionId:guid}/still", reads, MediaRoutes.Still);
        media.MapMethods("/clips/{versionId:guid}/subtitles", reads, MediaRoutes.Subtitles);

        WatchApi.Map(routes.MapGroup("/api/v1").ForRoles(Roles.Viewer).WithTags("Watch"));
    }
}
