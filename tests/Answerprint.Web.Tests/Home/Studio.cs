using System.Text;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Home;

/// <summary>Puts a studio's records in place, as the worker would have left them.</summary>
/// <param name="server">Where.</param>
internal sealed class Studio(TestServer server)
{
    public const string Analysis = """
        {"frames":240,"boundaries":[{"kind":"cut","startFrame":96,"endFrame":96,"startSeconds":4.0,"endSeconds":4.0,"confidence":0.98}],"warnings":""}
        """;

    public const string Probe = """
        {"format":"mp4","codec":"h264","codedWidth":1280,"codedHeight":720,"pixelFormat":"yuv420p","bitDepth":8,"isVariableFrameRate":false,"duration":"00:00:10","audio":[],"colourPrimaries":"bt709"}
        """;

    private static int codes;

    /// <summary>A production with a code that no other test has.</summary>
    public async Task<Production> ProductionAsync(string name = "North Light Crossing")
    {
        var actor = await server.ActorAsync(Roles.Producer);
        var made = await server.UseAsync<CreateProduction, CreateProductionResult>(
            create => create.HandleAsync(new($"T{Interlocked.Increment(ref codes):D4}", name), actor, CancellationToken.None));
        return made.Production ?? throw new InvalidOperationException(made.Problem);
    }

    public async Task<Shot> ShotAsync(Production production, string scene = "010", string shot = "0010")
    {
        var actor = await server.ActorAsync(Roles.Producer);
        var made = await server.UseAsync<AddShot, AddShotResult>(
            add => add.HandleAsync(new(production.Id, scene, "Harbour, night", shot, "The ferry leaves"), actor, CancellationToken.None));
        return made.Shot ?? throw new InvalidOperationException(made.Problem);
    }

    /// <summary>Footage with every rendition; the bytes are words, which is enough for who only serves them.</summary>
    public async Task<Asset> FootageAsync(Production production, string name = "street", Action<Asset>? change = null)
    {
        var asset = new Asset
        {
            Id = Guid.CreateVersion7(), ProductionId = production.Id, Kind = AssetKind.Video, Name = name, FileName = name + ".mp4", MediaType = "video/mp4",
            Width = 1280, Height = 720, Frames = 240, FrameRate = "24/1", ProbeJson = Probe, Owner = "Studio", Rights = RightsKind.StaffMade,
            Performers = PerformerPresence.None, CreatedBy = await server.AccountAsync(Roles.Artist), CreatedAt = DateTimeOffset.UtcNow,
        };
        var blob = await StoreAsync($"footage {name} {asset.Id}");
        (asset.BlobSha256, asset.Length) = (blob.Sha256, blob.Length);
        change?.Invoke(asset);
        var renditions = new List<Rendition>();
        foreach (var (kind, type, text) in new[]
        {
            (RenditionKind.Thumbnail, "image/jpeg", "thumbnail"), (RenditionKind.Poster, "image/jpeg", "poster"), (RenditionKind.Filmstrip, "image/jpeg", "strip"),
            (RenditionKind.Proxy, "video/mp4", "0123456789"), (RenditionKind.Analysis, "application/json", Analysis),
        })
        {
            var made = await StoreAsync(kind == RenditionKind.Proxy ? text : $"{text}");
            renditions.Add(new Rendition { AssetId = asset.Id, Kind = kind, BlobSha256 = made.Sha256, MediaType = type, Width = 1280, Height = 720, Tiles = kind == RenditionKind.Filmstrip ? 30 : 0 });
        }
        await SaveAsync([asset]);
        await SaveAsync([.. renditions]);
        return asset;
    }

    public async Task<ShotVersion> VersionAsync(Shot shot, Asset asset, int number = 1, VersionStatus status = VersionStatus.Draft, string madeBy = Roles.Artist)
    {
        var version = new ShotVersion
        {
            Id = Guid.CreateVersion7(), ShotId = shot.Id, Number = number, AssetId = asset.Id, Status = status,
            CreatedBy = await server.AccountAsync(madeBy), CreatedAt = DateTimeOffset.UtcNow,
        };
        await SaveAsync([version]);
        return version;
    }

    /// <summary>A job with its decision, in any state.</summary>
    public async Task<Job> JobAsync(Production production, JobState state, Action<Job>? change = null)
    {
        var who = await server.AccountAsync(Roles.Artist);
        var job = new Job
        {
            Id = Guid.CreateVersion7(), Hash = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)), Recipe = "ingest", RecipeVersion = 1,
            Engine = "ingest 1", Name = "Ingest street", ProductionId = production.Id, State = state, RequestedBy = who, CreatedAt = DateTimeOffset.UtcNow, Use = Use.Ideation,
        };
        if (job.HasEnded) job.FinishedAt = job.CreatedAt;
        change?.Invoke(job);
        var decision = new Decision
        {
            Id = Guid.CreateVersion7(), JobId = job.Id, JobHash = job.Hash, ProductionId = production.Id, Use = job.Use, Answer = Answer.Clear, State = DecisionState.Answered,
            RequestedBy = who, RequestedAt = job.CreatedAt,
        };
        job.DecisionId = decision.Id;
        await SaveAsync([job, decision]);
        return job;
    }

    /// <summary>A still with a real picture: one colour over another, which is enough to have a look and a palette.</summary>
    public async Task<Asset> StillAsync(Production production, string name, (byte R, byte G, byte B) above, (byte R, byte G, byte B) below, Action<Asset>? change = null)
    {
        const int width = 90, height = 60;
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i += 3)
            (pixels[i], pixels[i + 1], pixels[i + 2]) = i < pixels.Length / 2 ? (above.R, above.G, above.B) : (below.R, below.G, below.B);
        using var image = Platform.Media.Contracts.StillImage.FromPixels<byte>(pixels, width, height, 3);
        var bytes = image.Encode(new Platform.Media.Contracts.StillEncoding.Png());
        var blob = await server.Services.GetRequiredService<BlobStore>().AddAsync(new MemoryStream(bytes), CancellationToken.None);
        var asset = new Asset
        {
            Id = Guid.CreateVersion7(), ProductionId = production.Id, Kind = AssetKind.Still, Name = name, FileName = name + ".png", MediaType = "image/png", Width = width, Height = height, Frames = 1,
            Owner = "Studio", Rights = RightsKind.StaffMade, CreatedBy = await server.AccountAsync(Roles.Artist), CreatedAt = DateTimeOffset.UtcNow, BlobSha256 = blob.Sha256, Length = blob.Length,
        };
        change?.Invoke(asset);
        await SaveAsync([asset]);
        await SaveAsync([new Rendition { AssetId = asset.Id, Kind = RenditionKind.Thumbnail, BlobSha256 = blob.Sha256, MediaType = "image/png", Width = width, Height = height }]);
        return asset;
    }

    /// <summary>Does what the worker does for the library's index.</summary>
    public async Task KeepLibraryAsync()
    {
        while (await server.UseAsync<Platform.Library.Keeping.BringUpToDate, int>(keep => keep.HandleAsync(CancellationToken.None)) > 0)
        {
        }
    }

    public async Task SaveAsync(IEnumerable<object> records)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnswerprintDb>();
        db.AddRange(records);
        await db.SaveChangesAsync();
    }

    public async Task<T> ReadAsync<T>(Func<AnswerprintDb, Task<T>> read)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AnswerprintDb>());
    }

    private async Task<StoredBlob> StoreAsync(string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await server.Services.GetRequiredService<BlobStore>().AddAsync(bytes, CancellationToken.None);
    }
}
