using System.Globalization;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Productions;

/// <summary>/productions/{code}/shots/{shot}: watch a version, draw on it, decide.</summary>
internal static class ShotRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/productions/{code}/shots/{shot}").ForRoles(ConsoleRoles.Staff).ExcludeFromDescription();
        pages.MapGet("", (string code, string shot, string? v, HttpContext context) => PageAsync(code, shot, Number(v), context));
        pages.MapPost("/review", ReviewAsync);
    }

    private static async Task<IResult> ReviewAsync(string code, string shot, HttpContext context, ReviewVersion review)
    {
        var (form, actor) = (await PageForm.ReadAsync(context), context.User.ToActor());
        var db = context.RequestServices.GetRequiredService<AnswerprintDb>();
        var model = await ShotModel.LoadAsync(db, context.RequestServices.GetRequiredService<BlobStore>(), code, shot, null, actor, context.RequestAborted);
        var version = Guid.TryParse(form["version"], out var id) ? model?.Versions.FirstOrDefault(row => row.Version.Id == id)?.Version : null;
        if (version is null) return Missing(code, shot);
        if (!Enum.TryParse<Verdict>(form["verdict"], out var verdict) || !Enum.IsDefined(verdict))
            return await PageAsync(code, shot, version.Number, context, "Choose what should become of the version.", form["text"]);
        if (!ReviewRights.MayDo(verdict, actor))
            return await PageAsync(code, shot, version.Number, context, $"This is for {string.Join(", ", ReviewRights.RolesFor(verdict))}.", form["text"], StatusCodes.Status403Forbidden);
        var drawing = "";
        if (form["drawing"].Length > 0)
        {
            if (!DrawnStrokes.TryParse(form["drawing"], out var strokes)) return await PageAsync(code, shot, version.Number, context, "The drawing did not arrive whole. Draw it again.", form["text"]);
            drawing = ReviewDrawing.ToNote(strokes);
        }
        long? frame = long.TryParse(form["frame"], NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null;
        var done = await review.HandleAsync(new ReviewVersionRequest(version.Id, verdict, form["text"].Trim(), frame, drawing), actor, context.RequestAborted);
        return done.Problem.Length == 0
            ? Results.LocalRedirect(model!.HrefOf(version.Number))
            : await PageAsync(code, shot, version.Number, context, ProductionsApi.Sentence(done.Problem), form["text"], StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> PageAsync(
        string code, string shot, int? number, HttpContext context, string? problem = null, string text = "", int status = StatusCodes.Status422UnprocessableEntity)
    {
        var db = context.RequestServices.GetRequiredService<AnswerprintDb>();
        var blobs = context.RequestServices.GetRequiredService<BlobStore>();
        return await ShotModel.LoadAsync(db, blobs, code, shot, number, context.User.ToActor(), context.RequestAborted) is { } model
            ? new RazorComponentResult<ShotPage>(new { Model = model, Problem = problem, Text = text }) { StatusCode = problem is null ? StatusCodes.Status200OK : status }
            : Missing(code, shot);
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IResult Missing(string code, string shot) => MissingPage.Show("No such shot", $"There is no shot {shot} in {code}.", $"/productions/{code}", "The production");
}
