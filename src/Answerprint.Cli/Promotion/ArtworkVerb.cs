using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Jobs;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Promotion;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Cli.Promotion;

/// <summary><c>artwork SLUG</c>: makes artwork of a title from its production's footage.</summary>
internal static class ArtworkVerb
{
    private static readonly Argument<string> Slug = new("TITLE") { Description = "The last part of the title's address, such as the-last-lamp" };
    private static readonly Option<Use> For = new("--use") { Description = "What it is for", DefaultValueFactory = _ => Use.Ideation };
    private static readonly Option<int> Variants = new("--variants") { Description = "How many frames, 1 to 12", DefaultValueFactory = _ => 3 };
    private static readonly Option<string?> Text = new("--text") { Description = "What is set in type (default: the title's name; empty sets nothing)" };
    private static readonly Option<string[]> Aspects = new("--aspect") { Description = "16:9, 2:3, 1:1 or 21:9; may be repeated (default: all)" };
    private static readonly Option<bool> Again = new("--again") { Description = "Run finished work again, to show that it gives the same pixels" };
    private static readonly Option<DirectoryInfo?> OutDir = new("--out-dir") { Description = "Also copy the unsigned drafts here", HelpName = "DIR" };

    public static Command Make() => new Command("artwork", "Make artwork of a title from its footage").With(Slug, For, Variants, Text, Aspects, Again, OutDir).OnData(MakeAsync);

    private static async Task<VerbResult> MakeAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var slug = parsed.GetValue(Slug)!;
        var title = await session.Db.Set<Title>().AsNoTracking().FirstOrDefaultAsync(title => title.Slug == slug, cancellationToken);
        if (title is null) return VerbResult.Problem(ExitCode.NothingFound, $"there is no title '{slug}'");
        var request = new RequestArtworkRequest(title.Id, parsed.GetValue(For), new Declarations { Alteration = "asRecorded" })
        {
            TitleText = parsed.GetValue(Text), Variants = parsed.GetValue(Variants), Aspects = parsed.GetValue(Aspects) ?? [], Again = parsed.GetValue(Again), Priority = 10,
        };
        var submitted = await session.Get<RequestArtwork>().HandleAsync(request, session.Actor, cancellationToken);
        if (submitted.Job is null) return VerbResult.Problem(ExitCode.Failed, submitted.Problem);
        var job = submitted.Job.HasEnded ? submitted.Job : await session.WaitAsync(submitted.Job.Id, cancellationToken);
        var artworks = await ArtworksAsync(session, job, cancellationToken);
        if (parsed.GetValue(OutDir) is { } folder) Copy(session, artworks, folder);
        var json = JobsVerb.Describe(job);
        json["artworks"] = new JsonArray([.. artworks.Select(made => (JsonNode)new JsonObject
        {
            ["artwork"] = made.Artwork.Id.ToString(), ["asset"] = made.Asset.Id.ToString(), ["aspect"] = made.Artwork.Aspect, ["variant"] = made.Artwork.Variant,
            ["sha256"] = made.Asset.BlobSha256, ["pixelSha256"] = made.Asset.PixelSha256, ["width"] = made.Asset.Width, ["height"] = made.Asset.Height,
            ["file"] = made.Asset.FileName, ["blended"] = made.Asset.Shares.Blended, ["rendered"] = made.Asset.Shares.Rendered,
        })]);
        var text = job.State == JobState.Done
            ? $"{artworks.Count} artworks of '{title.Name}' in {job.Seconds:F1} s ({job.CpuSeconds:F1} CPU-seconds).{(job.Reproduced is { } same ? same ? " The same pixels as before." : " The pixels DIFFER from the run before." : "")}"
            : $"{job.State}: {job.Error}{(submitted.Decision is { } decision && job.State is JobState.AwaitingClearance ? ClearanceDoor.Summary(decision) : "")}";
        return new VerbResult(job.Reproduced == false ? ExitCode.Failed : JobsVerb.CodeOf(job), json, text);
    }

    private static async Task<List<(Artwork Artwork, Asset Asset)>> ArtworksAsync(Session session, Job job, CancellationToken cancellationToken)
    {
        var rows = await (from artwork in session.Db.Set<Artwork>().AsNoTracking()
                          join asset in session.Db.Set<Asset>().AsNoTracking() on artwork.AssetId equals asset.Id
                          join made in session.Db.Set<Job>() on artwork.JobId equals made.Id
                          where made.Hash == job.Hash
                          orderby artwork.Variant, artwork.Aspect
                          select new { artwork, asset }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.artwork, row.asset))];
    }

    private static void Copy(Session session, List<(Artwork Artwork, Asset Asset)> artworks, DirectoryInfo folder)
    {
        folder.Create();
        foreach (var (_, asset) in artworks) File.Copy(session.Get<BlobStore>().PathOf(asset.BlobSha256), Path.Combine(folder.FullName, asset.FileName), overwrite: true);
    }
}
