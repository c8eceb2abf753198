using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Tests.Titles;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Tests.Audience;

/// <summary>A studio with one produced title (two published shots, one released picture) among catalogue titles, and a viewer with a profile.</summary>
public sealed class PublishedStudio : IAsyncDisposable
{
    private PublishedStudio(ScratchStudio studio) => Scratch = studio;

    public ScratchStudio Scratch { get; }

    public Account Household { get; } = new() { Id = Guid.CreateVersion7(), UserName = "vera", DisplayName = "Vera" };

    public Account Maker { get; } = new() { Id = Guid.CreateVersion7(), UserName = "ana", DisplayName = "Ana Artist" };

    public Account Counsel { get; } = new() { Id = Guid.CreateVersion7(), UserName = "cal", DisplayName = "Cal Counsel" };

    public ViewerProfile Profile { get; } = new() { Id = Guid.CreateVersion7(), Name = "Vera" };

    public Title Film { get; } = new()
    {
        Id = Guid.CreateVersion7(), Slug = "night-loading-chamber", Name = "Night Loading Chamber", Genre = "Drama", FactsFrom = "the studio",
    };

    public Asset Footage { get; } = new()
    {
        Id = Guid.CreateVersion7(), Kind = AssetKind.Video, Name = "street.mp4", BlobSha256 = new string('a', 64), Frames = 72, FrameRate = "24/1",
        Width = 1280, Height = 720, Owner = "The studio", Rights = RightsKind.StaffMade, Performers = PerformerPresence.None,
    };

    public Asset MorePlate { get; } = new()
    {
        Id = Guid.CreateVersion7(), Kind = AssetKind.Video, Name = "interior.mp4", BlobSha256 = new string('b', 64), Frames = 48, FrameRate = "24/1",
        Owner = "The studio", Rights = RightsKind.StaffMade, Performers = PerformerPresence.None,
    };

    public Asset Picture { get; } = new()
    {
        Id = Guid.CreateVersion7(), Kind = AssetKind.Artwork, Name = "artwork 1", BlobSha256 = new string('c', 64), Width = 1920, Height = 1080,
    };

    public Release Release { get; } = new()
    {
        Id = Guid.CreateVersion7(), Use = "marketing", BlobSha256 = new string('d', 64), MediaType = "image/jpeg", FileName = "night-16x9.jpg",
        ManifestLabel = "urn:c2pa:1", Length = 100_000,
    };

    public Artwork Artwork { get; } = new() { Id = Guid.CreateVersion7(), Aspect = "16:9", Variant = 1, HasTitle = true, IsPublished = true };

    public ShotVersion FirstShot { get; } = new() { Id = Guid.CreateVersion7(), Number = 1, Status = VersionStatus.Published };

    public ShotVersion SecondShot { get; } = new() { Id = Guid.CreateVersion7(), Number = 1, Status = VersionStatus.Published };

    public Job Job { get; } = new()
    {
        Id = Guid.CreateVersion7(), Hash = new string('e', 64), Recipe = "artwork", RecipeVersion = 1, Engine = "frame 1; libvips 8.14.1",
        State = JobState.Done, Grade = Grade.Pinned, CpuSeconds = 4.5,
    };

    public Decision Decision { get; } = new()
    {
        Id = Guid.CreateVersion7(), Stage = DecisionStage.Release, Use = Use.Marketing, Answer = Answer.Escalate, State = DecisionState.Approved,
        ExplanationJson = """
            {"summary":"Waits for counsel: key art is a final deliverable.","reasons":[{"because":"It promotes.","clauses":[
              {"id":"c1","title":"Final deliverables","text":"Written approval is needed.","source":{"name":"Production guidance","reference":"Use table"}}]}]}
            """,
    };

    public Actor Viewer => new(Household.Id, Household.DisplayName, [Roles.Viewer], ActorVia.Session);

    public DateTimeOffset Now => Scratch.Clock.GetUtcNow();

    public static async Task<PublishedStudio> OpenAsync(int catalogueTitles = 60)
    {
        var studio = new PublishedStudio(await ScratchStudio.OpenAsync());
        await studio.FillAsync(catalogueTitles);
        return studio;
    }

    public ValueTask<CatalogueSnapshot> CatalogueAsync() => Scratch.Get<LiveCatalogue>().CurrentAsync(CancellationToken.None);

    public Task<TResult> RunAsync<T, TResult>(Func<T, Task<TResult>> work) where T : notnull => Scratch.InScopeAsync(work);

