using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Cli.Clearance;

/// <summary><c>release ASSET</c>: asks Clearance, and writes the signed file where it lets it out.</summary>
internal static class ReleaseVerb
{
    private static readonly Argument<Guid> AssetId = new("ASSET") { Description = "The asset's id" };
    private static readonly Option<Use> For = new("--use") { Description = "What it will be used for outside", DefaultValueFactory = _ => Use.Marketing };
    private static readonly Option<FileInfo?> Target = new("--out") { Description = "Copy the signed file here", HelpName = "OUT" };

    public static Command Make() => new Command("release", "Let an asset out: Clearance answers, then it is signed").With(AssetId, For, Target).OnData(ReleaseAsync);

    public static VerbResult Describe(Session session, ReleaseResult result, FileInfo? target)
    {
        if (result.Decision is not { } decision) return VerbResult.Problem(ExitCode.Failed, result.Problem);
        var json = new JsonObject
        {
            ["decision"] = decision.Id.ToString(), ["answer"] = decision.Answer.ToString().ToLowerInvariant(), ["state"] = decision.State.ToString().ToLowerInvariant(),
            ["waitsFor"] = decision.EscalatedTo, ["summary"] = ClearanceDoor.Summary(decision),
        };
        if (result.Release is not { } release) return new VerbResult(ExitCode.RefusedOrWaiting, json, $"{ClearanceDoor.Summary(decision)} (decision {decision.Id})");
        (json["release"], json["sha256"], json["manifest"]) = (release.Id.ToString(), release.BlobSha256, release.ManifestLabel);
        if (target is not null) File.Copy(session.Get<BlobStore>().PathOf(release.BlobSha256), target.FullName, overwrite: true);
        return new VerbResult(ExitCode.Done, json, $"Released {release.FileName} ({release.BlobSha256}){(target is null ? "" : $" to {target.FullName}")}.");
    }

    private static async Task<VerbResult> ReleaseAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var wish = new RequestRelease(parsed.GetValue(AssetId), parsed.GetValue(For), new Declarations { Alteration = "asRecorded" });
        if (await session.Db.Set<Asset>().FindAsync([wish.AssetId], cancellationToken) is null) return VerbResult.Problem(ExitCode.NothingFound, $"there is no asset {wish.AssetId}");
        return Describe(session, await session.Get<ReleaseDesk>().RequestAsync(wish, session.Actor, cancellationToken), parsed.GetValue(Target));
    }
}
