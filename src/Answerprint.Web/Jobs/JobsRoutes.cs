using System.Globalization;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Productions;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Jobs;

/// <summary>/make/jobs: all jobs, and each with its record.</summary>
internal static class JobsRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/make/jobs").ExcludeFromDescription();
        pages.MapGet("", ListAsync).ForRoles(ConsoleRoles.Staff);
        pages.MapGet("/{id:guid}", (Guid id, HttpContext context) => PageAsync(id, context)).ForRoles(ConsoleRoles.Staff);
        pages.MapPost("/{id:guid}/cancel", CancelAsync).ForRoles(ConsoleRoles.Operators);
        pages.MapPost("/{id:guid}/again", AgainAsync).ForRoles(ConsoleRoles.Operators);
    }

    private static async Task<IResult> ListAsync(string? state, string? page, HttpContext context, AnswerprintDb db, DataFolder folder, CancellationToken cancellationToken)
    {
        var number = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? Math.Clamp(parsed, 1, 100_000) : 1;
        return new RazorComponentResult<JobsPage>(new { Model = await JobsModel.LoadAsync(db, folder, JobsModel.ViewOf(state), number, context.User.ToActor(), cancellationToken) });
    }

    private static async Task<IResult> CancelAsync(Guid id, HttpContext context, CancelJob cancel) =>
        await cancel.HandleAsync(id, context.User.ToActor(), context.RequestAborted) == CancelJobResult.AlreadyEnded
            ? await PageAsync(id, context, "It had ended before.")
            : Results.LocalRedirect($"/make/jobs/{id}");

    private static async Task<IResult> AgainAsync(Guid id, HttpContext context, RunAgain again)
    {
        var result = await again.HandleAsync(id, context.User.ToActor(), context.RequestAborted);
        return result.Job is { } job ? Results.LocalRedirect($"/make/jobs/{job.Id}") : await PageAsync(id, context, ProductionsApi.Sentence(result.Problem));
    }

    private static async Task<IResult> PageAsync(Guid id, HttpContext context, string? problem = null)
    {
        var (db, folder) = (context.RequestServices.GetRequiredService<AnswerprintDb>(), context.RequestServices.GetRequiredService<DataFolder>());
        return await JobModel.LoadAsync(db, folder, id, context.User.ToActor(), context.RequestAborted) is { } model
            ? new RazorComponentResult<JobPage>(new { Model = model, Problem = problem }) { StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict }
            : MissingPage.Show("No such job", $"There is no job {id}.", "/make/jobs", "Jobs");
    }
}
