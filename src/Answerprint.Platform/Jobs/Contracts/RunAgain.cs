using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>Runs finished work again, with everything as it was: a second run has to give the same pixels, and its record says whether it did.</summary>
/// <param name="db">Records.</param>
/// <param name="desk">Takes the job.</param>
public sealed class RunAgain(AnswerprintDb db, JobDesk desk)
{
    /// <summary>Puts the second run on record. What the first requester declared is declared again, and Clearance is asked anew.</summary>
    public async Task<SubmitJobResult> HandleAsync(Guid jobId, Actor actor, CancellationToken cancellationToken)
    {
        var job = await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(job => job.Id == jobId, cancellationToken);
        if (job is null) return Problem($"there is no job {jobId}");
        if (!job.HasEnded) return Problem($"'{job.Name}' has not ended yet");
        var decision = await db.Set<Decision>().AsNoTracking().FirstOrDefaultAsync(decision => decision.Id == job.DecisionId, cancellationToken);
        if (decision is null) return Problem($"'{job.Name}' has no decision on record, so nothing says what was declared");
        var wish = new SubmitJob(
            job.Recipe, job.ProductionId, job.Name, [.. JobInputs.Read(job.InputsJson).Select(input => new SubmitInput(input.Part, input.AssetId, input.AssetId is null ? input.Sha256 : null))],
            JsonNode.Parse(job.ParametersJson)!.AsObject(), job.Seed, job.Use, Declarations.FromFacts(decision.FactsJson)) { Priority = job.Priority, Again = true };
        return await desk.SubmitAsync(wish, actor, cancellationToken);
    }

    private static SubmitJobResult Problem(string problem) => new(null, null, problem, Existing: false);
}
