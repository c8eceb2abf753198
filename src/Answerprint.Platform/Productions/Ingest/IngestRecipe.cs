using System.Text.Json.Nodes;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Productions.Ingest;

/// <summary>Brings files in: probes them by content, makes what is needed to look at them, and only then puts an asset on record.</summary>
internal sealed class IngestRecipe(MediaOptions media, VideoIngest video, StillIngest still, PlateIngest plate, SequenceIngest sequence) : IRecipe
{
    public const string OutputKey = "asset";

    public string Name => IngestFile.Recipe;

    public int Version => 1;

    public Grade Grade => Grade.Exact;

    public bool Generates => false;

    public IReadOnlyList<string> Tools => ["ffmpeg", "libvips", "openimageio"];

    // The bytes of the asset are the bytes that came; renditions to look at it are no part of its identity.
    public Task<string> EngineAsync(CancellationToken cancellationToken) => Task.FromResult("ingest 1");

    public async Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var wish = context.Parameters<IngestParameters>();
        context.Report(0, "Probing");
        var source = new IngestSource(context, wish, context.Inputs[0].Path);
        if (context.Inputs.Count > 1) return Result(await sequence.MakeAsync(source, cancellationToken), "sequence", context);
        var info = source.OrFail(await new MediaProbe(media).ProbeAsync(source.Path, cancellationToken));
        var output = info switch
        {
            VideoInfo found => await video.MakeAsync(source, found, cancellationToken),
            StillInfo found => await still.MakeAsync(source, found, cancellationToken),
            PlateInfo found => await plate.MakeAsync(source, found, cancellationToken),
            SubtitleInfo found => await SubtitleIngest.MakeAsync(source, found, cancellationToken),
            AudioInfo found => source.Output(source.Asset(AssetKind.Audio, $"audio/{found.Format}", found), []),
            _ => throw new RecipeException($"'{wish.FileNames[0]}' is {info.Format}, which is not taken in"),
        };
        return Result(output, info.Format, context);
    }

    private static RecipeResult Result(RecipeOutput output, string format, JobContext context) => new([output], new JsonObject
    {
        ["name"] = output.Asset.Name, ["kind"] = output.Asset.Kind.ToString(), ["format"] = format,
        ["width"] = output.Asset.Width, ["height"] = output.Asset.Height, ["frames"] = output.Asset.Frames, ["sha256"] = context.Inputs[0].BlobSha256,
    }, "");

    public async Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken)
    {
        var asset = recorded.Assets[OutputKey];
        recorded.Result.Result["asset"] = asset.Id.ToString();
        var wish = System.Text.Json.JsonSerializer.Deserialize<IngestParameters>(recorded.Job.ParametersJson, System.Text.Json.JsonSerializerOptions.Web)!;
        db.AddRange((wish.Tags ?? []).Select(tag => new LibraryTag { AssetId = asset.Id, Tag = tag, AddedBy = recorded.Job.RequestedBy, AddedAt = asset.CreatedAt }));
        if (wish.Shot is not { } shotId) return;
        var shot = await db.Set<Shot>().FirstOrDefaultAsync(shot => shot.Id == shotId, cancellationToken);
        if (shot is null) return; // removed while the worker decoded; the asset stays in the library
        var number = 1 + (await db.Set<ShotVersion>().Where(version => version.ShotId == shotId).MaxAsync(version => (int?)version.Number, cancellationToken) ?? 0);
        db.Add(new ShotVersion
        {
            Id = Guid.CreateVersion7(), ShotId = shotId, Number = number, AssetId = asset.Id, Status = VersionStatus.Draft,
            CreatedBy = recorded.Job.RequestedBy, CreatedAt = asset.CreatedAt,
        });
        shot.Status = ShotStatus.InProgress;
    }
}
