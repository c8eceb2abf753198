using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Search;

/// <summary>/search: what the console's search box asks.</summary>
internal static class SearchRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/search", ShowAsync).ForRoles(ConsoleRoles.Staff).ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(string? q, HttpContext context) =>
        new RazorComponentResult<SearchPage>(new { Model = await SearchModel.LoadAsync(q, context.User.ToActor(), context.RequestServices, context.RequestAborted) });
}
