using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Promotion;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Promotion;

/// <summary>A title with footage, and how its artwork stands.</summary>
public sealed record BoardSummary(Title Title, string Production, int Sources, int Artworks, int Kept, int Published, Guid? Cover, Guid? SourceCover);

/// <summary>One picture of the board.</summary>
public sealed record ArtworkView(Artwork Record, Asset Asset, Job Job, ArtworkStory Story, Decision? Release)
{
    public bool IsQuarantined => Asset.State == AssetState.Quarantined;

    public string ThumbnailUrl => $"/media/artwork/{Record.Id}/thumbnail";

    public string DraftUrl => $"/media/artwork/{Record.Id}/draft";
}

/// <summary>Everything that was made of one title.</summary>
public sealed record Board(Title Title, IReadOnlyList<ArtworkView> Artworks, IReadOnlyList<Job> Active, IReadOnlyList<Job> Proofs, IReadOnlyList<Job> Refused);

/// <summary>Reads titles, artwork and what it was made from.</summary>
internal sealed class ArtworkReader(AnswerprintDb db)
{
    private const int MaxArtworks = 400;

    public async Task<List<BoardSummary>> TitlesAsync(CancellationToken cancellationToken)
    {
        var rows = await (from title in db.Set<Title>().AsNoTracking()
                          join production in db.Set<Answerprint.Platform.Productions.Contracts.Production>() on title.ProductionId equals production.Id
                          orderby title.Name
                          select new { Title = title, production.Name }).Take(500).ToListAsync(cancellationToken);
        var productions = rows.ConvertAll(row => row.Title.ProductionId!.Value);
        var titles = rows.ConvertAll(row => row.Title.Id);
        var sources = await db.Set<Asset>().AsNoTracking().Where(asset => productions.Contains(asset.ProductionId) && asset.State == AssetState.Active && (asset.Kind == AssetKind.Video || asset.Kind == AssetKind.Still))
            .Select(asset => new { asset.Id, asset.ProductionId, asset.CreatedAt }).ToListAsync(cancellationToken);
        var artworks = await (from artwork in db.Set<Artwork>().AsNoTracking()
                              join asset in db.Set<Asset>() on artwork.AssetId equals asset.Id
                              where titles.Contains(artwork.TitleId) && asset.State == AssetState.Active
                              select new { artwork.Id, artwork.TitleId, artwork.Kept, artwork.IsPublished, artwork.Aspect, artwork.Variant }).ToListAsync(cancellationToken);
        return rows.ConvertAll(row =>
        {
            var made = artworks.Where(artwork => artwork.TitleId == row.Title.Id).ToList();
            var from = sources.Where(source => source.ProductionId == row.Title.ProductionId).OrderBy(source => source.CreatedAt).ToList();
            var cover = made.Where(artwork => artwork.Aspect == "16:9").OrderByDescending(artwork => artwork.IsPublished).ThenByDescending(artwork => artwork.Kept == true).ThenBy(artwork => artwork.Variant).FirstOrDefault();
            return new BoardSummary(
                row.Title, row.Name, from.Count, made.Count, made.Count(artwork => artwork.Kept == true), made.Count(artwork => artwork.IsPublished), cover?.Id, from.Count > 0 ? from[0].Id : null);
        });
    }

    /// <summary>The code of the production that a title comes from; none where it has none.</summary>
    public Task<string?> ProductionCodeAsync(Title title, CancellationToken cancellationToken) =>
        db.Set<Answerprint.Platform.Productions.Contracts.Production>().Where(production => production.Id == title.ProductionId).Select(production => (string?)production.Code).FirstOrDefaultAsync(cancellationToken);

    public Task<Title?> TitleAsync(string slug, CancellationToken cancellationToken) =>
        db.Set<Title>().AsNoTracking().FirstOrDefaultAsync(title => title.Slug == slug, cancellationToken);

