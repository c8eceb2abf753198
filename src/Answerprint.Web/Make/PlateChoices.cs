using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Library;
using Answerprint.Web.Productions;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Make;

/// <summary>Plates of a production to work on.</summary>
/// <param name="Productions">All of them.</param>
/// <param name="Chosen">The one whose plates these are; none where there is no production.</param>
/// <param name="Plates">What was found.</param>
/// <param name="Searched">What was looked for; empty for all.</param>
public sealed record PlateChoices(IReadOnlyList<Production> Productions, Production? Chosen, IReadOnlyList<ReferenceChoice> Plates, string Searched)
{
    /// <summary>A plate that is worked on, with what there is to see of it.</summary>
    public sealed record Plate(Asset Asset, AssetLook Look);

    internal static async Task<PlateChoices> FindAsync(AnswerprintDb db, IReadOnlyList<AssetKind> kinds, string? production, string? text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var productions = await ProductionChoice.ListAsync(db, cancellationToken);
        var chosen = await ProductionChoice.PickAsync(db, productions, production, kinds, cancellationToken);
        return new PlateChoices(productions, chosen, chosen is null ? [] : await ReferencePicker.FindAsync(db, chosen.Id, text ?? "", [], now, cancellationToken, kinds), text ?? "");
    }

    /// <summary>The plate with that id; none where it is of another kind, was taken back or may not be seen.</summary>
    internal static async Task<Plate?> OpenAsync(AnswerprintDb db, Guid id, IReadOnlyList<AssetKind> kinds, Actor actor, CancellationToken cancellationToken)
    {
        var asset = await LibraryQuery.FindAsync(db, id, actor, cancellationToken);
        if (asset is not { State: AssetState.Active } || !kinds.Contains(asset.Kind)) return null;
        return new Plate(asset, (await AssetLook.LoadAsync(db, [asset], cancellationToken))[id]);
    }
}

/// <summary>What was made of plates lately.</summary>
/// <param name="Job">The job.</param>
/// <param name="Look">What came of it; none while there is nothing to see.</param>
/// <param name="Href">Where it is looked at.</param>
/// <param name="Note">A word beside its state.</param>
public sealed record LatelyMade(Job Job, AssetLook? Look, string Href, string Note = "")
{
    private const int Most = 12;

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = Job.Name;

    internal static async Task<IReadOnlyList<LatelyMade>> ListAsync(AnswerprintDb db, IReadOnlyList<string> recipes, Func<Job, AssetLook?, LatelyMade> show, CancellationToken cancellationToken)
    {
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => EF.Parameter(recipes).Contains(job.Recipe) && job.Run == 1).OrderByDescending(job => job.CreatedAt).Take(Most).ToListAsync(cancellationToken);
        var looks = await LooksAsync(db, jobs, cancellationToken);
        return jobs.ConvertAll(job => show(job, looks.GetValueOrDefault(job.Id)));
    }

    /// <summary>What jobs have made to look at, by job: footage before stills.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, AssetLook>> LooksAsync(AnswerprintDb db, IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var ids = jobs.Select(job => (Guid?)job.Id).ToList();
        var assets = await db.Set<Asset>().AsNoTracking()
            .Where(asset => EF.Parameter(ids).Contains(asset.JobId) && asset.State == AssetState.Active && (asset.Kind == AssetKind.Video || asset.Kind == AssetKind.Still)).ToListAsync(cancellationToken);
        var looks = await AssetLook.LoadAsync(db, assets, cancellationToken);
        return assets.GroupBy(asset => asset.JobId!.Value).ToDictionary(made => made.Key, made => looks[made.OrderBy(asset => asset.Kind == AssetKind.Video ? 0 : 1).First().Id]);
    }
}
