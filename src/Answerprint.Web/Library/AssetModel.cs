using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Withdrawal;
using Answerprint.Platform.Withdrawal.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Library;

/// <summary>An asset with everything that hangs on it.</summary>
public sealed record AssetModel(
    Asset Asset, AssetLook Look, Production? Production, TechnicalFacts Facts, IReadOnlyList<AssetModel.Link> MadeFrom, IReadOnlyList<AssetModel.Link> UsedIn, IReadOnlyList<Rendition> Renditions,
    IReadOnlyList<Job> Jobs, IReadOnlyList<Release> Releases, IReadOnlyList<AuditEntry> Audit, string Bringer, string? ShotHref, string? ShotName, bool IsKeeper, bool MayWithdraw, Guid? WithdrawalId)
{
    private const int MostLinks = 60;
    private const int MostJobs = 20;
    private const int MostAudit = 30;

    public AttributionShares? Shares => Asset.Shares is { } shares && shares.Copied + shares.Blended + shares.Rendered + shares.Painted + shares.NotAttributable > 0
        ? new(shares.Copied / 1e6, shares.Blended / 1e6, shares.Rendered / 1e6, shares.Painted / 1e6, shares.NotAttributable / 1e6) : null;

    /// <summary>Whether a page tells of each of its pixels.</summary>
    public bool IsResult { get; init; }

    public bool MayMake { get; init; }

    public sealed record Link(AssetLook Look, string Part, double Share);

    internal static async Task<AssetModel?> LoadAsync(AnswerprintDb db, BlobStore blobs, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (await LibraryQuery.FindAsync(db, id, actor, cancellationToken) is not { } asset) return null;
        var production = await db.Set<Production>().AsNoTracking().FirstOrDefaultAsync(production => production.Id == asset.ProductionId, cancellationToken);
        var inputs = await db.Set<AssetInput>().AsNoTracking().Where(input => input.AssetId == id || input.SourceId == id)
            .OrderByDescending(input => input.ShareMillionths).Take(2 * MostLinks).ToListAsync(cancellationToken);
        var looks = await AssetLook.LoadAsync(db, inputs.SelectMany(input => new[] { input.AssetId, input.SourceId }).Append(id), cancellationToken);
        IReadOnlyList<Link> Links(IEnumerable<AssetInput> of, Func<AssetInput, Guid> other) =>
            [.. of.Where(input => looks.ContainsKey(other(input))).Select(input => new Link(looks[other(input)], input.Part, input.ShareMillionths / 1e6)).Take(MostLinks)];

        var idText = id.ToString();
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => job.Id == asset.JobId || job.InputsJson.Contains(idText))
            .OrderByDescending(job => job.CreatedAt).Take(MostJobs).ToListAsync(cancellationToken);
        var audit = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.SubjectKind == "asset" && entry.SubjectId == idText)
            .OrderByDescending(entry => entry.Number).Take(MostAudit).ToListAsync(cancellationToken);
        var names = await People.NamesAsync(db, [asset.CreatedBy], cancellationToken);
        var version = await (
            from each in db.Set<ShotVersion>()
            join shot in db.Set<Shot>() on each.ShotId equals shot.Id
            where each.AssetId == id
            select new { shot.Code, each.Number }).FirstOrDefaultAsync(cancellationToken);
        return new(
            asset, looks[id], production, await TechnicalFacts.LoadAsync(db, blobs, asset, cancellationToken),
            Links(inputs.Where(input => input.AssetId == id), input => input.SourceId), Links(inputs.Where(input => input.SourceId == id), input => input.AssetId),
            await db.Set<Rendition>().AsNoTracking().Where(made => made.AssetId == id).OrderBy(made => made.Kind).ToListAsync(cancellationToken), jobs,
            await db.Set<Release>().AsNoTracking().Where(release => release.AssetId == id).OrderByDescending(release => release.ReleasedAt).ToListAsync(cancellationToken),
            audit, names.Of(asset.CreatedBy), version is null || production is null ? null : $"/productions/{production.Code}/shots/{version.Code}?v={version.Number}",
            version is null ? null : $"{version.Code} v{version.Number:000}", actor.HasAny(ConsoleRoles.Keepers),
            actor.HasAny([.. WithdrawSource.ForRoles]) && asset.Kind != AssetKind.Attribution, await WithdrawalOfAsync(db, id, cancellationToken))
        {
            IsResult = asset.JobId is not null && asset.Kind != AssetKind.Attribution && jobs.Find(job => job.Id == asset.JobId) is { } maker && Make.ResultModel.Recipes.Contains(maker.Recipe),
            MayMake = actor.HasAny(ConsoleRoles.Makers),
        };
    }

    /// <summary>The withdrawal in force that reached it; none where none did.</summary>
    private static Task<Guid?> WithdrawalOfAsync(AnswerprintDb db, Guid id, CancellationToken cancellationToken) => (
        from reached in db.Set<WithdrawnAsset>()
        where reached.AssetId == id
        join withdrawal in db.Set<WithdrawalRecord>() on reached.WithdrawalId equals withdrawal.Id
        where withdrawal.RestoredAt == null
        orderby withdrawal.MadeAt descending
        select (Guid?)withdrawal.Id).FirstOrDefaultAsync(cancellationToken);
}
