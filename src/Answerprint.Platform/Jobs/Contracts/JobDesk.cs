using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>The only way in: takes a wish, asks Clearance, puts job, decision and audit on record in one transaction.</summary>
/// <param name="db">Records.</param>
/// <param name="blobs">Bytes.</param>
/// <param name="door">Clearance.</param>
/// <param name="audit">The audit.</param>
/// <param name="recipes">Every recipe there is.</param>
/// <param name="clock">Time.</param>
public sealed class JobDesk(
    AnswerprintDb db, BlobStore blobs, ClearanceDoor door, AuditTrail audit, IEnumerable<IRecipe> recipes, TimeProvider clock)
{
    /// <summary>Puts a job on record, unless there is no wish; then the answer says why.</summary>
    public async Task<SubmitJobResult> SubmitAsync(Asked asked, Actor actor, CancellationToken cancellationToken) =>
        asked.Wish is { } wish ? await SubmitAsync(wish, actor, cancellationToken) : Problem(asked.Problem);

    /// <summary>What Clearance would say, unless there is no wish; then the answer says why.</summary>
    public async Task<SubmitJobResult> PreviewAsync(Asked asked, Actor actor, CancellationToken cancellationToken) =>
        asked.Wish is { } wish ? await PreviewAsync(wish, actor, cancellationToken) : Problem(asked.Problem);

    /// <summary>Puts a job on record. The same work that is on record and has not failed is returned instead of a second job.</summary>
    public async Task<SubmitJobResult> SubmitAsync(SubmitJob wish, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(actor);
        var recipe = recipes.FirstOrDefault(recipe => recipe.Name == wish.Recipe);
        if (recipe is null) return Problem($"there is no recipe '{wish.Recipe}'; known are {string.Join(", ", recipes.Select(recipe => recipe.Name))}");

        var (inputs, problem) = await ResolveAsync(wish, cancellationToken);
        if (problem.Length > 0) return Problem(problem);

        var job = await DraftAsync(wish, recipe, inputs, actor, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var last = await db.Set<Job>().Where(other => other.Hash == job.Hash).OrderByDescending(other => other.Run).FirstOrDefaultAsync(cancellationToken);
        if (last is not null && (!last.HasEnded || (last.State == JobState.Done && !wish.Again)))
            return new SubmitJobResult(last, await db.Set<Decision>().FindAsync([last.DecisionId], cancellationToken), "", Existing: true);
        job.Run = (last?.Run ?? 0) + 1;

        var decision = door.AskToRun(job, recipe, [.. inputs.Where(input => input.Asset is not null).Select(input => input.Asset!)], wish.Declarations, actor);
        (job.DecisionId, job.State, job.Error) = (decision.Id, StateAfter(decision), decision.Answer == Answer.Refuse ? ClearanceDoor.Summary(decision) : "");
        if (job.State == JobState.Refused) job.FinishedAt = job.CreatedAt;
        db.AddRange(job, decision);
        await audit.AppendAsync(db, actor, "job.submitted", "job", job.Id.ToString(), new JsonObject
        {
            ["hash"] = job.Hash, ["recipe"] = job.Recipe, ["use"] = job.Use.ToString(), ["decision"] = decision.Id.ToString(), ["answer"] = decision.Answer.ToString(),
        }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SubmitJobResult(job, decision, job.Error, Existing: false);
    }

    /// <summary>What Clearance would say of a wish, with nothing put on record.</summary>
    public async Task<SubmitJobResult> PreviewAsync(SubmitJob wish, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(actor);
        if (recipes.FirstOrDefault(recipe => recipe.Name == wish.Recipe) is not { } recipe) return Problem($"there is no recipe '{wish.Recipe}'");
        var (inputs, problem) = await ResolveAsync(wish, cancellationToken);
        if (problem.Length > 0) return Problem(problem);
        var job = await DraftAsync(wish, recipe, inputs, actor, cancellationToken);
        var decision = door.AskToRun(job, recipe, [.. inputs.Where(input => input.Asset is not null).Select(input => input.Asset!)], wish.Declarations, actor);
        var existing = await db.Set<Job>().AnyAsync(other => other.Hash == job.Hash && other.State == JobState.Done, cancellationToken);
        return new SubmitJobResult(null, decision, "", existing);
    }

    private async Task<(List<(SubmitInput Input, Asset? Asset, string Sha256)> Inputs, string Problem)> ResolveAsync(SubmitJob wish, CancellationToken cancellationToken)
    {
        var resolved = new List<(SubmitInput, Asset?, string)>(wish.Inputs.Count);
        foreach (var input in wish.Inputs)
        {
            if (input.AssetId is not { } id)
            {
                if (input.BlobSha256 is null || !blobs.Exists(input.BlobSha256)) return ([], $"input '{input.Part}' names no asset and no stored bytes");
                resolved.Add((input, null, input.BlobSha256));
                continue;
            }
            var asset = await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == id, cancellationToken);
            if (asset is null) return ([], $"input '{input.Part}': there is no asset {id}");
            if (asset.ProductionId != wish.ProductionId) return ([], $"input '{input.Part}': asset '{asset.Name}' belongs to another production");
            resolved.Add((input, asset, asset.BlobSha256));
        }
        return (resolved, "");
    }

    private async Task<Job> DraftAsync(
        SubmitJob wish, IRecipe recipe, List<(SubmitInput Input, Asset? Asset, string Sha256)> inputs, Actor actor, CancellationToken cancellationToken)
    {
        var inputList = new JsonArray([.. inputs.Select(input => (JsonNode)new JsonObject
        {
            ["part"] = input.Input.Part, ["asset"] = input.Asset?.Id.ToString(), ["sha256"] = input.Sha256,
        })]);
        var job = new Job
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Recipe = recipe.Name,
            RecipeVersion = recipe.Version,
            Engine = await recipe.EngineAsync(cancellationToken),
            ParametersJson = CanonicalJson.Write(wish.Parameters),
            InputsJson = CanonicalJson.Write(inputList),
            Seed = wish.Seed,
            Use = wish.Use,
            ProductionId = wish.ProductionId,
            Name = wish.Name,
            Priority = Math.Clamp(wish.Priority, -100, 100),
            Grade = recipe.Grade,
            RequestedBy = actor.AccountId,
            CreatedAt = clock.GetUtcNow(),
        };
        job.Hash = IdentityOf(job);
        return job;
    }

    /// <summary>The identity of a job's work: SHA-256 of the canonical JSON over recipe, version, engine, inputs, parameters, seed and use.</summary>
    public static string IdentityOf(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var identity = CanonicalJson.Write(new JsonObject
        {
            ["recipe"] = job.Recipe,
            ["version"] = job.RecipeVersion,
            ["engine"] = job.Engine,
            ["inputs"] = JsonNode.Parse(job.InputsJson),
            ["parameters"] = JsonNode.Parse(job.ParametersJson),
            ["seed"] = job.Seed,
            ["use"] = job.Use.ToString(),
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
    }

    private static JobState StateAfter(Decision decision) => decision.Answer switch
    {
        Answer.Refuse => JobState.Refused,
        Answer.Escalate => JobState.AwaitingClearance,
        _ => JobState.Queued,
    };

    private static SubmitJobResult Problem(string problem) => new(null, null, problem, Existing: false);
}
