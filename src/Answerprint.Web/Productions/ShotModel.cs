using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Library;
using Answerprint.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Productions;

/// <summary>A shot with one of its versions open.</summary>
public sealed record ShotModel(
    Production Production, Scene Scene, Shot Shot, IReadOnlyList<ShotModel.VersionRow> Versions, ShotModel.VersionRow? Open, IReadOnlyList<ShotModel.NoteRow> Notes,
    Asset? Asset, TechnicalFacts? Facts, IReadOnlyList<Job> Active, IReadOnlyList<Verdict> Verdicts, string Hold, bool MayIngest)
{
    public string Href => $"/productions/{Production.Code}/shots/{Shot.Code}";

    public string HrefOf(int number) => $"{Href}?v={number}";

    /// <summary>The version to compare with: the one before, else the one after.</summary>
    public VersionRow? Other => Open is null ? null
        : Versions.Where(row => row.Version.Number != Open.Version.Number && row.Look?.Poster is not null)
            .OrderBy(row => row.Version.Number > Open.Version.Number).ThenByDescending(row => row.Version.Number).FirstOrDefault();

    public sealed record VersionRow(ShotVersion Version, AssetLook? Look, string Maker, string Reviewer)
    {
        public string Name => $"v{Version.Number:000}";
    }

    public sealed record NoteRow(ReviewNote Note, string Author, DrawnStrokes? Strokes);

    internal static async Task<ShotModel?> LoadAsync(AnswerprintDb db, BlobStore blobs, string code, string shotCode, int? number, Actor actor, CancellationToken cancellationToken)
    {
        var found = await (
            from shot in db.Set<Shot>()
            join scene in db.Set<Scene>() on shot.SceneId equals scene.Id
            join production in db.Set<Production>() on scene.ProductionId equals production.Id
            where shot.Code == shotCode && production.Code == code
            select new { Shot = shot, Scene = scene, Production = production }).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        if (found is null) return null;
        var versions = await db.Set<ShotVersion>().AsNoTracking().Where(version => version.ShotId == found.Shot.Id).OrderByDescending(version => version.Number).ToListAsync(cancellationToken);
        var looks = await AssetLook.LoadAsync(db, versions.Select(version => version.AssetId), cancellationToken);
        var names = await People.NamesAsync(db, versions.Select(version => version.CreatedBy).Concat(versions.Select(version => version.ReviewedBy).OfType<Guid>()), cancellationToken);
        var rows = versions.ConvertAll(version => new VersionRow(
            version, looks.GetValueOrDefault(version.AssetId), names.Of(version.CreatedBy), version.ReviewedBy is { } reviewer ? names.Of(reviewer) : ""));
        var open = rows.Find(row => row.Version.Number == number) ?? rows.FirstOrDefault();
        var asset = open is null ? null : await LibraryQuery.FindAsync(db, open.Version.AssetId, actor, cancellationToken);
        var facts = asset is null ? null : await TechnicalFacts.LoadAsync(db, blobs, asset, cancellationToken);
        var (verdicts, hold) = open is null ? ([], "") : Allowed(open.Version, actor);
        return new(
            found.Production, found.Scene, found.Shot, rows, open, open is null ? [] : await NotesAsync(db, open, cancellationToken), asset, facts,
            await ActiveAsync(db, found.Production, found.Shot, cancellationToken), verdicts, hold, actor.HasAny(ConsoleRoles.Makers));
    }

    private static async Task<IReadOnlyList<NoteRow>> NotesAsync(AnswerprintDb db, VersionRow open, CancellationToken cancellationToken)
    {
        var notes = await db.Set<ReviewNote>().AsNoTracking().Where(note => note.VersionId == open.Version.Id).OrderByDescending(note => note.CreatedAt).ToListAsync(cancellationToken);
        var names = await People.NamesAsync(db, notes.Select(note => note.AuthorId), cancellationToken);
        return notes.ConvertAll(note => new NoteRow(
            note, names.Of(note.AuthorId), ReviewDrawing.TryRead(note.DrawingJson, open.Look?.Width ?? 0, open.Look?.Height ?? 0, out var strokes) ? strokes : null));
    }

    private static async Task<IReadOnlyList<Job>> ActiveAsync(AnswerprintDb db, Production production, Shot shot, CancellationToken cancellationToken)
    {
        var active = await db.Set<Job>().AsNoTracking()
            .Where(job => job.ProductionId == production.Id && (job.State == JobState.Running || job.State == JobState.Queued || job.State == JobState.AwaitingClearance))
            .OrderBy(job => job.CreatedAt).ToListAsync(cancellationToken);
        return active.FindAll(job => job.ParametersJson.Contains(shot.Id.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What this person may say of the version now, and why a verdict that one would expect is held back.</summary>
    private static (IReadOnlyList<Verdict> Verdicts, string Hold) Allowed(ShotVersion version, Actor actor)
    {
        IReadOnlyList<Verdict> fitting = version.Status switch
        {
            VersionStatus.Draft or VersionStatus.Retake => [Verdict.Submit],
            VersionStatus.InReview => [Verdict.Approve, Verdict.Retake],
            VersionStatus.Approved => [Verdict.Publish],
            _ => [Verdict.Withdraw],
        };
        var allowed = fitting.Where(verdict => ReviewRights.MayDo(verdict, actor)).ToList();
        if (!allowed.Contains(Verdict.Approve) || version.CreatedBy != actor.AccountId) return (allowed, allowed.Count == 0 ? Waiting(version) : "");
        allowed.Remove(Verdict.Approve);
        return (allowed, "You made this version: someone else has to approve it.");
    }

    private static string Waiting(ShotVersion version) => version.Status switch
    {
        VersionStatus.InReview => "Waits for a producer's review.",
        VersionStatus.Approved => "A producer publishes it.",
        VersionStatus.Published => "On the title's page.",
        _ => "Its maker sends it to review.",
    };
}
