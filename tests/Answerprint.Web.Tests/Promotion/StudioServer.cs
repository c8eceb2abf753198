using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Promotion;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Answerprint.Web.Verify;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Web.Tests.Promotion;

/// <summary>The server with a title, a clip that FFmpeg draws, and real artwork made of it by the real recipe, in this process.</summary>
public sealed class StudioServer : TestServer
{
    public Title Film { get; private set; } = null!;

    public Asset Clip { get; private set; } = null!;

    /// <summary>The artworks as the job left them: one variant, 16:9 and 2:3.</summary>
    public IReadOnlyList<Artwork> Made { get; private set; } = [];

    public Artwork Wide => Made.Single(artwork => artwork.Aspect == "16:9");

    public Artwork Poster => Made.Single(artwork => artwork.Aspect == "2:3");

    public Artwork Square => Made.Single(artwork => artwork.Aspect == "1:1");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var artist = await ActorAsync(Roles.Artist);
        var producer = await ActorAsync(Roles.Producer);
        var production = (await UseAsync<CreateProduction, CreateProductionResult>(
            create => create.HandleAsync(new CreateProductionRequest("TST", "The Test Card"), producer, CancellationToken.None))).Production!;
        Film = (await UseAsync<AddTitle, AddTitleResult>(
            add => add.HandleAsync(new AddTitleRequest("The Test Card") { ProductionId = production.Id }, producer, CancellationToken.None))).Title!;
        Clip = await IngestAsync(production.Id, artist);
        var job = await SubmitAsync(artist, again: false);
        await RunAsync(job.Id);
        Made = await UseAsync<AnswerprintDb, List<Artwork>>(db => db.Set<Artwork>().AsNoTracking().Where(artwork => artwork.JobId == job.Id).ToListAsync());
        Assert.True(Made.Count == 3, (await JobAsync(job.Id)).Error);
    }

    public Task<Job> JobAsync(Guid id) => UseAsync<AnswerprintDb, Job>(db => db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == id));

    public Task RunAsync(Guid jobId) => Services.GetRequiredService<JobRunner>().RunAsync(jobId, CancellationToken.None);

    /// <summary>Runs whatever is queued, as the worker would.</summary>
    public async Task RunQueuedAsync()
    {
        foreach (var id in await UseAsync<AnswerprintDb, List<Guid>>(db => db.Set<Job>().Where(job => job.State == JobState.Queued).Select(job => job.Id).ToListAsync()))
            await RunAsync(id);
    }

    public Task<T> DbAsync<T>(Func<AnswerprintDb, Task<T>> read) => UseAsync(read);

    public async Task<Job> SubmitAsync(Actor actor, bool again) => (await UseAsync<RequestArtwork, SubmitJobResult>(request => request.HandleAsync(
        new RequestArtworkRequest(Film.Id, Use.Marketing, new Declarations { Alteration = "asRecorded" }) { Aspects = ["16:9", "2:3", "1:1"], Variants = 1, Backdrop = false, Again = again }, actor, CancellationToken.None))).Job!;

    protected override void Configure(IServiceCollection services)
    {
        services.AddScoped<JobEndings>().AddSingleton<JobRunner>().AddSingleton(Options.Create(new JobOptions { Beat = TimeSpan.FromMilliseconds(50) }));
        services.Configure<VerifyOptions>(verify => (verify.FilesPerMinute, verify.MaxBytes) = (10_000, 4 << 20));
    }

    private async Task<Asset> IngestAsync(Guid production, Actor artist)
    {
        var path = Path.Combine(Data.Staging, "card.mp4");
        var drawn = await ChildProcess.RunAsync(new ChildProcessOptions
        {
            Program = "ffmpeg",
            Arguments = ["-hide_banner", "-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=12:d=1", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", path],
        });
        Assert.True(drawn.Succeeded, drawn.ErrorTail);
        var blob = await Services.GetRequiredService<BlobStore>().AdoptAsync(path, CancellationToken.None);
        var rights = new IngestRights("The test studio", RightsKind.StaffMade, Performers: PerformerPresence.None, DigitalSource: "digitalCreation");
        var submitted = await UseAsync<IngestFile, SubmitJobResult>(ingest => ingest.HandleAsync(
            new IngestFileRequest(production, [new IngestedFile("card.mp4", blob.Sha256)], rights), artist, CancellationToken.None));
        await RunAsync(submitted.Job!.Id);
        return await DbAsync(db => db.Set<Asset>().AsNoTracking().FirstAsync(asset => asset.Kind == AssetKind.Video));
    }
}

/// <summary>One studio for every test that only reads it or changes a picture of its own.</summary>
[CollectionDefinition(Name)]
public sealed class StudioTests : ICollectionFixture<StudioServer>
{
    public const string Name = "studio";
}
