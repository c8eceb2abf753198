using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Collapse;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Results;

/// <summary>A wish to use a made picture for something else than it was made for.</summary>
/// <param name="AssetId">The picture.</param>
/// <param name="Use">What it is to be used for.</param>
/// <param name="Declarations">What only the person who asks can say.</param>
public sealed record PromoteResultRequest(Guid AssetId, Use Use, Declarations Declarations);

/// <summary>
/// Promotes a draft: the same work with the same seed is asked for again for the new use, so Clearance answers anew and, because the grade is
/// exact, the same pixels come out. The draft stays a draft.
/// </summary>
/// <param name="db">Records.</param>
/// <param name="desk">Takes the job.</param>
public sealed class PromoteResult(AnswerprintDb db, JobDesk desk)
{
    /// <summary>Puts the request on record.</summary>
    public async Task<SubmitJobResult> HandleAsync(PromoteResultRequest request, Actor actor, CancellationToken cancellationToken) =>
        await desk.SubmitAsync(await WishAsync(request, cancellationToken), actor, cancellationToken);

    /// <summary>What Clearance would say, with nothing put on record.</summary>
    public async Task<SubmitJobResult> PreviewAsync(PromoteResultRequest request, Actor actor, CancellationToken cancellationToken) =>
        await desk.PreviewAsync(await WishAsync(request, cancellationToken), actor, cancellationToken);

    private async Task<Asked> WishAsync(PromoteResultRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asset = await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == request.AssetId, cancellationToken);
        if (asset?.JobId is not { } jobId) return Asked.Not($"there is no made picture {request.AssetId}");
        if (asset.State == AssetState.Quarantined) return Asked.Not($"'{asset.Name}' was taken back: {asset.StateReason}");
        var job = await db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == jobId, cancellationToken);
        // What Clearance has to be told of the plate is told again, and a draft's pixels are not those of its final.
        if (job.Recipe == CollapseRecipe.RecipeName) return Asked.Not($"'{asset.Name}' is not promoted: ask for its final, with the questions about its plate answered");
        if (job.Use == request.Use) return Asked.Not($"it was made for this use already");
        var name = job.Name.Length > 300 ? job.Name[..300] : job.Name;
        return Asked.For(new SubmitJob(
            job.Recipe, job.ProductionId, name, [.. JobInputs.Read(job.InputsJson).Select(input => new SubmitInput(input.Part, input.AssetId, input.AssetId is null ? input.Sha256 : null))],
            JsonNode.Parse(job.ParametersJson)!.AsObject(), job.Seed, request.Use, request.Declarations) { Priority = 10 });
    }
}
