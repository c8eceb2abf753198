using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Paintings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Tests.Studio;

/// <summary>A platform with tiny pictures that a formula draws, and a worker in this process.</summary>
public sealed class StudioHouse : IAsyncLifetime
{
    public const int Width = 72;
    public const int Height = 56;

    public TestPlatform Platform { get; private set; } = null!;

    public Guid Production { get; private set; }

    public async Task InitializeAsync()
    {
        Platform = await TestPlatform.StartAsync(services => services
            .AddScoped<JobEndings>().AddSingleton<JobRunner>().AddSingleton(Options.Create(new JobOptions { Beat = TimeSpan.FromMilliseconds(20) })));
        Production = (await Platform.AddProductionAsync()).Id;
    }

    public async Task DisposeAsync() => await Platform.DisposeAsync();

    public Task<Asset> StillAsync(string name = "wall", string owner = "The studio", RightsKind rights = RightsKind.StaffMade, int phase = 0) =>
        AddAsync(Picture.Create(Draw<byte>(phase, value => (byte)value)), name, ".png", owner, rights);

    public Task<Asset> DeepStillAsync() => AddAsync(Picture.Create(Draw<ushort>(0, value => (ushort)(value * 257 + 3))), "deep", ".png", "The studio", RightsKind.StaffMade);

    public Task<Asset> PlateAsync() => AddAsync(Picture.Create(Draw<Half>(0, value => (Half)(value / 200.0))), "plate", ".exr", "The studio", RightsKind.StaffMade);

    /// <summary>A mask that covers a rectangle, painted by the artist.</summary>
    public async Task<Asset> MaskAsync(Asset over, PixelRect hole, int strokes = 3)
    {
        var stored = await Platform.WithAsync<StorePainting, StorePaintingResult>(store => store.HandleAsync(
            new StorePaintingRequest(Production, PaintingKind.Mask, MaskPng(over.Width, over.Height, hole), over.Id, new Dictionary<string, int> { ["brush"] = strokes }), TestPlatform.Artist, CancellationToken.None));
        return stored.Asset ?? throw new InvalidOperationException(stored.Refusal!.Reason);
    }

    public static byte[] MaskPng(int width, int height, PixelRect hole)
    {
        var pixels = new byte[width * height];
        for (var y = hole.Y; y < hole.Bottom; y++) pixels.AsSpan(y * width + hole.X, hole.Width).Fill(255);
        using var image = StillImage.FromPixels<byte>(pixels, width, height, 1);
        return image.Encode(new StillEncoding.Png());
    }

    public async Task<Job> RunAsync(Job job, CancellationToken cancellationToken = default)
    {
        await Platform.Services.GetRequiredService<JobRunner>().RunAsync(job.Id, cancellationToken);
        return await Platform.JobAsync(job.Id);
    }

    public Task<Asset> MadeByAsync(Job job) => Platform.WithDbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(asset => asset.JobId == job.Id && asset.Kind == AssetKind.Still));

    public async Task<AttributionMap> MapOfAsync(Asset asset)
    {
        var map = await Platform.WithDbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(other => other.Id == asset.AttributionId));
        return AttributionFile.Read(await File.ReadAllBytesAsync(PathOf(map)));
    }

    public async Task<Picture> OpenAsync(Asset asset)
    {
        var read = await new PictureReader(new MediaOptions()).ReadAsync(PathOf(asset));
        return read.Ok ? read.Value.Picture : throw new InvalidOperationException(read.Error.ToString());
    }

    public string PathOf(Asset asset) => Platform.Services.GetRequiredService<BlobStore>().PathOf(asset.BlobSha256);

    private async Task<Asset> AddAsync(Picture picture, string name, string extension, string owner, RightsKind rights)
    {
        var blobs = Platform.Services.GetRequiredService<BlobStore>();
        var path = blobs.NewStagingPath(extension);
        Assert.Null(PictureWriter.Write(picture, path));
        var blob = await blobs.AdoptAsync(path, CancellationToken.None);
        var asset = new Asset
        {
            Id = Guid.CreateVersion7(), ProductionId = Production, Kind = AssetKind.Still, Name = name, FileName = name + extension, MediaType = extension == ".exr" ? "image/x-exr" : "image/png",
            BlobSha256 = blob.Sha256, Length = blob.Length, Width = picture.Width, Height = picture.Height, Frames = 1, Owner = owner, Rights = rights, Performers = PerformerPresence.None,
            DigitalSource = "digitalCapture", CreatedBy = TestPlatform.Artist.AccountId, CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await Platform.WithDbAsync(db =>
        {
            db.Add(asset);
            return db.SaveChangesAsync();
        });
        return asset;
    }

    /// <summary>Bricks with some unevenness: a picture that repeats itself, so that there is something to fill from.</summary>
    private static PixelBuffer<T> Draw<T>(int phase, Func<int, T> make)
        where T : unmanaged
    {
        var pixels = new PixelBuffer<T>(PixelLayout.Interleaved(Width, Height, 3));
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var row = (y + phase) / 7;
                var joint = (y + phase) % 7 == 0 || (x + row % 2 * 6) % 12 == 0;
                var grain = (x * 7919 + y * 104729 + phase * 31) % 23;
                for (var c = 0; c < 3; c++) pixels[x, y, c] = make((joint ? 60 : 150 + c * 20) + grain);
            }
        return pixels;
    }
}
