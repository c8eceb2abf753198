using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Web.Tests.Make;

/// <summary>The server with a production, tiny stills that were really brought in, and a worker in this process.</summary>
public sealed class MakeServer : TestServer
{
    public Production Film { get; private set; } = null!;

    public Asset Wall { get; private set; } = null!;

    public Asset Found { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var producer = await ActorAsync(Roles.Producer);
        Film = (await UseAsync<CreateProduction, CreateProductionResult>(create => create.HandleAsync(new CreateProductionRequest("SET", "The Empty Set"), producer, CancellationToken.None))).Production!;
        Wall = await IngestAsync("wall", new IngestRights("The test studio", RightsKind.StaffMade, Performers: PerformerPresence.None, DigitalSource: "digitalCapture"));
        Found = await IngestAsync("found", new IngestRights("", RightsKind.Unknown));
    }

    public Task<T> DbAsync<T>(Func<AnswerprintDb, Task<T>> read) => UseAsync(read);

    /// <summary>Runs whatever is queued, as the worker would.</summary>
    public async Task RunQueuedAsync()
    {
        foreach (var id in await DbAsync(db => db.Set<Job>().Where(job => job.State == JobState.Queued).OrderBy(job => job.CreatedAt).Select(job => job.Id).ToListAsync()))
            await Services.GetRequiredService<JobRunner>().RunAsync(id, CancellationToken.None);
    }

    public static byte[] Mask(int width, int height)
    {
        var pixels = new byte[width * height];
        for (var y = height / 3; y < height / 2; y++) pixels.AsSpan(y * width + width / 3, width / 4).Fill(255);
        using var image = StillImage.FromPixels<byte>(pixels, width, height, 1);
        return image.Encode(new StillEncoding.Png());
    }

    protected override void Configure(IServiceCollection services) =>
        services.AddScoped<JobEndings>().AddSingleton<JobRunner>().AddSingleton(Options.Create(new JobOptions { Beat = TimeSpan.FromMilliseconds(50) }));

    /// <summary>Two numbered stills, brought in as one.</summary>
    public Task<Asset> IngestFramesAsync(string name) => IngestAsync(name, new IngestRights("The test studio", RightsKind.StaffMade, Performers: PerformerPresence.None, DigitalSource: "digitalCapture"), ".0001.png", ".0002.png");

    private async Task<Asset> IngestAsync(string name, IngestRights rights, params string[] endings)
    {
        const int Width = 80, Height = 60;
        var pixels = new byte[Width * Height * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y, c) = (i / 3 % Width, i / 3 / Width, i % 3);
            pixels[i] = (byte)((y % 8 == 0 || (x + y / 8 % 2 * 5) % 11 == 0 ? 50 : 140 + 25 * c) + (x * 31 + y * 17 + name.Length) % 29);
        }
        using var image = StillImage.FromPixels<byte>(pixels, Width, Height, 3);
        var blob = await Services.GetRequiredService<BlobStore>().AddAsync(new MemoryStream(image.Encode(new StillEncoding.Png())), CancellationToken.None);
        var submitted = await UseAsync<IngestFile, SubmitJobResult>(async ingest => await ingest.HandleAsync(
            new IngestFileRequest(Film.Id, [.. (endings is [] ? [".png"] : endings).Select(ending => new IngestedFile(name + ending, blob.Sha256))], rights), await ActorAsync(Roles.Artist), CancellationToken.None));
        await Services.GetRequiredService<JobRunner>().RunAsync(submitted.Job!.Id, CancellationToken.None);
        return await DbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(asset => asset.JobId == submitted.Job.Id));
    }
}
