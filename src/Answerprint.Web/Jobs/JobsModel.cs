using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Library;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Jobs;

/// <summary>Jobs: those going on, and a page of those in a state.</summary>
public sealed record JobsModel(JobsModel.View Shown, IReadOnlyList<JobsModel.Row> Active, IReadOnlyList<JobsModel.Row> Ended, int Total, int Page, IReadOnlyDictionary<JobsModel.View, int> Counts, bool MayOperate)
{
    public const int PageSize = 50;

    /// <summary>The tabs.</summary>
    public enum View
    {
        All,
        Active,
        Done,
        Failed,
        Stopped,
    }

    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    /// <summary>A job with what is said beside it; its place in the queue is from 1, or 0 where it does not wait.</summary>
    public sealed record Row(Job Job, string Production, string Asker, string? Preview, int Place);

    public static View ViewOf(string? text) => Enum.TryParse<View>(text, ignoreCase: true, out var view) && Enum.IsDefined(view) && !int.TryParse(text, out _) ? view : View.All;

    internal static async Task<JobsModel> LoadAsync(AnswerprintDb db, DataFolder folder, View view, int page, Actor actor, CancellationToken cancellationToken)
    {
        var jobs = db.Set<Job>().AsNoTracking();
        var counts = await jobs.GroupBy(job => job.State).Select(each => new { each.Key, Count = each.Count() }).ToDictionaryAsync(each => each.Key, each => each.Count, cancellationToken);
        var active = view is View.All or View.Active
            ? await jobs.Where(job => job.State == JobState.Running || job.State == JobState.Queued || job.State == JobState.AwaitingClearance)
                .OrderByDescending(job => job.State == JobState.Running).ThenByDescending(job => job.Priority).ThenBy(job => job.CreatedAt).Take(200).ToListAsync(cancellationToken)
            : [];
        var states = StatesOf(view);
        var ended = states.Length == 0 ? [] : await jobs.Where(job => states.Contains(job.State))
            .OrderByDescending(job => job.FinishedAt).ThenByDescending(job => job.CreatedAt).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);

        var productionIds = active.Concat(ended).Select(job => job.ProductionId).Distinct().ToList();
        var productions = await db.Set<Production>().Where(production => productionIds.Contains(production.Id)).ToDictionaryAsync(production => production.Id, production => production.Code, cancellationToken);
        var names = await People.NamesAsync(db, active.Concat(ended).Select(job => job.RequestedBy), cancellationToken);
        // The order in which workers take what waits.
        var queue = active.Where(job => job.State == JobState.Queued).OrderByDescending(job => job.Priority).ThenBy(job => job.CreatedAt).Select((job, i) => (job.Id, i + 1)).ToDictionary();
        Row RowOf(Job job) => new(
            job, productions.GetValueOrDefault(job.ProductionId, ""), names.Of(job.RequestedBy), job.State == JobState.Running ? MediaRoutes.PreviewUrlOf(folder, job.Id) : null, queue.GetValueOrDefault(job.Id));
        return new(
            view, active.ConvertAll(RowOf), ended.ConvertAll(RowOf), states.Sum(state => counts.GetValueOrDefault(state)), page,
            Enum.GetValues<View>().ToDictionary(each => each, each => CountedIn(each).Sum(state => counts.GetValueOrDefault(state))), actor.HasAny(ConsoleRoles.Operators));
    }

    /// <summary>The ended states that a tab lists.</summary>
    private static JobState[] StatesOf(View view) => view switch
    {
        View.All => [JobState.Done, JobState.Failed, JobState.Cancelled, JobState.Refused],
        View.Done => [JobState.Done],
        View.Failed => [JobState.Failed],
        View.Stopped => [JobState.Cancelled, JobState.Refused],
        _ => [],
    };

    private static JobState[] CountedIn(View view) => view switch
    {
        View.All => Enum.GetValues<JobState>(),
        View.Active => [JobState.Running, JobState.Queued, JobState.AwaitingClearance],
        _ => StatesOf(view),
    };
}