    public Task ChangeAsync<T>(Guid id, Action<T> change) where T : class => Scratch.InScopeAsync<AnswerprintDb, int>(async db =>
    {
        change((await db.FindAsync<T>(id))!);
        return await db.SaveChangesAsync();
    });

    public Task<int> CountAsync<T>() where T : class => Scratch.InScopeAsync<AnswerprintDb, int>(db => db.Set<T>().CountAsync());

    public ValueTask DisposeAsync() => Scratch.DisposeAsync();

    /// <summary>Titles in three genres and one without, released a year apart, the later numbers later.</summary>
    private async Task FillAsync(int catalogueTitles)
    {
        string[] genres = ["Drama", "Comedy", "Drama", "Horror", ""];
        await Scratch.SaveAsync([.. Enumerable.Range(0, catalogueTitles).Select(number => (object)new Title
        {
            Id = Guid.CreateVersion7(), Slug = $"film-{number:000}", Name = $"Film {number:000}", Genre = genres[number % genres.Length],
            ReleasedAt = number % 7 == 6 ? null : new DateTimeOffset(1940 + number, 6, 1, 0, 0, 0, TimeSpan.Zero), FactsFrom = "a list",
            AddedAt = Now.AddDays(-30),
        })]);
        var production = new Production { Id = Guid.CreateVersion7(), Code = "NLC", Name = Film.Name, CreatedAt = Now };
        var scene = new Scene { Id = Guid.CreateVersion7(), ProductionId = production.Id, Code = "010", Name = "Street" };
        var shots = new[] { "NLC_010_0010", "NLC_010_0020" }
            .Select(code => new Shot { Id = Guid.CreateVersion7(), SceneId = scene.Id, Code = code, Status = ShotStatus.Published }).ToArray();
        (Film.ProductionId, Film.AddedAt, Profile.AccountId) = (production.Id, Now, Household.Id);
        (Decision.JobId, Decision.ProductionId, Decision.RequestedBy, Decision.DecidedBy, Decision.DecidedAt) = (Job.Id, production.Id, Maker.Id, Counsel.Id, Now);
        (Job.ProductionId, Job.DecisionId, Job.RequestedBy) = (production.Id, Decision.Id, Maker.Id);
        (Picture.JobId, Picture.CreatedBy) = (Job.Id, Maker.Id);
        foreach (var asset in new[] { Footage, MorePlate, Picture }) (asset.ProductionId, asset.CreatedAt) = (production.Id, Now);
        foreach (var asset in new[] { Footage, MorePlate }) asset.CreatedBy = Maker.Id;
        (Release.AssetId, Release.DecisionId, Release.ReleasedBy, Release.ReleasedAt) = (Picture.Id, Decision.Id, Counsel.Id, Now);
        (Artwork.TitleId, Artwork.AssetId, Artwork.JobId, Artwork.ReleaseId, Artwork.AttributionId) = (Film.Id, Picture.Id, Job.Id, Release.Id, Picture.Id);
        (FirstShot.ShotId, FirstShot.AssetId, FirstShot.CreatedBy, FirstShot.ReviewedBy) = (shots[0].Id, Footage.Id, Maker.Id, Counsel.Id);
        (SecondShot.ShotId, SecondShot.AssetId, SecondShot.CreatedBy) = (shots[1].Id, MorePlate.Id, Maker.Id);

        await Scratch.SaveAsync(Household, Maker, Counsel, production);
        await Scratch.SaveAsync(Profile, Film, scene);
        await Scratch.SaveAsync([.. shots, Footage, MorePlate, Picture]);
        await Scratch.SaveAsync(Job, Decision, FirstShot, SecondShot, Release,
            new AssetInput { AssetId = Picture.Id, SourceId = Footage.Id, Part = "frame", ShareMillionths = 930_000 });
        await Scratch.SaveAsync(
            Artwork,
            new Rendition { AssetId = Footage.Id, Kind = RenditionKind.Proxy, BlobSha256 = new string('1', 64), MediaType = "video/mp4" },
            new Rendition { AssetId = MorePlate.Id, Kind = RenditionKind.Proxy, BlobSha256 = new string('2', 64), MediaType = "video/mp4" },
            new Rendition { AssetId = Picture.Id, Kind = RenditionKind.Thumbnail, BlobSha256 = new string('3', 64), MediaType = "image/jpeg", Width = 400, Height = 225 });
    }
}
