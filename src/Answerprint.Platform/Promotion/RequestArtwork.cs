using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Promotion.Making;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Promotion;

/// <summary>A wish for artwork of a title.</summary>
/// <param name="TitleId">The title; it needs a production.</param>
/// <param name="Use">What it is for; ideation makes drafts.</param>
/// <param name="Declarations">What only the person who asks can say.</param>
public sealed record RequestArtworkRequest(Guid TitleId, Use Use, Declarations Declarations)
{
    /// <summary>The footage and stills to choose from; empty takes all active ones of the production.</summary>
    public IReadOnlyList<Guid> Sources { get; init; } = [];

    /// <summary>What is set in type; none takes the title's name, empty sets nothing.</summary>
    public string? TitleText { get; init; }

    /// <summary>Shapes; empty takes 16:9, 2:3, 1:1 and 21:9.</summary>
    public IReadOnlyList<string> Aspects { get; init; } = [];

    /// <summary>How many frames, 1 to 12.</summary>
    public int Variants { get; init; } = 3;

    /// <summary>Whether the widest shape is also made without type, to stand behind words that a page sets.</summary>
    public bool Backdrop { get; init; } = true;

    /// <summary>0 takes the best frames however alike, 1 the most different however poor.</summary>
    public double Variety { get; init; } = 0.35;

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Run finished work again, to show that it gives the same pixels.</summary>
    public bool Again { get; init; }
}

/// <summary>Puts artwork on record as a job.</summary>
/// <param name="db">Records.</param>
/// <param name="desk">Takes the job.</param>
public sealed class RequestArtwork(AnswerprintDb db, JobDesk desk)
{
    /// <summary>Name of the recipe.</summary>
    public const string Recipe = ArtworkRecipe.RecipeName;

    private const int MaxSources = 500;

    /// <summary>Puts it on record.</summary>
    public async Task<SubmitJobResult> HandleAsync(RequestArtworkRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var (wish, problem) = await WishAsync(request, cancellationToken);
        return wish is null ? Problem(problem) : await desk.SubmitAsync(wish, actor, cancellationToken);
    }

    /// <summary>What Clearance would say, with nothing put on record; <see cref="SubmitJobResult.Existing"/> says that the same work is done already.</summary>
    public async Task<SubmitJobResult> PreviewAsync(RequestArtworkRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var (wish, problem) = await WishAsync(request, cancellationToken);
        return wish is null ? Problem(problem) : await desk.PreviewAsync(wish, actor, cancellationToken);
    }

    private async Task<(SubmitJob? Wish, string Problem)> WishAsync(RequestArtworkRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var title = await db.Set<Title>().AsNoTracking().FirstOrDefaultAsync(title => title.Id == request.TitleId, cancellationToken);
        if (title is null) return (null, $"there is no title {request.TitleId}");
        if (title.ProductionId is not { } production) return (null, $"'{title.Name}' has no production here, so there is no footage to make artwork from");
        var text = request.TitleText ?? title.Name;
        IReadOnlyList<string> aspects = request.Aspects.Count > 0 ? request.Aspects : [.. ArtworkParameters.Shapes.Keys];
        var parameters = new ArtworkParameters(title.Id, text, aspects, request.Variants, request.Backdrop, request.Variety);
        if (parameters.Objection() is { Length: > 0 } objection) return (null, objection);

        var sources = await db.Set<Asset>().AsNoTracking()
            .Where(asset => asset.ProductionId == production && asset.State == AssetState.Active && (asset.Kind == AssetKind.Video || asset.Kind == AssetKind.Still))
            .Where(asset => request.Sources.Count == 0 || request.Sources.Contains(asset.Id))
            .OrderBy(asset => asset.CreatedAt).ThenBy(asset => asset.Id).Take(MaxSources + 1).ToListAsync(cancellationToken);
        if (sources.Count == 0) return (null, $"'{title.Name}' has no footage or stills yet; ingest some first");
        if (sources.Count > MaxSources) return (null, $"the production has more than {MaxSources} sources; name the ones to choose from");
        if (request.Sources.Except(sources.Select(source => source.Id)).FirstOrDefault() is var missing && missing != Guid.Empty)
            return (null, $"asset {missing} is not active footage or a still of this production");

        return (new SubmitJob(
            Recipe, production, $"Artwork for {title.Name}", [.. sources.Select(source => new SubmitInput("source", source.Id))],
            ToJson(parameters), 0, request.Use, request.Declarations) { Priority = request.Priority, Again = request.Again }, "");
    }

    private static JsonObject ToJson(ArtworkParameters parameters) => new()
    {
        ["titleId"] = parameters.TitleId.ToString(),
        ["titleText"] = parameters.TitleText,
        ["aspects"] = new JsonArray([.. parameters.Aspects.Select(aspect => (JsonNode)aspect)]),
        ["variants"] = parameters.Variants,
        ["backdrop"] = parameters.Backdrop,
        ["variety"] = parameters.Variety,
    };

    private static SubmitJobResult Problem(string problem) => new(null, null, problem, Existing: false);
}
