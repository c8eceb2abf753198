using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Sample;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Home;

/// <summary>/: what waits for whoever is here.</summary>
internal static class HomeRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", ShowAsync).ForSignedIn().ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(HttpContext context, AnswerprintDb db, TimeProvider clock, IServiceProvider services, CancellationToken cancellationToken)
    {
        var actor = context.User.ToActor();
        // Who only watches is at home in the viewer app.
        if (!actor.HasAny(ConsoleRoles.Staff)) return Results.LocalRedirect("/watch");
        return new RazorComponentResult<HomePage>(new { Model = await HomeModel.LoadAsync(db, actor, clock, cancellationToken), Sample = services.GetService<SampleStatus>() });
    }
}
