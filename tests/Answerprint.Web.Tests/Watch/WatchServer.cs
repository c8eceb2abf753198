using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Watch;

/// <summary>The real server with a catalogue of plain titles and one produced title: a published shot of 3 s and a released picture.</summary>
public sealed class WatchServer : TestServer, IAsyncLifetime
{
    public const string FilmSlug = "the-last-tram";

    public static byte[] ClipBytes { get; } = [.. Enumerable.Range(0, 1000).Select(value => (byte)value)];

    public static byte[] PictureBytes { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4];

    public static byte[] ThumbnailBytes { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 9];

    public Guid FilmId { get; private set; }

    public Guid ReleaseId { get; private set; }

    public Guid PictureId { get; private set; }

    public Guid VersionId { get; private set; }

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await FillAsync();
    }

    /// <summary>A browser in which somebody who may watch has signed in, and the profile that is watching.</summary>
    public async Task<(TestBrowser Browser, Guid ProfileId)> ViewerAsync()
    {
        var account = await AccountAsync(Roles.Viewer);
        var profile = await UseAsync<AnswerprintDb, Guid>(db => db.Set<ViewerProfile>().Where(p => p.AccountId == account).Select(p => p.Id).FirstAsync());
        return (await SignInAsync(Roles.Viewer), profile);
    }

    public Task ChangeAsync<T>(Guid id, Action<T> change) where T : class => UseAsync<AnswerprintDb, int>(async db =>
    {
        change((await db.FindAsync<T>(id))!);
        return await db.SaveChangesAsync();
    });

    private Task<int> SaveAsync(params object[] entities) => UseAsync<AnswerprintDb, int>(db =>
    {
        db.AddRange(entities);
        return db.SaveChangesAsync();
    });

    private Task<StoredBlob> StoreAsync(byte[] bytes) => UseAsync<BlobStore, StoredBlob>(blobs => blobs.AddAsync(new MemoryStream(bytes), CancellationToken.None));

    private async Task FillAsync()
    {
        var now = DateTimeOffset.UtcNow;
        string[] genres = ["Drama", "Comedy", "Action", "Horror", "Western", "Musical", "Thriller/Suspense", ""];
        await SaveAsync([.. Enumerable.Range(0, 240).Select(number => (object)new Title
        {
            Id = Guid.CreateVersion7(), Slug = $"film-{number:000}", Name = $"Film {number:000} & <more>", Genre = genres[number % genres.Length],
            ReleasedAt = number % 9 == 8 ? null : new DateTimeOffset(1930 + number % 90, 6, 1, 0, 0, 0, TimeSpan.Zero),
            Director = number % 3 == 0 ? "Ida Camera" : "", FactsFrom = "a list", AddedAt = now.AddDays(-10),
        })]);
        var maker = await AccountAsync(Roles.Artist);
        var counsel = await AccountAsync(Roles.Counsel);
        var (clip, picture, thumbnail) = (await StoreAsync(ClipBytes), await StoreAsync(PictureBytes), await StoreAsync(ThumbnailBytes));
        var production = new Production { Id = Guid.CreateVersion7(), Code = "TRAM", Name = "The Last Tram", CreatedAt = now };
        var scene = new Scene { Id = Guid.CreateVersion7(), ProductionId = production.Id, Code = "010", Name = "Depot" };
        var shot = new Shot { Id = Guid.CreateVersion7(), SceneId = scene.Id, Code = "TRAM_010_0010", Description = "The depot at night", Status = ShotStatus.Published };
        var footage = NewAsset(production.Id, AssetKind.Video, "depot.mp4", clip, maker);
        (footage.Frames, footage.FrameRate, footage.Owner, footage.Rights, footage.Performers) = (72, "24/1", "Tram Films", RightsKind.StaffMade, PerformerPresence.None);
        var artwork = NewAsset(production.Id, AssetKind.Artwork, "artwork", picture, maker);
        var title = new Title
        {
            Id = Guid.CreateVersion7(), Slug = FilmSlug, Name = "The Last Tram", Genre = "Drama", ProductionId = production.Id, AddedAt = now,
            Logline = "It goes home without them.", Synopsis = "A depot at night.", FactsFrom = "the studio",
        };
        var job = new Job
        {
            Id = Guid.CreateVersion7(), Hash = new string('a', 64), Recipe = "artwork", RecipeVersion = 1, Engine = "frame 1; libvips 8.14.1", State = JobState.Done,
            Grade = Grade.Pinned, ProductionId = production.Id, RequestedBy = maker, CpuSeconds = 4.2,
        };
        var decision = new Decision
        {
            Id = Guid.CreateVersion7(), JobId = job.Id, ProductionId = production.Id, Stage = DecisionStage.Release, Use = Use.Marketing, Answer = Answer.Escalate,
            State = DecisionState.Approved, RequestedBy = maker, DecidedBy = counsel, DecidedAt = now,
            ExplanationJson = """{"summary":"Waits for counsel.","reasons":[{"clauses":[{"title":"Final deliverables","text":"Written approval is needed.","source":{"name":"Guidance","reference":"Use table"}}]}]}""",
        };
        var release = new Release
        {
            Id = Guid.CreateVersion7(), AssetId = artwork.Id, Use = "marketing", DecisionId = decision.Id, BlobSha256 = picture.Sha256, Length = picture.Length,
            MediaType = "image/jpeg", FileName = "the-last-tram-16x9.jpg", ManifestLabel = "urn:c2pa:tram", ReleasedBy = counsel, ReleasedAt = now,
        };
        var version = new ShotVersion { Id = Guid.CreateVersion7(), ShotId = shot.Id, Number = 1, AssetId = footage.Id, Status = VersionStatus.Published, CreatedBy = maker, ReviewedBy = counsel };
        (job.DecisionId, artwork.JobId) = (decision.Id, job.Id);
        await SaveAsync(production, title, scene);
        await SaveAsync(shot, footage, artwork, job, decision);
        await SaveAsync(
            version, release,
            new AssetInput { AssetId = artwork.Id, SourceId = footage.Id, Part = "frame", ShareMillionths = 900_000 },
            new Rendition { AssetId = footage.Id, Kind = RenditionKind.Proxy, BlobSha256 = clip.Sha256, MediaType = "video/mp4" },
            new Rendition { AssetId = footage.Id, Kind = RenditionKind.Poster, BlobSha256 = thumbnail.Sha256, MediaType = "image/jpeg" },
            new Rendition { AssetId = artwork.Id, Kind = RenditionKind.Thumbnail, BlobSha256 = thumbnail.Sha256, MediaType = "image/jpeg", Width = 400 });
        await SaveAsync(new Artwork
        {
            Id = Guid.CreateVersion7(), TitleId = title.Id, AssetId = artwork.Id, AttributionId = artwork.Id, JobId = job.Id, Aspect = "16:9", Variant = 1, HasTitle = true,
            ReleaseId = release.Id, IsPublished = true,
        });
        (FilmId, ReleaseId, PictureId, VersionId) = (title.Id, release.Id, artwork.Id, version.Id);
    }

    private static Asset NewAsset(Guid productionId, AssetKind kind, string name, StoredBlob blob, Guid by) => new()
    {
        Id = Guid.CreateVersion7(), ProductionId = productionId, Kind = kind, Name = name, FileName = name, BlobSha256 = blob.Sha256, Length = blob.Length,
        CreatedBy = by, CreatedAt = DateTimeOffset.UtcNow,
    };
}
