using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Promotion;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Crop;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Web.Tests.Withdrawal;

/// <summary>
/// A studio with two clips and a still, made by the real recipes: a published shot and a published, signed artwork from the first clip, a crop of the still.
/// The second clip is what is left when the first is taken back.
/// </summary>
public sealed class WithdrawalServer : TestServer
{
    public Production Production { get; private set; } = null!;

    public Title Film { get; private set; } = null!;

    public Asset First { get; private set; } = null!;

    public Asset Second { get; private set; } = null!;

    public Asset Still { get; private set; } = null!;

    public Asset Crop { get; private set; } = null!;

    public Artwork Artwork { get; private set; } = null!;

    public Release Release { get; private set; } = null!;

    public ShotVersion Version { get; private set; } = null!;

    public Shot Shot { get; private set; } = null!;

    /// <summary>A job that another process runs on the first clip, with a picture of how far it is.</summary>
    public Guid Running { get; private set; }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var (artist, producer, counsel) = (await ActorAsync(Roles.Artist), await ActorAsync(Roles.Producer), await ActorAsync(Roles.Counsel));
        Production = (await UseAsync<CreateProduction, CreateProductionResult>(create => create.HandleAsync(new("TST", "The Test Card"), producer, CancellationToken.None))).Production!;
        Film = (await UseAsync<AddTitle, AddTitleResult>(add => add.HandleAsync(new AddTitleRequest("The Test Card") { ProductionId = Production.Id }, producer, CancellationToken.None))).Title!;
        Shot = (await UseAsync<AddShot, AddShotResult>(add => add.HandleAsync(new(Production.Id, "010", "Card", "0010", "The card moves"), producer, CancellationToken.None))).Shot!;
        First = await IngestAsync("first.mp4", ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=12:d=1", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast"], "Alba Pictures", artist);
        Second = await IngestAsync("second.mp4", ["-f", "lavfi", "-i", "mandelbrot=s=640x360:r=12", "-t", "1", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast"], "The test studio", artist);
        Still = await IngestAsync("still.png", ["-f", "lavfi", "-i", "testsrc=s=320x180", "-frames:v", "1"], "Alba Pictures", artist);
        Version = new ShotVersion { Id = Guid.CreateVersion7(), ShotId = Shot.Id, Number = 1, AssetId = First.Id, Status = VersionStatus.Published, CreatedBy = artist.AccountId, CreatedAt = DateTimeOffset.UtcNow };
        await DbAsync(db =>
        {
            db.Add(Version);
            return db.SaveChangesAsync();
        });
        var crop = await UseAsync<RequestCrop, SubmitJobResult>(request => request.HandleAsync(new(Still.Id, 10, 10, 100, 80, Use.Ideation), artist, CancellationToken.None));
        await RunAsync(crop.Job!.Id);
        Crop = await DbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(asset => asset.JobId == crop.Job.Id));
        await MakeArtworkAsync(artist, counsel);
        await RunElsewhereAsync(artist);
    }

    public Task<T> DbAsync<T>(Func<AnswerprintDb, Task<T>> read) => UseAsync(read);

    public Task RunAsync(Guid jobId) => Services.GetRequiredService<JobRunner>().RunAsync(jobId, CancellationToken.None);

    public async Task RunQueuedAsync()
    {
        foreach (var id in await DbAsync(db => db.Set<Job>().Where(job => job.State == JobState.Queued).Select(job => job.Id).ToListAsync())) await RunAsync(id);
    }

    public Task<Asset> AssetAsync(Guid id) => DbAsync(db => db.Set<Asset>().AsNoTracking().FirstAsync(asset => asset.Id == id));

    protected override void Configure(IServiceCollection services) =>
        services.AddScoped<JobEndings>().AddSingleton<JobRunner>().AddSingleton(Options.Create(new JobOptions { Beat = TimeSpan.FromMilliseconds(50) }));

    private async Task MakeArtworkAsync(Actor artist, Actor counsel)
    {
        var said = new Declarations { Alteration = "asRecorded" };
        var job = (await UseAsync<RequestArtwork, SubmitJobResult>(request => request.HandleAsync(
            new RequestArtworkRequest(Film.Id, Use.Marketing, said) { Sources = [First.Id], Aspects = ["16:9"], Variants = 1, Backdrop = false }, artist, CancellationToken.None))).Job!;
        await RunAsync(job.Id);
        Artwork = await DbAsync(db => db.Set<Artwork>().AsNoTracking().SingleAsync(artwork => artwork.JobId == job.Id));
        var asked = await UseAsync<ReleaseDesk, ReleaseResult>(desk => desk.RequestAsync(new(Artwork.AssetId, Use.Marketing, said), artist, CancellationToken.None));
        Release = asked.Release ?? (await UseAsync<DecideEscalation, DecideEscalationResult>(
            decide => decide.HandleAsync(new(asked.Decision!.Id, true, "within the campaign"), counsel, CancellationToken.None))).Release!;
    }

    private async Task RunElsewhereAsync(Actor artist)
    {
        var subtitles = await Services.GetRequiredService<BlobStore>().AddAsync(new MemoryStream("WEBVTT"u8.ToArray()), CancellationToken.None);
        var job = new Job
        {
            Id = Guid.CreateVersion7(), Hash = new string('f', 64), Recipe = "artwork", RecipeVersion = 1, Name = "Artwork, elsewhere", State = JobState.Running, LeaseOwner = "elsewhere",
            InputsJson = $$"""[{"asset":"{{First.Id}}","part":"source","sha256":"{{First.BlobSha256}}"}]""", ProductionId = Production.Id, RequestedBy = artist.AccountId, CreatedAt = DateTimeOffset.UtcNow,
        };
        await DbAsync(db =>
        {
            db.AddRange(job, new Rendition { AssetId = First.Id, Kind = RenditionKind.WebVtt, BlobSha256 = subtitles.Sha256, MediaType = "text/vtt" });
            return db.SaveChangesAsync();
        });
        await File.WriteAllBytesAsync(Path.Combine(Data.Previews, $"{job.Id:N}.jpg"), [0xFF, 0xD8, 0xFF]);
        Running = job.Id;
    }

    private async Task<Asset> IngestAsync(string name, string[] draw, string owner, Actor artist)
    {
        var path = Path.Combine(Data.Staging, name);
        var drawn = await ChildProcess.RunAsync(new ChildProcessOptions { Program = "ffmpeg", Arguments = ["-hide_banner", "-nostdin", "-loglevel", "error", "-y", .. draw, path] });
        Assert.True(drawn.Succeeded, drawn.ErrorTail);
        var blob = await Services.GetRequiredService<BlobStore>().AdoptAsync(path, CancellationToken.None);
        var rights = new IngestRights(owner, RightsKind.StaffMade, Performers: PerformerPresence.None, DigitalSource: "digitalCreation");
        var submitted = await UseAsync<IngestFile, SubmitJobResult>(ingest => ingest.HandleAsync(new IngestFileRequest(Production.Id, [new IngestedFile(name, blob.Sha256)], rights), artist, CancellationToken.None));
        await RunAsync(submitted.Job!.Id);
        return await DbAsync(db => db.Set<Asset>().AsNoTracking().FirstAsync(asset => asset.JobId == submitted.Job.Id));
    }
}
