using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Library.Find;
using Answerprint.Platform.Library.Keeping;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Tests.Library;

/// <summary>A platform that brings pictures in as the worker does.</summary>
internal sealed class LibraryStudio(TestPlatform platform, Guid production) : IAsyncDisposable
{
    public TestPlatform Platform { get; } = platform;

    public Guid Production { get; } = production;

    public static async Task<LibraryStudio> StartAsync(StorageOptions? storage = null)
    {
        var platform = await TestPlatform.StartAsync(services => services.AddScoped<JobEndings>().AddSingleton<JobRunner>().AddSingleton(Options.Create(new JobOptions { Beat = TimeSpan.FromMilliseconds(50) })), storage);
        return new LibraryStudio(platform, (await platform.AddProductionAsync()).Id);
    }

    /// <summary>A painted scene: the same seed gives the same one, another seed another.</summary>
    public static StillImage Scene(int seed, int width = 300, int height = 200)
    {
        var random = new Random(seed);
        var shapes = Enumerable.Range(0, 24).Select(_ => (X: random.NextDouble(), Y: random.NextDouble(), R: 0.03 + (0.14 * random.NextDouble()), Rgb: Colour(random))).ToList();
        var ground = Colour(random);
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var colour = ground;
                foreach (var (cx, cy, r, rgb) in shapes)
                    if (Math.Pow((double)x / width - cx, 2) + Math.Pow((double)y / height - cy, 2) < r * r) colour = rgb;
                colour.CopyTo(pixels.AsSpan(3 * ((y * width) + x)));
            }
        }
        return StillImage.FromPixels<byte>(pixels, width, height, 3);
    }

    public static StillImage Plain(byte red, byte green, byte blue, int width = 120, int height = 80)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (red, green, blue);
        return StillImage.FromPixels<byte>(pixels, width, height, 3);
    }

    public async Task<IngestedFile> StoreAsync(string name, StillImage image)
    {
        using (image)
            return await StoreAsync(name, image.Encode(name.EndsWith("png", StringComparison.Ordinal) ? new StillEncoding.Png() : new StillEncoding.Jpeg(88)));
    }

    public async Task<IngestedFile> StoreAsync(string name, byte[] bytes) =>
        new(name, (await Platform.Services.GetRequiredService<BlobStore>().AddAsync(new MemoryStream(bytes), CancellationToken.None)).Sha256);

    public Task<Asset> BringAsync(string name, int seed, IngestRights? rights = null, params string[] tags) => BringAsync(name, Scene(seed), rights, tags);

    public async Task<Asset> BringAsync(string name, StillImage image, IngestRights? rights = null, params string[] tags)
    {
        var file = await StoreAsync(name, image);
        var request = new IngestFileRequest(Production, [file], rights ?? new IngestRights("Aurelia Pictures", RightsKind.StaffMade)) { Tags = tags };
        var job = (await Platform.WithAsync((IngestFile ingest) => ingest.HandleAsync(request, TestPlatform.Artist, CancellationToken.None))).Job!;
        return await RunAsync(job.Id);
    }

    public async Task<Asset> RunAsync(Guid job)
    {
        await Platform.Services.GetRequiredService<JobRunner>().RunAsync(job, CancellationToken.None);
        var done = await Platform.JobAsync(job);
        Assert.True(done.State == JobState.Done, done.Error);
        return await Platform.WithDbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(asset => asset.JobId == job));
    }

    /// <summary>Does all that the worker's background service would do.</summary>
    public async Task KeepAsync()
    {
        for (var round = 0; round < 50; round++)
            if (await Platform.WithAsync((BringUpToDate keep) => keep.HandleAsync(CancellationToken.None)) == 0) return;
        Assert.Fail("the index is never up to date");
    }

    public Task<FoundReferences> FindAsync(FindReferencesRequest request, Actor? actor = null) =>
        Platform.WithAsync((FindReferences find) => find.HandleAsync(request, actor ?? TestPlatform.Artist, CancellationToken.None));

    public async Task<List<string>> NamesAsync(FindReferencesRequest request, Actor? actor = null) => [.. (await FindAsync(request, actor)).Assets.Select(asset => asset.Name)];

    public ValueTask DisposeAsync() => Platform.DisposeAsync();

    private static byte[] Colour(Random random) => [(byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)];
}
