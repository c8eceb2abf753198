using Answerprint.Platform;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Promotion;
using Answerprint.Platform.Storage;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Process.Tests;

/// <summary>A data folder with one production and its title, and the hands of a person who submits to it. No worker runs in this process.</summary>
internal sealed class Studio : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private Studio(ServiceProvider services, DataFolder folder) => (this.services, Folder) = (services, folder);

    public DataFolder Folder { get; }

    public Actor Crew { get; private set; } = null!;

    public Production Production { get; private set; } = null!;

    public Title Title { get; private set; } = null!;

    public static async Task<Studio> OpenAsync()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("answerprint-process-").FullName);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddPlatform(folder, new StorageOptions());
        var studio = new Studio(collection.BuildServiceProvider(), folder);
        await studio.services.GetRequiredService<DatabaseSetup>().MigrateAsync(CancellationToken.None);
        studio.Crew = await studio.WithAsync((ServiceAccounts accounts) => accounts.EnsureAsync("Crew", [Roles.Producer, Roles.Artist, Roles.Marketing], CancellationToken.None));
        studio.Production = (await studio.WithAsync((CreateProduction create) => create.HandleAsync(new CreateProductionRequest("KIL", "Killed"), studio.Crew, CancellationToken.None))).Production!;
        studio.Title = (await studio.WithAsync((AddTitle add) => add.HandleAsync(new AddTitleRequest("Killed") { ProductionId = studio.Production.Id }, studio.Crew, CancellationToken.None))).Title!;
        return studio;
    }

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<T> WithDbAsync<T>(Func<AnswerprintDb, Task<T>> act) => WithAsync(act);

    /// <summary>Puts an ingest on record.</summary>
    public async Task<Guid> IngestAsync(string path)
    {
        await using var file = File.OpenRead(path);
        var blob = await WithAsync((BlobStore blobs) => blobs.AddAsync(file, CancellationToken.None));
        var rights = new IngestRights("The studio", RightsKind.StaffMade, Performers: PerformerPresence.None, DigitalSource: "digitalCreation");
        var request = new IngestFileRequest(Production.Id, [new IngestedFile(Path.GetFileName(path), blob.Sha256)], rights);
        return Acknowledged(await WithAsync((IngestFile ingest) => ingest.HandleAsync(request, Crew, CancellationToken.None)));
    }

    /// <summary>Puts artwork of named sources on record; again for work that is done.</summary>
    public async Task<Guid> ArtworkAsync(string text, string source, bool again = false)
    {
        var sources = await WithDbAsync(db => db.Set<Asset>().Where(asset => asset.Name == source && asset.Kind == AssetKind.Video).Select(asset => asset.Id).ToListAsync());
        var request = new RequestArtworkRequest(Title.Id, Use.Ideation, new Declarations()) { TitleText = text, Sources = sources, Aspects = ["16:9"], Variants = 1, Again = again };
        return Acknowledged(await WithAsync((RequestArtwork artwork) => artwork.HandleAsync(request, Crew, CancellationToken.None)));
    }

    public Task<List<Job>> JobsAsync() => WithDbAsync(db => db.Set<Job>().AsNoTracking().OrderBy(job => job.CreatedAt).ToListAsync());

    public Task<Job> JobAsync(Guid id) => WithDbAsync(db => db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == id));

    public Task<TimeSpan> AllEndedAsync() => Wait.ForAsync("all jobs have ended", async () => (await JobsAsync()).TrueForAll(job => job.HasEnded));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }

    private static Guid Acknowledged(SubmitJobResult result) =>
        result.Job is { State: not JobState.Refused } job ? job.Id : throw new InvalidOperationException($"not taken: {result.Problem}");
}
