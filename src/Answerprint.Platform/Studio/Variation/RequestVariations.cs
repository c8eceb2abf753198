using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Variation;

/// <summary>A wish for drafts on a board.</summary>
/// <param name="ProductionId">The production; all references belong to it.</param>
/// <param name="Wish">What is to be made.</param>
public sealed record RequestVariationsRequest(Guid ProductionId, VariationWish Wish)
{
    /// <summary>The board they go on; none begins one.</summary>
    public Guid? BoardId { get; init; }

    /// <summary>The name of a new board, up to 200 characters; empty names it after the first reference.</summary>
    public string BoardName { get; init; } = "";

    /// <summary>The draft that these are more like, or a larger version of: it leads them as a layout would.</summary>
    public Guid? LikeDraftId { get; init; }

    /// <summary>Whether that draft is made larger, its arrangement kept, rather than others like it made.</summary>
    public bool Refine { get; init; }

    /// <summary>What they are for; drafts are ideation.</summary>
    public Use Use { get; init; } = Use.Ideation;

    /// <summary>What only the person who asks can say.</summary>
    public Declarations Declarations { get; init; } = new() { Alteration = "asRecorded" };
}

/// <summary>What became of it.</summary>
/// <param name="Board">The board; none where the wish was not understood.</param>
/// <param name="Drafts">The drafts that were put on it.</param>
/// <param name="Decision">Clearance's answer to the first; they are all alike.</param>
/// <param name="Problem">What is wrong; empty where nothing is.</param>
public sealed record RequestVariationsResult(StudioBoard? Board, IReadOnlyList<StudioDraft> Drafts, Decision? Decision, string Problem);

/// <summary>Puts drafts on a board, one job each, so that each can be stopped, kept and made again for itself.</summary>
/// <param name="db">Records.</param>
/// <param name="desk">Takes the jobs.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
public sealed class RequestVariations(AnswerprintDb db, JobDesk desk, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Puts them on record.</summary>
    public async Task<RequestVariationsResult> HandleAsync(RequestVariationsRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var (inputs, name, problem) = await InputsAsync(request, cancellationToken);
        if (problem.Length > 0) return Problem(problem);
        var board = await BoardAsync(request, name, actor, cancellationToken);
        if (board is null) return Problem($"there is no board {request.BoardId} in this production");

        var number = await db.Set<StudioDraft>().Where(draft => draft.BoardId == board.Id).MaxAsync(draft => (int?)draft.Number, cancellationToken) ?? 0;
        var drafts = new List<StudioDraft>();
        Decision? first = null;
        for (var i = 0; i < request.Wish.Count; i++)
        {
            var submitted = await desk.SubmitAsync(WishOf(request, inputs, name, i), actor, cancellationToken);
            first ??= submitted.Decision;
            if (submitted.Job is null) return new(board, drafts, first, submitted.Problem);
            var draft = new StudioDraft { Id = Guid.CreateVersion7(clock.GetUtcNow()), BoardId = board.Id, JobId = submitted.Job.Id, Number = ++number, ParentId = request.LikeDraftId };
            db.Add(draft);
            await db.SaveChangesAsync(cancellationToken);
            drafts.Add(draft);
        }
        return new(board, drafts, first, "");
    }

    /// <summary>What Clearance would say, with nothing put on record.</summary>
    public async Task<SubmitJobResult> PreviewAsync(RequestVariationsRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (inputs, name, problem) = await InputsAsync(request, cancellationToken);
        return problem.Length > 0 ? new SubmitJobResult(null, null, problem, Existing: false) : await desk.PreviewAsync(WishOf(request, inputs, name, 0), actor, cancellationToken);
    }

    private static SubmitJob WishOf(RequestVariationsRequest request, IReadOnlyList<SubmitInput> inputs, string name, int index)
    {
        var seed = request.Wish.Seed + index;
        return new SubmitJob(VaryRecipe.RecipeName, request.ProductionId, $"{name}, seed {seed}", inputs, request.Wish.Parameters(), seed, request.Use, request.Declarations) { Priority = 10 };
    }

    private async Task<(IReadOnlyList<SubmitInput> Inputs, string Name, string Problem)> InputsAsync(RequestVariationsRequest request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        if (wish.Objection() is { Length: > 0 } objection) return ([], "", objection);
        var references = wish.References.ToList();
        var found = await db.Set<Asset>().AsNoTracking().Where(asset => EF.Parameter(references).Contains(asset.Id)).ToListAsync(cancellationToken);
        foreach (var id in references)
        {
            if (found.Find(asset => asset.Id == id) is not { } asset) return ([], "", $"there is no asset {id}");
            if (ReferenceRights.Objection(asset, clock.GetUtcNow()) is { Length: > 0 } why) return ([], "", $"'{asset.Name}' cannot be a reference: {why}");
        }
        var inputs = references.ConvertAll(id => new SubmitInput("reference", id));
        if (wish.LayoutId is { } layout)
        {
            if (!await db.Set<Painting>().AnyAsync(painting => painting.AssetId == layout && painting.Kind == PaintingKind.Layout, cancellationToken)) return ([], "", $"there is no layout {layout}");
            inputs.Add(new SubmitInput(VaryRecipe.LayoutPart, layout));
        }
        if (request.LikeDraftId is { } like)
        {
            if (await DraftPicture.FindAsync(db, like, cancellationToken) is not { } picture) return ([], "", "the draft that these should be like is not there, or not ready yet");
            // A painted layout gives way: the draft says where everything is.
            inputs.RemoveAll(input => input.Part == VaryRecipe.LayoutPart);
            inputs.Add(new SubmitInput(request.Refine ? VaryRecipe.DraftPart : VaryRecipe.LayoutPart, picture.Id));
        }
        var first = found.Find(asset => asset.Id == references[0])!.Name;
        return (inputs, references.Count == 1 ? first : $"{first} and {references.Count - 1} more", "");
    }

    private async Task<StudioBoard?> BoardAsync(RequestVariationsRequest request, string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        StudioBoard? board;
        if (request.BoardId is { } id)
        {
            board = await db.Set<StudioBoard>().FirstOrDefaultAsync(board => board.Id == id && board.ProductionId == request.ProductionId, cancellationToken);
            if (board is null) return null;
        }
        else
        {
            var called = request.BoardName.Trim() is { Length: > 0 } given ? given : name;
            board = new StudioBoard
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), ProductionId = request.ProductionId, Name = called.Length > 200 ? called[..200] : called,
                CreatedBy = actor.AccountId, CreatedAt = clock.GetUtcNow(),
            };
            db.Add(board);
        }
        // What follows from a draft is an aside; the board remembers what it was begun with, or last made with from scratch.
        if (request.LikeDraftId is null) board.WishJson = request.Wish.ToJson();
        await audit.AppendAsync(db, actor, "board.drafts", "board", board.Id.ToString(),
            new JsonObject { ["count"] = request.Wish.Count, ["seed"] = request.Wish.Seed, ["like"] = request.LikeDraftId?.ToString() }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return board;
    }

    private static RequestVariationsResult Problem(string problem) => new(null, [], null, problem);
}