    public Task<List<Asset>> SourcesAsync(Title title, CancellationToken cancellationToken) =>
        db.Set<Asset>().AsNoTracking().Where(asset => asset.ProductionId == title.ProductionId && asset.State == AssetState.Active && (asset.Kind == AssetKind.Video || asset.Kind == AssetKind.Still))
            .OrderBy(asset => asset.CreatedAt).ThenBy(asset => asset.Id).Take(200).ToListAsync(cancellationToken);

    public async Task<Board> BoardAsync(Title title, CancellationToken cancellationToken)
    {
        var artworks = await ViewsAsync(db.Set<Artwork>().AsNoTracking().Where(artwork => artwork.TitleId == title.Id), cancellationToken);
        var id = title.Id.ToString();
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => job.Recipe == RequestArtwork.Recipe && job.ParametersJson.Contains(id))
            .OrderByDescending(job => job.CreatedAt).Take(100).ToListAsync(cancellationToken);
        return new Board(title, artworks, jobs.FindAll(job => !job.HasEnded), jobs.FindAll(job => job is { Run: > 1, State: JobState.Done }),
            jobs.FindAll(job => job.State is JobState.Refused or JobState.Failed).Take(3).ToList());
    }

    public async Task<ArtworkView?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ViewsAsync(db.Set<Artwork>().AsNoTracking().Where(artwork => artwork.Id == id), cancellationToken)).FirstOrDefault();

    public Task<List<ArtworkView>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        ViewsAsync(db.Set<Artwork>().AsNoTracking().Where(artwork => ids.Contains(artwork.Id)), cancellationToken);

    public Task<List<Decision>> ReleaseDecisionsAsync(Guid assetId, CancellationToken cancellationToken) =>
        db.Set<Decision>().AsNoTracking().Where(decision => decision.AssetId == assetId && decision.Stage == DecisionStage.Release)
            .OrderByDescending(decision => decision.RequestedAt).Take(20).ToListAsync(cancellationToken);

    public Task<Decision?> RunDecisionAsync(Guid decisionId, CancellationToken cancellationToken) =>
        db.Set<Decision>().AsNoTracking().FirstOrDefaultAsync(decision => decision.Id == decisionId, cancellationToken);

    public Task<List<Job>> RunsAsync(string hash, CancellationToken cancellationToken) =>
        db.Set<Job>().AsNoTracking().Where(job => job.Hash == hash).OrderBy(job => job.Run).ToListAsync(cancellationToken);

    public Task<Title?> TitleOfAsync(Artwork artwork, CancellationToken cancellationToken) =>
        db.Set<Title>().AsNoTracking().FirstOrDefaultAsync(title => title.Id == artwork.TitleId, cancellationToken);

    private async Task<List<ArtworkView>> ViewsAsync(IQueryable<Artwork> wanted, CancellationToken cancellationToken)
    {
        var rows = await (from artwork in wanted
                          join asset in db.Set<Asset>().AsNoTracking() on artwork.AssetId equals asset.Id
                          join job in db.Set<Job>().AsNoTracking() on artwork.JobId equals job.Id
                          orderby job.CreatedAt descending, artwork.Variant, artwork.Aspect
                          select new { artwork, asset, job }).Take(MaxArtworks).ToListAsync(cancellationToken);
        var assets = rows.ConvertAll(row => row.asset.Id);
        var decisions = await db.Set<Decision>().AsNoTracking().Where(decision => decision.AssetId != null && assets.Contains(decision.AssetId.Value) && decision.Stage == DecisionStage.Release)
            .OrderBy(decision => decision.RequestedAt).ToListAsync(cancellationToken);
        var latest = decisions.GroupBy(decision => decision.AssetId!.Value).ToDictionary(group => group.Key, group => group.Last());
        return rows.ConvertAll(row => new ArtworkView(row.artwork, row.asset, row.job, ArtworkStory.Read(row.artwork.ExplanationJson), latest.GetValueOrDefault(row.asset.Id)));
    }
}
