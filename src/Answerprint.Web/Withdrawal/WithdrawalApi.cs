using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Withdrawal;
using Answerprint.Platform.Withdrawal.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Clearance;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Withdrawal;

/// <summary>Withdrawals under /api/v1.</summary>
internal static class WithdrawalApi
{
    private const int MostListed = 1000;

    public sealed record WithdrawalWish(Guid? Asset, string? Owner, string? Reason);

    public sealed record ReasonWish(string? Reason);

    public sealed record WithdrawalJson(
        Guid Id, Guid? Asset, string Owner, string Name, string Reason, int Sources, int Dependents, int StoppedJobs, Guid MadeBy, DateTimeOffset MadeAt, bool InForce,
        string RestoreReason, Guid? RestoredBy, DateTimeOffset? RestoredAt);

    public sealed record ReachedJson(Guid Asset, string Name, string Kind, int Steps, double Share);

    public sealed record ReleaseJson(Guid Release, Guid Asset, string Name, string Use, string FileName, string Sha256, DateTimeOffset ReleasedAt);

    public sealed record PageJson(string Slug, string Title, int Pictures, int Shots);

    public sealed record RemakeJson(Guid OldAsset, Guid OldJob, Guid? NewJob, Guid? NewAsset, string State, string Review, string Note);

    public sealed record OutlookJson(Guid Job, string Recipe, string Name, int Assets, bool Possible, string Note);

