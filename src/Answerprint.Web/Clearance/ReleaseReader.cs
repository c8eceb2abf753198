using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Clearance;

/// <summary>A release with what it was made from and where it is shown.</summary>
public sealed record ReleaseView(Release Record, Asset Asset, Artwork? Artwork, Title? Title, string ReleasedBy)
{
    public bool IsTakenBack => Asset.State == AssetState.Quarantined;
}

/// <summary>Reads what has left the house.</summary>
internal sealed class ReleaseReader(AnswerprintDb db)
{
    public const int PageSize = 60;

    public Task<List<ReleaseView>> ListAsync(DateTimeOffset? before, CancellationToken cancellationToken) =>
        ReadAsync(release => before == null || release.ReleasedAt < before, PageSize + 1, cancellationToken);

    public async Task<ReleaseView?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(release => release.Id == id, 1, cancellationToken)).FirstOrDefault();

    /// <summary>The newest release with these very bytes.</summary>
    public async Task<ReleaseView?> FindByHashAsync(string sha256, CancellationToken cancellationToken) =>
        (await ReadAsync(release => release.BlobSha256 == sha256, 1, cancellationToken)).FirstOrDefault();

    private async Task<List<ReleaseView>> ReadAsync(System.Linq.Expressions.Expression<Func<Release, bool>> filter, int most, CancellationToken cancellationToken)
    {
        var rows = await (from release in db.Set<Release>().AsNoTracking().Where(filter).OrderByDescending(release => release.ReleasedAt).Take(most)
                          join asset in db.Set<Asset>().AsNoTracking() on release.AssetId equals asset.Id
                          join artwork in db.Set<Artwork>().AsNoTracking() on asset.Id equals artwork.AssetId into artworks
                          from artwork in artworks.DefaultIfEmpty()
                          join title in db.Set<Title>().AsNoTracking() on artwork.TitleId equals title.Id into titles
                          from title in titles.DefaultIfEmpty()
                          join person in db.Users.AsNoTracking() on release.ReleasedBy equals person.Id into people
                          from person in people.DefaultIfEmpty()
                          orderby release.ReleasedAt descending
                          select new { release, asset, artwork, title, Name = person == null ? "the program" : person.DisplayName }).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new ReleaseView(row.release, row.asset, row.artwork, row.title, row.Name));
    }
}
