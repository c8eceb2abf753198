using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Library;
using Answerprint.Web.Productions;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Home;

/// <summary>What waits for a person.</summary>
public sealed record HomeModel(
    string Name, IReadOnlyList<HomeModel.Question> Questions, IReadOnlyList<HomeModel.Work> Reviews, IReadOnlyList<HomeModel.Work> Retakes, IReadOnlyList<Job> Failed,
    IReadOnlyList<Job> Running, IReadOnlyList<ProductionCard> Productions, bool MayCreate)
{
    private const int Most = 12;

    public bool IsQuiet => Questions.Count + Reviews.Count + Retakes.Count + Failed.Count + Running.Count == 0;

    public sealed record Question(Decision Decision, string Name, string Production, string Asker);

    public sealed record Work(ShotVersion Version, Shot Shot, string Production, AssetLook? Look, string Maker)
    {
        public string Href => $"/productions/{Production}/shots/{Shot.Code}?v={Version.Number}";
    }

    internal static async Task<HomeModel> LoadAsync(AnswerprintDb db, Actor actor, TimeProvider clock, CancellationToken cancellationToken)
    {
        var questions = await QuestionsAsync(db, actor, cancellationToken);
        var reviews = actor.HasAny(ConsoleRoles.Reviewers)
            ? await WorkAsync(db, version => version.Status == VersionStatus.InReview && version.CreatedBy != actor.AccountId, cancellationToken) : [];
        var retakes = actor.HasAny(ConsoleRoles.Planners)
            ? await WorkAsync(db, version => version.Status == VersionStatus.Retake && version.CreatedBy == actor.AccountId, cancellationToken) : [];
        var since = clock.GetUtcNow() - TimeSpan.FromDays(7);
        var mine = db.Set<Job>().AsNoTracking().Where(job => job.RequestedBy == actor.AccountId);
        var failed = await mine.Where(job => job.State == JobState.Failed && job.FinishedAt > since).OrderByDescending(job => job.FinishedAt).Take(Most).ToListAsync(cancellationToken);
        var running = await mine.Where(job => job.State == JobState.Running || job.State == JobState.Queued).OrderBy(job => job.CreatedAt).Take(Most).ToListAsync(cancellationToken);
        var productions = await ProductionCard.LoadAsync(db, 6, cancellationToken);
        return new(actor.Name, questions, reviews, retakes, failed, running, productions, actor.HasAny(Roles.Producer));
    }

    private static async Task<IReadOnlyList<Question>> QuestionsAsync(AnswerprintDb db, Actor actor, CancellationToken cancellationToken)
    {
        var pending = await (
            from decision in db.Set<Decision>()
            join job in db.Set<Job>() on decision.JobId equals job.Id
            join production in db.Set<Production>() on decision.ProductionId equals production.Id
            where decision.State == DecisionState.Pending && decision.RequestedBy != actor.AccountId
            orderby decision.RequestedAt
            select new { Decision = decision, job.Name, production.Code }).AsNoTracking().Take(500).ToListAsync(cancellationToken);
        var mine = pending.Where(row => row.Decision.EscalatedTo.Split(' ').Any(actor.Roles.Contains)).Take(Most).ToList();
        var names = await People.NamesAsync(db, mine.Select(row => row.Decision.RequestedBy), cancellationToken);
        return mine.ConvertAll(row => new Question(row.Decision, row.Name, row.Code, names.Of(row.Decision.RequestedBy)));
    }

    private static async Task<IReadOnlyList<Work>> WorkAsync(
        AnswerprintDb db, System.Linq.Expressions.Expression<Func<ShotVersion, bool>> which, CancellationToken cancellationToken)
    {
        var rows = await (
            from version in db.Set<ShotVersion>().Where(which)
            join shot in db.Set<Shot>() on version.ShotId equals shot.Id
            join scene in db.Set<Scene>() on shot.SceneId equals scene.Id
            join production in db.Set<Production>() on scene.ProductionId equals production.Id
            orderby version.CreatedAt
            select new { Version = version, Shot = shot, production.Code }).AsNoTracking().Take(Most).ToListAsync(cancellationToken);
        var looks = await AssetLook.LoadAsync(db, rows.Select(row => row.Version.AssetId), cancellationToken);
        var names = await People.NamesAsync(db, rows.Select(row => row.Version.CreatedBy), cancellationToken);
        return rows.ConvertAll(row => new Work(row.Version, row.Shot, row.Code, looks.GetValueOrDefault(row.Version.AssetId), names.Of(row.Version.CreatedBy)));
    }
}