    public sealed record PreviewJson(
        string Name, int Sources, int Dependents, int Shots, int Releases, int Pages, int Jobs, IReadOnlyList<ReachedJson> Assets, IReadOnlyList<ReleaseJson> LeftTheHouse,
        IReadOnlyList<PageJson> ShownOn, IReadOnlyList<Guid> Stops, IReadOnlyList<OutlookJson> Remakes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        string[] withdrawers = [.. WithdrawSource.ForRoles];
        var api = routes.MapGroup("/api/v1/withdrawals").WithTags("Withdrawal");
        api.MapGet("", ListAsync).ForRoles(ClearanceRoles.Readers).WithName("listWithdrawals").WithSummary("Withdrawals, latest first");
        api.MapGet("/preview", PreviewAsync).ForRoles(withdrawers).WithName("previewWithdrawal").WithSummary("What a withdrawal of an asset or of an owner's everything would do; nothing happens").ProducesProblem(404).ProducesProblem(422);
        api.MapPost("", WithdrawAsync).ForRoles(withdrawers).WithName("withdraw").WithSummary("Withdraws an asset, or everything of an owner, with all that was made from it").ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapGet("/{id:guid}", GetAsync).ForRoles(ClearanceRoles.Readers).WithName("getWithdrawal").WithSummary("One withdrawal").ProducesProblem(404);
        api.MapGet("/{id:guid}/remakes", RemakesAsync).ForRoles(ClearanceRoles.Readers).WithName("listRemakes").WithSummary("What is made again without the source, and what was said of it").ProducesProblem(404);
        api.MapPost("/{id:guid}/restore", RestoreAsync).ForRoles(withdrawers).WithName("restoreWithdrawal").WithSummary("Undoes a withdrawal that was made in error").ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("/{id:guid}/remakes/{old:guid}/accept", (Guid id, Guid old, HttpContext context, ReviewRemake review, CancellationToken cancellationToken) => ReviewAsync(id, old, true, context, review, cancellationToken))
            .ForRoles(withdrawers).WithName("acceptRemake").WithSummary("Puts what was made again in the place of the withdrawn asset").ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/{id:guid}/remakes/{old:guid}/reject", (Guid id, Guid old, HttpContext context, ReviewRemake review, CancellationToken cancellationToken) => ReviewAsync(id, old, false, context, review, cancellationToken))
            .ForRoles(withdrawers).WithName("rejectRemake").WithSummary("Leaves the place of the withdrawn asset empty").ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<Ok<List<WithdrawalJson>>> ListAsync(WithdrawalReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok((await reader.ListAsync(cancellationToken)).ConvertAll(row => Show(row.Record)));

    private static async Task<IResult> PreviewAsync(Guid? asset, string? owner, HttpContext context, PreviewWithdrawal preview, CancellationToken cancellationToken)
    {
        var found = await preview.HandleAsync(WithdrawalWeb.SubjectOf(asset, owner), context.User.ToActor(), cancellationToken);
        if (found.Refusal is { } refusal) return refusal.ToProblem();
        var (affected, reach) = (found.Affected, found.Reach);
        return TypedResults.Ok(new PreviewJson(
            affected.Name, affected.Sources.Count, affected.Dependents.Count, reach.Versions.Count, reach.Releases.Count, reach.Pages.Count, reach.Jobs.Count,
            [.. affected.Dependents.Take(MostListed).Select(each => new ReachedJson(each.Asset.Id, each.Asset.Name, ClearanceWords.Camel(each.Asset.Kind), each.Steps, each.ShareMillionths / 1e6))],
            [.. reach.Releases.Take(MostListed).Select(each => new ReleaseJson(each.Release.Id, each.Release.AssetId, each.AssetName, each.Release.Use, each.Release.FileName, each.Release.BlobSha256, each.Release.ReleasedAt))],
            [.. reach.Pages.Select(page => new PageJson(page.Title.Slug, page.Title.Name, page.Pictures, page.Shots))], [.. reach.Jobs.Select(job => job.Id)],
            [.. found.Remakes.Take(MostListed).Select(each => new OutlookJson(each.Job.Id, each.Job.Recipe, each.Job.Name, each.Assets, each.Impossible.Length == 0, each.Impossible))]));
    }

    private static async Task<IResult> WithdrawAsync(WithdrawalWish body, HttpContext context, WithdrawSource withdraw, CancellationToken cancellationToken)
    {
        var result = await withdraw.HandleAsync(new(WithdrawalWeb.SubjectOf(body.Asset, body.Owner), body.Reason ?? ""), context.User.ToActor(), cancellationToken);
        return result.Withdrawal is { } made ? TypedResults.Created($"/api/v1/withdrawals/{made.Id}", Show(made)) : result.Refusal!.ToProblem();
    }

    private static async Task<IResult> GetAsync(Guid id, WithdrawalReader reader, CancellationToken cancellationToken) =>
        await reader.LoadAsync(id, 1, false, cancellationToken) is { } model ? TypedResults.Ok(Show(model.Record)) : Missing(id);

    private static async Task<IResult> RemakesAsync(Guid id, WithdrawalReader reader, CancellationToken cancellationToken) =>
        await reader.LoadAsync(id, 1, false, cancellationToken) is { } model ? TypedResults.Ok(model.Pairs.Select(Show).ToList()) : Missing(id);

    private static async Task<IResult> RestoreAsync(Guid id, ReasonWish body, HttpContext context, RestoreWithdrawal restore, CancellationToken cancellationToken)
    {
        var result = await restore.HandleAsync(new(id, body.Reason ?? ""), context.User.ToActor(), cancellationToken);
        return result.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(Show(result.Withdrawal!));
    }

    private static async Task<IResult> ReviewAsync(Guid id, Guid old, bool accept, HttpContext context, ReviewRemake review, CancellationToken cancellationToken)
    {
        var result = await review.HandleAsync(new(id, old, accept), context.User.ToActor(), cancellationToken);
        return result.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(Show(result.Pair!));
    }

    private static WithdrawalJson Show(WithdrawalRecord made) => new(
        made.Id, made.AssetId, made.Owner, made.Name, made.Reason, made.Sources, made.Dependents, made.StoppedJobs, made.MadeBy, made.MadeAt, made.RestoredAt is null,
        made.RestoreReason, made.RestoredBy, made.RestoredAt);

    private static RemakeJson Show(RemakePair pair) => new(
        pair.Old.Id, pair.OldJob.Id, pair.NewJob?.Id, pair.Made?.Id, ClearanceWords.Camel(pair.Remake.State), ClearanceWords.Camel(pair.Review.State), pair.Remake.Note);

    private static IResult Missing(Guid id) => Refusal.NotFound($"There is no withdrawal {id}.").ToProblem();
}
