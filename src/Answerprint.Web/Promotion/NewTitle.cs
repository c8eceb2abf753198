using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Promotion;

/// <summary>Gives a production its title in the catalogue, from the page and by the API.</summary>
internal static class NewTitle
{
    /// <summary>What the API is told.</summary>
    /// <param name="Name">1 to 400 characters.</param>
    /// <param name="Production">The production's code.</param>
    /// <param name="Logline">One line about it.</param>
    /// <param name="Synopsis">What it is about.</param>
    /// <param name="Genre">Main genre.</param>
    internal sealed record Wish(string Name, string Production, string? Logline = null, string? Synopsis = null, string? Genre = null);

    public static void Map(IEndpointRouteBuilder routes, string[] makers)
    {
        routes.MapPost("/make/artwork/titles", FromPageAsync).ForRoles(makers).ExcludeFromDescription();
        routes.MapPost("/api/v1/titles", FromApiAsync).ForRoles(makers).WithName("addTitle").WithTags("titles")
            .WithSummary("Adds a production's title to the catalogue").ProducesProblem(404).ProducesProblem(422);
    }

    /// <summary>Productions that have no title yet.</summary>
    public static async Task<IReadOnlyList<Production>> WantedAsync(AnswerprintDb db, CancellationToken cancellationToken) =>
        await db.Set<Production>().AsNoTracking().Where(production => !db.Set<Title>().Any(title => title.ProductionId == production.Id))
            .OrderBy(production => production.Code).Take(50).ToListAsync(cancellationToken);

    private static async Task<IResult> FromPageAsync(HttpContext context, AnswerprintDb db, AddTitle add)
    {
        var form = await PageForm.ReadAsync(context);
        var (title, problem, status) = await AddAsync(new Wish(form["name"], form["production"]), context, db, add);
        return title is null ? PlainPage.Show("The title was not added", problem, status) : Results.LocalRedirect($"/make/artwork/{title.Slug}");
    }

    private static async Task<IResult> FromApiAsync(Wish wish, HttpContext context, AnswerprintDb db, AddTitle add)
    {
        var (title, problem, status) = await AddAsync(wish, context, db, add);
        return title is null ? Results.Problem(problem, statusCode: status) : Results.Created($"/api/v1/titles/{title.Slug}", new { id = title.Id, slug = title.Slug, name = title.Name });
    }

    private static async Task<(Title? Title, string Problem, int Status)> AddAsync(Wish wish, HttpContext context, AnswerprintDb db, AddTitle add)
    {
        var production = await db.Set<Production>().AsNoTracking().FirstOrDefaultAsync(production => production.Code == wish.Production, context.RequestAborted);
        if (production is null) return (null, $"there is no production '{wish.Production}'", StatusCodes.Status404NotFound);
        if (await db.Set<Title>().AnyAsync(title => title.ProductionId == production.Id, context.RequestAborted))
            return (null, $"production {production.Code} has a title already", StatusCodes.Status422UnprocessableEntity);
        var request = new AddTitleRequest(wish.Name ?? "") { ProductionId = production.Id, Logline = wish.Logline ?? "", Synopsis = wish.Synopsis ?? "", Genre = wish.Genre ?? "" };
        var added = await add.HandleAsync(request, context.User.ToActor(), context.RequestAborted);
        return (added.Title, added.Refusal ?? "", StatusCodes.Status422UnprocessableEntity);
    }
}
