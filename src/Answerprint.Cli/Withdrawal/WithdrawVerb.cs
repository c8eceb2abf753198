using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Withdrawal;
using Answerprint.Platform.Withdrawal.Contracts;

namespace Answerprint.Cli.Withdrawal;

/// <summary><c>withdraw ASSET</c> or <c>withdraw --owner NAME</c>: take back a source and all that was made from it, or say what that would do.</summary>
internal static class WithdrawVerb
{
    private const int MostListed = 1000;
    private const int MostShown = 20;

    private static readonly Argument<Guid?> AssetId = new("ASSET") { Description = "The source's id", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Owner = new("--owner") { Description = "Everything of this owner instead of one source", HelpName = "NAME" };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; goes on the audit", HelpName = "TEXT", DefaultValueFactory = _ => "" };
    private static readonly Option<bool> Preview = new("--preview") { Description = "Say what would be affected; nothing happens" };
    private static readonly Option<Guid?> Restore = new("--restore") { Description = "Undo this withdrawal instead", HelpName = "WITHDRAWAL" };

    public static Command Make() => new Command("withdraw", "Take back a source with all that was made from it, or see what that would do").With(AssetId, Owner, Reason, Preview, Restore).OnData(WithdrawAsync);

    private static async Task<VerbResult> WithdrawAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (asset, owner, restore) = (parsed.GetValue(AssetId), parsed.GetValue(Owner), parsed.GetValue(Restore));
        if (new[] { asset is not null, owner is not null, restore is not null }.Count(given => given) != 1)
            return VerbResult.Problem(ExitCode.WrongUse, "name one of: an asset, an owner with --owner, a withdrawal with --restore");
        if (restore is { } id) return await RestoreAsync(session, id, parsed.GetValue(Reason)!, cancellationToken);
        var subject = asset is { } source ? WithdrawalSubject.Of(source) : WithdrawalSubject.Of(owner!);
        if (parsed.GetValue(Preview)) return Describe(await session.Get<PreviewWithdrawal>().HandleAsync(subject, session.Actor, cancellationToken));

        var result = await session.Get<WithdrawSource>().HandleAsync(new(subject, parsed.GetValue(Reason)!), session.Actor, cancellationToken);
        if (result.Withdrawal is not { } made) return Problem(result.Refusal!);
        // A server queues what is planned by itself; without one it has to be done here. Doing it twice does it once.
        while (await session.Get<QueueRemakes>().HandleAsync(made.Id, 100, cancellationToken) > 0) { }
        var pairs = await session.Get<RemakePairs>().ReadAsync(made.Id, cancellationToken);
        return new VerbResult(ExitCode.Done, Describe(made, pairs),
            $"Withdrew {made.Name}: {made.Sources} source{(made.Sources == 1 ? "" : "s")} and {made.Dependents} made from {(made.Sources == 1 ? "it" : "them")} are quarantined, "
            + $"{Count(made.StoppedJobs, "job")} stopped, {Count(pairs.Count(pair => pair.NewJob is not null), "asset")} to be made again. Copies already outside cannot be recalled. ({made.Id})");
    }

    private static async Task<VerbResult> RestoreAsync(Session session, Guid id, string reason, CancellationToken cancellationToken)
    {
        var result = await session.Get<RestoreWithdrawal>().HandleAsync(new(id, reason), session.Actor, cancellationToken);
        if (result.Refusal is { } refusal) return Problem(refusal);
        return new VerbResult(ExitCode.Done, new JsonObject { ["withdrawal"] = id.ToString(), ["inForce"] = false, ["active"] = result.Active }, $"Undone: {result.Active} assets are active again.");
    }

    private static JsonObject Describe(WithdrawalRecord made, IReadOnlyList<RemakePair> pairs) => new()
    {
        ["withdrawal"] = made.Id.ToString(), ["name"] = made.Name, ["reason"] = made.Reason, ["inForce"] = made.RestoredAt is null,
        ["sources"] = made.Sources, ["dependents"] = made.Dependents, ["stoppedJobs"] = made.StoppedJobs,
        ["remakes"] = new JsonArray([.. pairs.Take(MostListed).Select(pair => (JsonNode)new JsonObject
        {
            ["oldAsset"] = pair.Old.Id.ToString(), ["newJob"] = pair.NewJob?.Id.ToString(), ["state"] = pair.Remake.State.ToString().ToLowerInvariant(), ["note"] = pair.Remake.Note,
        })]),
    };

    private static VerbResult Describe(WithdrawalPreview preview)
    {
        if (preview.Refusal is { } refusal) return Problem(refusal);
        var (affected, reach) = (preview.Affected, preview.Reach);
        var possible = preview.Remakes.Count(remake => remake.Impossible.Length == 0);
        var json = new JsonObject
        {
            ["preview"] = true, ["name"] = affected.Name, ["sources"] = affected.Sources.Count, ["dependents"] = affected.Dependents.Count, ["shots"] = reach.Versions.Count,
            ["releases"] = new JsonArray([.. reach.Releases.Take(MostListed).Select(each => (JsonNode)new JsonObject
            {
                ["release"] = each.Release.Id.ToString(), ["asset"] = each.Release.AssetId.ToString(), ["use"] = each.Release.Use, ["fileName"] = each.Release.FileName, ["releasedAt"] = each.Release.ReleasedAt,
            })]),
            ["pages"] = new JsonArray([.. reach.Pages.Select(page => (JsonNode)page.Title.Slug)]), ["jobs"] = new JsonArray([.. reach.Jobs.Select(job => (JsonNode)job.Id.ToString())]),
            ["canBeMadeAgain"] = possible, ["cannotBeMadeAgain"] = preview.Remakes.Count - possible,
            ["assets"] = new JsonArray([.. affected.Dependents.Take(MostListed).Select(each => (JsonNode)new JsonObject
            {
                ["asset"] = each.Asset.Id.ToString(), ["name"] = each.Asset.Name, ["steps"] = each.Steps, ["share"] = each.ShareMillionths / 1e6,
            })]),
        };
        var lines = affected.Dependents.Take(MostShown).Select(each => $"  {each.Asset.Id}  {each.ShareMillionths / 1e4,6:0.0} %  {each.Steps} step{(each.Steps == 1 ? " " : "s")}  {each.Asset.Name}");
        return new VerbResult(ExitCode.Done, json, $"""
            {affected.Name}: nothing has happened yet. Withdrawing it would quarantine {affected.Sources.Count} source{(affected.Sources.Count == 1 ? "" : "s")} and {affected.Dependents.Count} made from {(affected.Sources.Count == 1 ? "it" : "them")},
            stop {Count(reach.Jobs.Count, "job")} and change {Count(reach.Pages.Count, "page")}. Signed copies outside that cannot be recalled: {reach.Releases.Count}. Pieces of work that can be made again: {possible} of {preview.Remakes.Count}.
            {string.Join('\n', lines)}{(affected.Dependents.Count > MostShown ? $"\n  and {affected.Dependents.Count - MostShown} more" : "")}
            """);
    }

    private static string Count(int count, string one) => $"{count} {one}{(count == 1 ? "" : "s")}";

    private static VerbResult Problem(Refusal refusal) => VerbResult.Problem(refusal.Kind switch
    {
        RefusalKind.NotFound => ExitCode.NothingFound,
        RefusalKind.NotAllowed => ExitCode.RefusedOrWaiting,
        RefusalKind.Invalid => ExitCode.WrongUse,
        _ => ExitCode.Failed,
    }, refusal.Reason);
}
