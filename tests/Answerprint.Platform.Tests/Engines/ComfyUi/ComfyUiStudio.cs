using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Engines.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

/// <summary>A platform whose settings name a loopback server, with a production and, unless a test says otherwise, the server's model in the studio's registry.</summary>
internal sealed class ComfyUiStudio : IAsyncDisposable
{
    private ComfyUiStudio(TestPlatform platform, LoopbackComfyUi server, Guid production) => (Platform, Server, Production) = (platform, server, production);

    public TestPlatform Platform { get; }

    public LoopbackComfyUi Server { get; }

    public Guid Production { get; }

    public static async Task<ComfyUiStudio> StartAsync(Action<ComfyUiOptions>? configure = null, bool registered = true)
    {
        var server = await LoopbackComfyUi.StartAsync();
        var platform = await TestPlatform.StartAsync(services => services
            .AddScoped<JobEndings>().AddSingleton<JobRunner>().AddSingleton(Options.Create(new JobOptions { Beat = TimeSpan.FromMilliseconds(50) }))
            .Configure<ComfyUiOptions>(options =>
            {
                options.Address = server.Address;
                configure?.Invoke(options);
            }));
        if (registered)
        {
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(platform.Folder.Root, "tools")).FullName, "ours.yaml"), """
                registry: ours
                version: "1"
                tools:
                  - { id: model-studio-base, name: Studio base, kind: model, use: Pictures from words., licence: LicenseRef-Studio, version: file, provenance: known, madeFrom: Our own footage., trainsOnInputs: false, retainsInputs: false, location: onPremises }

                """);
        }
        return new ComfyUiStudio(platform, server, (await platform.AddProductionAsync()).Id);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Platform.DisposeAsync();
    }

    public async Task<ComfyUiWorkflow> RegisterAsync(string json = SampleWorkflow.TextToPicture, string name = "Harbour")
    {
        var result = await Platform.WithAsync((RegisterWorkflow register) =>
            register.HandleAsync(new RegisterWorkflowRequest(name, SampleWorkflow.Bytes(json), "Drawn here; house use", []), TestPlatform.Artist, CancellationToken.None));
        Assert.True(result.Workflow is not null, result.Refusal?.Reason);
        return result.Workflow;
    }

    public async Task<Asset> AddStillAsync(string name, byte[] png, PerformerPresence performers = PerformerPresence.None)
    {
        var blob = await Platform.Services.GetRequiredService<BlobStore>().AddAsync(new MemoryStream(png), CancellationToken.None);
        var asset = new Asset
        {
            Id = Guid.CreateVersion7(), ProductionId = Production, Kind = AssetKind.Still, Name = name, FileName = name + ".png", MediaType = "image/png", BlobSha256 = blob.Sha256, Length = blob.Length,
            Width = 64, Height = 48, Frames = 1, Owner = "The Studio", Rights = RightsKind.StaffMade, Performers = performers, DigitalSource = "digitalCapture", CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await Platform.WithDbAsync(db =>
        {
            db.Add(asset);
            return db.SaveChangesAsync();
        });
        return asset;
    }

    public RequestComfyUiRequest Wish(ComfyUiWorkflow workflow, long seed = 7) =>
        new(workflow.Id, Production, new Dictionary<string, string>(), new Dictionary<string, Guid>(), seed, Use.Ideation, new Declarations());

    public Task<RequestComfyUiResult> RequestAsync(RequestComfyUiRequest wish) =>
        Platform.WithAsync((RequestComfyUi request) => request.HandleAsync(wish, TestPlatform.Artist, CancellationToken.None));

    public async Task<Job> SubmitAsync(RequestComfyUiRequest wish)
    {
        var result = await RequestAsync(wish);
        Assert.True(result.Submitted?.Job is not null, string.Join(" ", result.Problems));
        Assert.True(result.Submitted.Job.State == JobState.Queued, $"{result.Submitted.Job.State}: {ClearanceDoor.Summary(result.Submitted.Decision!)}");
        return result.Submitted.Job;
    }

    public async Task<Job> RunAsync(Job job)
    {
        await Platform.Services.GetRequiredService<JobRunner>().RunAsync(job.Id, CancellationToken.None);
        return await Platform.JobAsync(job.Id);
    }

    public async Task<Job> MakeAsync(RequestComfyUiRequest wish) => await RunAsync(await SubmitAsync(wish));

    /// <summary>Pictures first, then their maps.</summary>
    public async Task<List<Asset>> AssetsAsync(Job job) =>
        [.. (await Platform.WithDbAsync(db => db.Set<Asset>().AsNoTracking().Where(asset => asset.JobId == job.Id).ToListAsync())).OrderBy(asset => asset.Kind)];

    public Task<byte[]> BytesAsync(Asset asset) => File.ReadAllBytesAsync(Platform.Services.GetRequiredService<BlobStore>().PathOf(asset.BlobSha256));
}
