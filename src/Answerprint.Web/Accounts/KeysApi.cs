using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Accounts;

/// <summary>Who the caller is and which API keys they have, under /api/v1.</summary>
internal static class KeysApi
{
    public sealed record Me(Guid Id, string Name, IReadOnlyList<string> Roles, string Via);

    public sealed record Key(Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);

    public sealed record NewKey(Key Key, string Secret);

    public sealed record KeyRequest(string? Name, IReadOnlyList<string>? Scopes, int? Days);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Accounts").ForSignedIn();
        api.MapGet("/me", (HttpContext context) => TellWho(context.User.ToActor())).WithName("getMe").WithSummary("Who the caller is");
        api.MapGet("/keys", ListAsync).WithName("listKeys").WithSummary("The caller's API keys, without their secrets");
        api.MapPost("/keys", CreateAsync).WithName("createKey").WithSummary("Makes an API key; its secret is in this answer and nowhere else")
            .ProducesProblem(403).ProducesProblem(409).ProducesProblem(422);
        api.MapDelete("/keys/{id:guid}", RevokeAsync).WithName("revokeKey").WithSummary("Ends an API key").ProducesProblem(404);
    }

    private static Ok<Me> TellWho(Actor actor) =>
        TypedResults.Ok(new Me(actor.AccountId, actor.Name, actor.Roles, actor.Via == ActorVia.ApiKey ? "apiKey" : "session"));

    private static async Task<Ok<List<Key>>> ListAsync(HttpContext context, AnswerprintDb db, CancellationToken cancellationToken)
    {
        var actor = context.User.ToActor();
        var keys = await db.Set<ApiKey>().AsNoTracking().Where(key => key.AccountId == actor.AccountId)
            .OrderByDescending(key => key.CreatedAt).Take(200).ToListAsync(cancellationToken);
        return TypedResults.Ok(keys.ConvertAll(Show));
    }

    private static async Task<Results<Created<NewKey>, ProblemHttpResult>> CreateAsync(
        KeyRequest body, HttpContext context, CreateApiKey createKey, CancellationToken cancellationToken)
    {
        var request = new CreateApiKeyRequest(body.Name ?? "", body.Scopes ?? [], body.Days);
        var made = await createKey.HandleAsync(request, context.User.ToActor(), cancellationToken);
        return made.Refusal is { } refusal
            ? (ProblemHttpResult)refusal.ToProblem()
            : TypedResults.Created($"/api/v1/keys/{made.Key!.Id}", new NewKey(Show(made.Key), made.Secret!));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, HttpContext context, RevokeApiKey revokeKey, CancellationToken cancellationToken)
    {
        var done = await revokeKey.HandleAsync(id, context.User.ToActor(), cancellationToken);
        return done.Refusal is { } refusal ? (ProblemHttpResult)refusal.ToProblem() : TypedResults.NoContent();
    }

    private static Key Show(ApiKey key) =>
        new(key.Id, key.Name, key.Prefix, key.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), key.CreatedAt, key.ExpiresAt, key.RevokedAt);
}
