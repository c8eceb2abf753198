using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Tests.Engines.ComfyUi;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Web.Tests.Engines;

/// <summary>The server beside a ComfyUI, with a production, a still of it, and the model in the studio's registry.</summary>
public sealed class ComfyUiServer : TestServer
{
    private LoopbackComfyUi? comfyUi;

    internal LoopbackComfyUi ComfyUi => comfyUi!;

    public Production Production { get; private set; } = null!;

    public Asset Still { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        comfyUi = await LoopbackComfyUi.StartAsync();
        await base.InitializeAsync();
        Production = (await UseAsync<CreateProduction, CreateProductionResult>(
            create => create.HandleAsync(new CreateProductionRequest("TST", "The Test Card"), new Actor(Guid.NewGuid(), "test", [Roles.Producer], ActorVia.CommandLine), CancellationToken.None))).Production!;
        var blob = await Services.GetRequiredService<BlobStore>().AddAsync(new MemoryStream(LoopbackComfyUi.Draw(5, 64, 48, jpeg: false)), CancellationToken.None);
        Still = new Asset
        {
            Id = Guid.CreateVersion7(), ProductionId = Production.Id, Kind = AssetKind.Still, Name = "Plate", FileName = "plate.png", MediaType = "image/png", BlobSha256 = blob.Sha256, Length = blob.Length,
            Width = 64, Height = 48, Frames = 1, Owner = "The Studio", Rights = RightsKind.StaffMade, Performers = PerformerPresence.None, CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await UseAsync<AnswerprintDb, int>(db =>
        {
            db.Add(Still);
            return db.SaveChangesAsync();
        });
    }

    public async Task RunQueuedAsync()
    {
        foreach (var id in await UseAsync<AnswerprintDb, List<Guid>>(db => db.Set<Job>().Where(job => job.State == JobState.Queued).Select(job => job.Id).ToListAsync()))
            await Services.GetRequiredService<JobRunner>().RunAsync(id, CancellationToken.None);
    }

    public Task<Job> JobAsync(Guid id) => UseAsync<AnswerprintDb, Job>(db => db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == id));

    protected override void Prepare(DataFolder data)
    {
        ArgumentNullException.ThrowIfNull(data);
        File.WriteAllText(Path.Combine(data.Root, InstallationSettings.FileName), $$"""{ "comfyui": { "address": "{{ComfyUi.Address}}" } }""");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(data.Root, "tools")).FullName, "ours.yaml"), """
            registry: ours
            version: "1"
            tools:
              - { id: model-studio-base, name: Studio base, kind: model, use: Pictures from words., licence: LicenseRef-Studio, version: file, provenance: known, madeFrom: Our own footage., trainsOnInputs: false, retainsInputs: false, location: onPremises }

            """);
    }

    protected override void Configure(IServiceCollection services) =>
        services.AddScoped<JobEndings>().AddSingleton<JobRunner>().AddSingleton(Options.Create(new JobOptions { Beat = TimeSpan.FromMilliseconds(50) }));
}
