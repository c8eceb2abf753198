using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Accounts;

/// <summary>/system/people: owners invite, give roles, close.</summary>
internal static class PeopleRoutes
{
    private static readonly Dictionary<string, string> Messages = new()
    {
        ["roles"] = "The roles are saved.",
        ["closed"] = "The account is closed.",
        ["reopened"] = "The account is open again.",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/system/people").ForRoles(Roles.Owner).ExcludeFromDescription();
        people.MapGet("", ListAsync);
        people.MapGet("/new", () => new RazorComponentResult<InvitePage>());
        people.MapPost("", InviteAsync);
        people.MapGet("/{id:guid}", (Guid id, HttpContext context, string? done) => PageAsync(context, id, message: Messages.GetValueOrDefault(done ?? "")));
        people.MapPost("/{id:guid}/roles", SetRolesAsync);
        people.MapPost("/{id:guid}/link", RenewLinkAsync);
        people.MapPost("/{id:guid}/close", CloseAsync);
        people.MapPost("/{id:guid}/reopen", ReopenAsync);
    }

    private static async Task<RazorComponentResult<PeoplePage>> ListAsync(ListPeople people, CancellationToken cancellationToken) =>
        new(new { People = await people.HandleAsync(cancellationToken) });

    private static async Task<IResult> InviteAsync(HttpContext context, InvitePerson invite)
    {
        var form = await PageForm.ReadAsync(context);
        var request = new InvitePersonRequest(form["name"], form["email"], form.All("roles"));
        var result = await invite.HandleAsync(request, context.User.ToActor(), context.RequestAborted);
        if (result.Refusal is { } refusal)
            return new RazorComponentResult<InvitePage>(new { request.Name, request.Email, Chosen = request.Roles, Refusal = refusal }) { StatusCode = refusal.StatusOf() };
        // No redirect: the link is in this answer and is kept nowhere.
        return await PageAsync(context, result.AccountId!.Value, result.LinkSecret);
    }

    private static async Task<IResult> SetRolesAsync(Guid id, HttpContext context, SetRoles setRoles)
    {
        var form = await PageForm.ReadAsync(context);
        var result = await setRoles.HandleAsync(new SetRolesRequest(id, form.All("roles")), context.User.ToActor(), context.RequestAborted);
        return await AnswerAsync(context, id, result.Refusal, "roles");
    }

    private static async Task<IResult> RenewLinkAsync(Guid id, HttpContext context, RenewSetupLink renew)
    {
        var result = await renew.HandleAsync(id, context.User.ToActor(), context.RequestAborted);
        return await PageAsync(context, id, result.LinkSecret, refusal: result.Refusal);
    }

    private static async Task<IResult> CloseAsync(Guid id, HttpContext context, CloseAccount close) =>
        await AnswerAsync(context, id, (await close.HandleAsync(id, context.User.ToActor(), context.RequestAborted)).Refusal, "closed");

    private static async Task<IResult> ReopenAsync(Guid id, HttpContext context, CloseAccount close) =>
        await AnswerAsync(context, id, (await close.ReopenAsync(id, context.User.ToActor(), context.RequestAborted)).Refusal, "reopened");

    private static async Task<IResult> AnswerAsync(HttpContext context, Guid id, Refusal? refusal, string done)
    {
        if (refusal is not null) return await PageAsync(context, id, refusal: refusal);
        // Whoever closed themselves or gave the role up is at home elsewhere.
        var stillOwner = await context.RequestServices.GetRequiredService<AccountDirectory>().FindAsync(context.User.ToActor().AccountId, context.RequestAborted)
            is { IsClosed: false } own && own.Roles.Contains(Roles.Owner);
        return Results.LocalRedirect(stillOwner ? $"/system/people/{id}?done={done}" : "/");
    }

    private static async Task<IResult> PageAsync(HttpContext context, Guid id, string? secret = null, string? message = null, Refusal? refusal = null)
    {
        var person = await context.RequestServices.GetRequiredService<ListPeople>().FindAsync(id, context.RequestAborted);
        if (person is null or { State: PersonState.Service })
            return PlainPage.Show("No such person", $"There is no person with the id {id}.", StatusCodes.Status404NotFound, "/system/people", "People");
        var link = secret is null ? null : $"{context.Request.Scheme}://{context.Request.Host}{SetupLinks.PathOf(secret)}";
        return new RazorComponentResult<PersonPage>(new { Person = person, Link = link, Message = message, Refusal = refusal })
        { StatusCode = refusal?.StatusOf() ?? StatusCodes.Status200OK };
    }
}
