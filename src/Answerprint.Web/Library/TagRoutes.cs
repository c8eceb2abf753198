using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Tagging;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Library;

/// <summary>/library/tags: all tags in use, and renaming them.</summary>
internal static class TagRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var tags = routes.MapGroup("/library/tags").ExcludeFromDescription();
        tags.MapGet("", (HttpContext context, AnswerprintDb db, int? done) => PageAsync(context, db, said: done is { } count ? $"Renamed on {Words.Count(count, "reference", "references")}." : null)).ForRoles(ConsoleRoles.Staff);
        tags.MapPost("", RenameAsync).ForRoles([.. LibraryAccess.Curators]);
    }

    private static async Task<IResult> RenameAsync(HttpContext context, AnswerprintDb db, RenameTag rename)
    {
        var form = await PageForm.ReadAsync(context);
        var done = await rename.HandleAsync(new RenameTagRequest(form["from"], form["to"]), context.User.ToActor(), context.RequestAborted);
        return done.Refusal is null ? Results.LocalRedirect($"/library/tags?done={done.Changed}") : await PageAsync(context, db, done.Refusal);
    }

    private static async Task<IResult> PageAsync(HttpContext context, AnswerprintDb db, Refusal? refusal = null, string? said = null)
    {
        var actor = context.User.ToActor();
        return new RazorComponentResult<TagsPage>(new
        {
            Tags = (IReadOnlyList<TagsInUse>)await TagsInUse.LoadAsync(db, actor, context.RequestAborted), MayRename = actor.HasAny([.. LibraryAccess.Curators]), Refusal = refusal?.Reason, Said = said,
        })
        { StatusCode = refusal?.StatusOf() ?? StatusCodes.Status200OK };
    }
}
