using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Watch;

/// <summary>Answers that several routes give.</summary>
internal static class WatchResults
{
    /// <summary>A page that says that there is no such title, with status 404.</summary>
    public static IResult NotFound() => new RazorComponentResult<WatchNotFound> { StatusCode = StatusCodes.Status404NotFound };

    /// <summary>A title without published footage, with status 404.</summary>
    public static IResult NothingToPlay(string name) => new RazorComponentResult<WatchNotFound>(new Dictionary<string, object?>
    {
        [nameof(WatchNotFound.Title)] = $"There is no footage of {name} here",
        [nameof(WatchNotFound.Text)] = "The title is in the catalogue, but nothing of it is published to watch.",
    })
    { StatusCode = StatusCodes.Status404NotFound };
}
