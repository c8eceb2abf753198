using System.CommandLine;
using Answerprint.Cli.Jobs;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Crop;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Cli.Studio;

/// <summary><c>crop ASSET X Y WIDTH HEIGHT</c>: every value stays the source's, to the bit.</summary>
internal static class CropVerb
{
    private static readonly Argument<Guid> AssetId = new("ASSET") { Description = "The asset's id: a still, an EXR or a DPX" };
    private static readonly Argument<int> Left = new("X") { Description = "Left edge in pixels" };
    private static readonly Argument<int> Top = new("Y") { Description = "Top edge in pixels" };
    private static readonly Argument<int> Width = new("WIDTH") { Description = "In pixels" };
    private static readonly Argument<int> Height = new("HEIGHT") { Description = "In pixels" };
    private static readonly Option<FileInfo?> Target = new("--out") { Description = "Also copy the unsigned result here", HelpName = "OUT" };

    public static Command Make() => new Command("crop", "Cut a rectangle out of a still or a frame for finals").With(AssetId, Left, Top, Width, Height, Target).OnData(CropAsync);

    private static async Task<VerbResult> CropAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new RequestCropRequest(
            parsed.GetValue(AssetId), parsed.GetValue(Left), parsed.GetValue(Top), parsed.GetValue(Width), parsed.GetValue(Height), Use.Ideation);
        var submitted = await session.Get<RequestCrop>().HandleAsync(request, session.Actor, cancellationToken);
        if (submitted.Job is null) return VerbResult.Problem(ExitCode.Failed, submitted.Problem);
        var job = submitted.Job.HasEnded ? submitted.Job : await session.WaitAsync(submitted.Job.Id, cancellationToken);
        var made = await session.Db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.JobId == job.Id, cancellationToken);
        if (made is { State: AssetState.Quarantined }) return VerbResult.Problem(ExitCode.RefusedOrWaiting, $"the crop was made before, and taken back since: {made.StateReason}");
        if (made is not null && parsed.GetValue(Target) is { } target) File.Copy(session.Get<BlobStore>().PathOf(made.BlobSha256), target.FullName, overwrite: true);
        var json = JobsVerb.Describe(job);
        json["asset"] = made?.Id.ToString();
        return new VerbResult(JobsVerb.CodeOf(job), json, made is null ? $"{job.State}: {job.Error}" : $"Made {made.FileName} ({made.Width} x {made.Height}).");
    }
}
