using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Withdrawal;
using Answerprint.Platform.Withdrawal.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Clearance;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Withdrawal;

/// <summary>/clearance/withdraw: find a source, see what hangs on it, take it back, review what is made again, undo.</summary>
internal static class WithdrawalWeb
{
    /// <summary>So many remakes are queued before the page answers; the keeper queues the rest.</summary>
    private const int QueuedAtOnce = 8;

    private static readonly string[] Withdrawers = [.. WithdrawSource.ForRoles];

    private static readonly Dictionary<string, string> Messages = new(StringComparer.Ordinal)
    {
        ["withdrawn"] = "Withdrawn. From this moment on nothing of it is served.",
        ["restored"] = "Undone. What nothing else holds is active again.",
        ["accepted"] = "Accepted. The new one stands in the old one's place.",
        ["released"] = "Accepted, signed, and on the title's pages.",
        ["asked"] = "Accepted. Clearance was asked whether it may be shown; a person has to answer.",
        ["rejected"] = "Rejected. Nothing stands in the old one's place.",
    };

    public static IServiceCollection AddWithdrawalWeb(this IServiceCollection services) => services.AddScoped<WithdrawalReader>().AddRemakeKeeper();

    public static void MapWithdrawal(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/clearance/withdraw").ExcludeFromDescription();
        pages.MapGet("", FindAsync).ForRoles(ClearanceRoles.Readers);
        pages.MapGet("/{id:guid}", (Guid id, int? page, string? done, HttpContext context) => RecordAsync(id, context, page ?? 1, null, Messages.GetValueOrDefault(done ?? ""))).ForRoles(ClearanceRoles.Readers);
        pages.MapGet("/preview", (Guid? asset, string? owner, int? page, HttpContext context) => PreviewAsync(SubjectOf(asset, owner), page ?? 1, context, null, "")).ForRoles(Withdrawers);
        pages.MapPost("", WithdrawAsync).ForRoles(Withdrawers);
        pages.MapPost("/{id:guid}/restore", RestoreAsync).ForRoles(Withdrawers);
        pages.MapGet("/{id:guid}/review/{old:guid}", (Guid id, Guid old, string? done, HttpContext context) => ReviewAsync(id, old, context, null, Messages.GetValueOrDefault(done ?? ""))).ForRoles(Withdrawers);
        pages.MapPost("/{id:guid}/review/{old:guid}", AnswerAsync).ForRoles(Withdrawers);
        EvidenceRoutes.Map(routes);
        WithdrawalApi.Map(routes);
    }

    /// <summary>The address of the preview of one source.</summary>
    public static string PreviewUrlOf(Guid asset) => $"/clearance/withdraw/preview?asset={asset}";

    /// <summary>The address of the preview of an owner's everything.</summary>
    public static string PreviewUrlOf(string owner) => $"/clearance/withdraw/preview?owner={Uri.EscapeDataString(owner)}";

    public static WithdrawalSubject SubjectOf(Guid? asset, string? owner) => asset is { } id ? WithdrawalSubject.Of(id) : WithdrawalSubject.Of(owner ?? "");

    private static async Task<RazorComponentResult<WithdrawPage>> FindAsync(string? q, HttpContext context, WithdrawalReader reader, CancellationToken cancellationToken)
    {
        var mayClear = context.User.ToActor().HasAny(Withdrawers);
        var (assets, owners) = mayClear ? await reader.FindAsync(q ?? "", cancellationToken) : ([], []);
        return new(new { Query = q ?? "", Found = (IReadOnlyList<Asset>)assets, Owners = (IReadOnlyList<(string, int)>)owners, Withdrawals = (IReadOnlyList<WithdrawalRow>)await reader.ListAsync(cancellationToken), MayClear = mayClear });
    }

    private static async Task<IResult> PreviewAsync(WithdrawalSubject subject, int page, HttpContext context, Refusal? refusal, string reason)
    {
        var preview = await context.RequestServices.GetRequiredService<PreviewWithdrawal>().HandleAsync(subject, context.User.ToActor(), context.RequestAborted);
        if (preview.Refusal is { } nothing) return MissingPage.Show("Nothing to withdraw", ClearanceWords.Capital(nothing.Reason), "/clearance/withdraw", "Withdraw", nothing.StatusOf());
        return new RazorComponentResult<PreviewPage>(new { Preview = preview, Page = page, Refusal = refusal, Reason = reason }) { StatusCode = refusal?.StatusOf() ?? StatusCodes.Status200OK };
    }

