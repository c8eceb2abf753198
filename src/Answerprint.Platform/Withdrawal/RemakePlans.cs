using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Withdrawal;

/// <summary>Asks recipes how their work is made again without what was withdrawn.</summary>
/// <param name="db">Records.</param>
/// <param name="recipes">Every recipe there is.</param>
public sealed class RemakePlans(AnswerprintDb db, IEnumerable<IRecipe> recipes)
{
    /// <summary>The work behind the dependents, in the order in which it has to be made again, and whether it can be.</summary>
    public async Task<IReadOnlyList<RemakeOutlook>> OutlookAsync(AffectedAssets affected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(affected);
        var gone = affected.Ids.ToHashSet();
        var outlook = new List<RemakeOutlook>();
        // Nearest work comes first, so what it will put in place of its old assets is known when the work after it is asked about.
        var replaced = new HashSet<Guid>();
        foreach (var (job, assets, _) in await WorkAsync(affected, cancellationToken))
        {
            var inputs = InputsOf(job);
            var left = inputs.Where(input => input.AssetId is not { } id || !gone.Contains(id) || replaced.Contains(id)).ToList();
            var answer = await AskAsync(new RemakeQuestion(job, left, [.. inputs.Except(left)]), cancellationToken);
            if (answer.Impossible.Length == 0) replaced.UnionWith(assets);
            outlook.Add(new(job, assets.Count, answer.Impossible));
        }
        return outlook;
    }

    /// <summary>The jobs that made the dependents, nearest first, with the assets of each that are reached and their steps.</summary>
    internal async Task<List<(Job Job, List<Guid> Assets, int Steps)>> WorkAsync(AffectedAssets affected, CancellationToken cancellationToken)
    {
        var byJob = affected.Dependents.Where(asset => asset.Asset is { JobId: not null, Kind: not AssetKind.Attribution }).ToLookup(asset => asset.Asset.JobId!.Value);
        var ids = byJob.Select(group => group.Key).ToList();
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => EF.Parameter(ids).Contains(job.Id)).ToListAsync(cancellationToken);
        return [.. jobs.Select(job => (Job: job, Assets: byJob[job.Id].Select(asset => asset.Asset.Id).ToList(), Steps: byJob[job.Id].Min(asset => asset.Steps)))
            .OrderBy(work => work.Steps).ThenBy(work => work.Job.CreatedAt).ThenBy(work => work.Job.Id)];
    }

    /// <summary>The recipe's answer, or why there is none.</summary>
    internal async Task<RemakeAnswer> AskAsync(RemakeQuestion question, CancellationToken cancellationToken) =>
        question.Job.MadeEarlier ? RemakeAnswer.Not("it was made elsewhere, earlier, and only its result is on record here")
        : recipes.FirstOrDefault(recipe => recipe.Name == question.Job.Recipe) switch
        {
            null => RemakeAnswer.Not($"this build has no recipe '{question.Job.Recipe}'"),
            IRemake remake => await remake.WithoutAsync(db, question, cancellationToken),
            var other => RemakeAnswer.Not($"the recipe '{other.Name}' does not say how its work is made without a source"),
        };

    /// <summary>What a recipe changes of its own when a new asset takes an old one's place.</summary>
    internal Task TakePlaceAsync(Job job, Asset old, Asset made, CancellationToken cancellationToken) =>
        recipes.FirstOrDefault(recipe => recipe.Name == job.Recipe) is IRemake remake ? remake.TakePlaceAsync(db, old, made, cancellationToken) : Task.CompletedTask;

    internal static List<SubmitInput> InputsOf(Job job) =>
        [.. JobInputs.Read(job.InputsJson).Select(input => new SubmitInput(input.Part, input.AssetId, input.AssetId is null ? input.Sha256 : null))];
}
