using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Variation;
using Answerprint.Web.Home;
using Answerprint.Web.Jobs;
using Answerprint.Web.Library;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Make;

/// <summary>A draft as a board shows it.</summary>
public sealed record DraftView(StudioDraft Draft, Job Job, AssetLook? Look, int? ParentNumber, string? Preview)
{
    public bool IsWaiting => !Job.HasEnded;

    public string Phase => JobReport.PhaseOf(Job);

    /// <summary>The shape as width over height, for the place it takes before it is there.</summary>
    public bool IsLarger => Job.InputsJson.Contains("\"part\":\"draft\"", StringComparison.Ordinal);
}

/// <summary>A board with its drafts.</summary>
public sealed record BoardModel(StudioBoard Board, Production Production, VariationWish Wish, IReadOnlyList<DraftView> Drafts)
{
    public string Href => $"/make/variations/{Board.Id}";

    public int Waiting => Drafts.Count(draft => draft.IsWaiting);

    public int Kept => Drafts.Count(draft => draft.Draft.Kept == true);

    public int Made => Drafts.Count(draft => draft.Look is not null);

    internal static async Task<BoardModel?> LoadAsync(AnswerprintDb db, DataFolder folder, Guid id, CancellationToken cancellationToken)
    {
        if (await db.Set<StudioBoard>().AsNoTracking().FirstOrDefaultAsync(board => board.Id == id, cancellationToken) is not { } board) return null;
        var production = await db.Set<Production>().AsNoTracking().FirstAsync(production => production.Id == board.ProductionId, cancellationToken);
        return new(board, production, VariationWish.FromJson(board.WishJson), await DraftsAsync(db, folder, db.Set<StudioDraft>().Where(draft => draft.BoardId == id), cancellationToken));
    }

    internal static async Task<DraftView?> DraftAsync(AnswerprintDb db, DataFolder folder, Guid boardId, Guid id, CancellationToken cancellationToken) =>
        (await DraftsAsync(db, folder, db.Set<StudioDraft>().Where(draft => draft.BoardId == boardId && draft.Id == id), cancellationToken)).SingleOrDefault();

    private static async Task<IReadOnlyList<DraftView>> DraftsAsync(AnswerprintDb db, DataFolder folder, IQueryable<StudioDraft> which, CancellationToken cancellationToken)
    {
        var drafts = await which.AsNoTracking().OrderBy(draft => draft.Number).ToListAsync(cancellationToken);
        var ids = drafts.ConvertAll(draft => draft.JobId);
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => EF.Parameter(ids).Contains(job.Id)).ToDictionaryAsync(job => job.Id, cancellationToken);
        var hashes = jobs.Values.Select(job => job.Hash).Distinct().ToList();
        // The picture is of the first run of the work, whichever run the draft names.
        var made = await (from run in db.Set<Job>().AsNoTracking()
                          join asset in db.Set<Asset>().AsNoTracking() on run.Id equals asset.JobId
                          where EF.Parameter(hashes).Contains(run.Hash) && asset.Kind == AssetKind.Still
                          select new { run.Hash, asset }).ToListAsync(cancellationToken);
        var looks = await AssetLook.LoadAsync(db, made.ConvertAll(row => row.asset), cancellationToken);
        var parents = drafts.Select(draft => draft.ParentId).OfType<Guid>().ToList();
        var numbers = await db.Set<StudioDraft>().Where(draft => EF.Parameter(parents).Contains(draft.Id)).ToDictionaryAsync(draft => draft.Id, draft => draft.Number, cancellationToken);
        return drafts.ConvertAll(draft =>
        {
            var job = jobs[draft.JobId];
            var asset = made.Find(row => row.Hash == job.Hash)?.asset;
            return new DraftView(draft, job, asset is null ? null : looks.GetValueOrDefault(asset.Id), draft.ParentId is { } parent && numbers.TryGetValue(parent, out var number) ? number : null,
                job.State == JobState.Running ? MediaRoutes.PreviewUrlOf(folder, job.Id) : null);
        });
    }
}

/// <summary>A board in the list of boards.</summary>
public sealed record BoardCard(StudioBoard Board, string Production, int Drafts, int Kept, int Waiting, IReadOnlyList<string> Pictures, string Maker)
{
    private const int MostBoards = 120;
    private const int Pictured = 4;

    internal static async Task<IReadOnlyList<BoardCard>> ListAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        var boards = await db.Set<StudioBoard>().AsNoTracking().OrderByDescending(board => board.CreatedAt).Take(MostBoards).ToListAsync(cancellationToken);
        var ids = boards.ConvertAll(board => board.Id);
        var drafts = await db.Set<StudioDraft>().AsNoTracking().Where(draft => EF.Parameter(ids).Contains(draft.BoardId)).ToListAsync(cancellationToken);
        var productions = await db.Set<Production>().AsNoTracking().ToDictionaryAsync(production => production.Id, production => production.Name, cancellationToken);
        var jobs = drafts.ConvertAll(draft => (Guid?)draft.JobId);
        var assets = await db.Set<Asset>().AsNoTracking().Where(asset => EF.Parameter(jobs).Contains(asset.JobId) && asset.Kind == AssetKind.Still && asset.State == AssetState.Active).ToListAsync(cancellationToken);
        var looks = await AssetLook.LoadAsync(db, assets, cancellationToken);
        var byJob = assets.GroupBy(asset => asset.JobId!.Value).ToDictionary(group => group.Key, group => looks[group.First().Id].Thumbnail);
        var names = await People.NamesAsync(db, boards.Select(board => board.CreatedBy), cancellationToken);
        var open = await db.Set<Job>().Where(job => EF.Parameter(jobs).Contains(job.Id) && (job.State == JobState.AwaitingClearance || job.State == JobState.Queued || job.State == JobState.Running))
            .Select(job => job.Id).ToListAsync(cancellationToken);
        return boards.ConvertAll(board =>
        {
            var own = drafts.Where(draft => draft.BoardId == board.Id).OrderByDescending(draft => draft.Kept ?? false).ThenBy(draft => draft.Number).ToList();
            return new BoardCard(board, productions.GetValueOrDefault(board.ProductionId, ""), own.Count, own.Count(draft => draft.Kept == true), own.Count(draft => open.Contains(draft.JobId)),
                [.. own.Where(draft => draft.Kept != false).Select(draft => byJob.GetValueOrDefault(draft.JobId)).OfType<string>().Take(Pictured)], names.Of(board.CreatedBy));
        });
    }
}