    private static async Task<IResult> WithdrawAsync(HttpContext context, WithdrawSource withdraw, QueueRemakes queue)
    {
        var form = await PageForm.ReadAsync(context);
        var subject = SubjectOf(Guid.TryParse(form["asset"], out var asset) ? asset : null, form["owner"]);
        var result = await withdraw.HandleAsync(new(subject, form["reason"]), context.User.ToActor(), context.RequestAborted);
        if (result.Withdrawal is not { } made) return await PreviewAsync(subject, 1, context, result.Refusal, form["reason"]);
        await queue.HandleAsync(made.Id, QueuedAtOnce, context.RequestAborted);
        return Results.LocalRedirect($"/clearance/withdraw/{made.Id}?done=withdrawn");
    }

    private static async Task<IResult> RecordAsync(Guid id, HttpContext context, int page, Refusal? refusal, string? message)
    {
        var reader = context.RequestServices.GetRequiredService<WithdrawalReader>();
        if (await reader.LoadAsync(id, page, context.User.ToActor().HasAny(Withdrawers), context.RequestAborted) is not { } model)
            return MissingPage.Show("No such withdrawal", $"There is no withdrawal with the id {id}.", "/clearance/withdraw", "Withdraw");
        return new RazorComponentResult<RecordPage>(new { Model = model, Refusal = refusal, Message = message }) { StatusCode = refusal?.StatusOf() ?? StatusCodes.Status200OK };
    }

    private static async Task<IResult> RestoreAsync(Guid id, HttpContext context, RestoreWithdrawal restore)
    {
        var result = await restore.HandleAsync(new(id, (await PageForm.ReadAsync(context))["reason"]), context.User.ToActor(), context.RequestAborted);
        return result.Refusal is null ? Results.LocalRedirect($"/clearance/withdraw/{id}?done=restored") : await RecordAsync(id, context, 1, result.Refusal, null);
    }

    private static async Task<IResult> ReviewAsync(Guid id, Guid old, HttpContext context, Refusal? refusal, string? message = null)
    {
        var services = context.RequestServices;
        var reader = services.GetRequiredService<WithdrawalReader>();
        if (await reader.LoadAsync(id, 1, true, context.RequestAborted) is not { } model || model.Pairs.FirstOrDefault(pair => pair.Old.Id == old) is not { } pair)
            return MissingPage.Show("Nothing to review", "Nothing is made again in its place.", $"/clearance/withdraw/{id}", "The withdrawal");
        var next = model.Pairs.FirstOrDefault(other => other.IsReviewable && other.Old.Id != old);
        var sources = await SourcesAsync(services.GetRequiredService<AnswerprintDb>(), pair.Made?.Id, context.RequestAborted);
        var share = await services.GetRequiredService<AnswerprintDb>().Set<WithdrawnAsset>().Where(each => each.WithdrawalId == id && each.AssetId == old).Select(each => each.ShareMillionths).FirstOrDefaultAsync(context.RequestAborted);
        return new RazorComponentResult<ReviewPage>(new
        {
            Model = model, Pair = pair, Next = next?.Old.Id, Sources = (IReadOnlyList<MadeFrom>)sources, OldShare = share / 1e6, Refusal = refusal, Message = message,
            Named = pair.Made is null ? null : await services.GetRequiredService<LitPixels>().NamesWithdrawnAsync(pair.Made, id, context.RequestAborted),
        })
        {
            StatusCode = refusal?.StatusOf() ?? StatusCodes.Status200OK,
        };
    }

    private static async Task<IResult> AnswerAsync(Guid id, Guid old, HttpContext context, ReviewRemake review)
    {
        var accept = (await PageForm.ReadAsync(context))["accept"] == "true";
        var result = await review.HandleAsync(new(id, old, accept), context.User.ToActor(), context.RequestAborted);
        if (result.Refusal is { } refusal) return await ReviewAsync(id, old, context, refusal);
        // One after the other: what is left to review comes up by itself, and the withdrawal once nothing is.
        var done = !accept ? "rejected" : result.Release is null ? "accepted" : result.Release.Release is null ? "asked" : "released";
        var left = await context.RequestServices.GetRequiredService<WithdrawalReader>().NextAsync(id, context.RequestAborted);
        return Results.LocalRedirect(left is { } next ? $"/clearance/withdraw/{id}/review/{next}?done={done}" : $"/clearance/withdraw/{id}?done={done}");
    }

    private static async Task<List<MadeFrom>> SourcesAsync(AnswerprintDb db, Guid? asset, CancellationToken cancellationToken) => asset is null ? [] : await (
        from input in db.Set<AssetInput>().AsNoTracking()
        where input.AssetId == asset
        join source in db.Set<Asset>().AsNoTracking() on input.SourceId equals source.Id
        orderby input.ShareMillionths descending
        select new MadeFrom(source.Id, source.Name, source.Owner, input.Part, input.ShareMillionths / 1e6)).ToListAsync(cancellationToken);
}

/// <summary>What a new asset was made from.</summary>
public sealed record MadeFrom(Guid Id, string Name, string Owner, string Part, double Share);
