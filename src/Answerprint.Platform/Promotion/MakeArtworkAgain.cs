using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Promotion.Making;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Promotion;

/// <summary>A wish to make artwork a second time, with everything as it was.</summary>
/// <param name="TitleId">The title that it promotes.</param>
/// <param name="JobId">A finished job that made artwork.</param>
public sealed record MakeArtworkAgainRequest(Guid TitleId, Guid JobId);

/// <summary>Runs finished artwork again, to show that it gives the same pixels.</summary>
/// <param name="db">Records.</param>
/// <param name="again">Runs any finished job again.</param>
public sealed class MakeArtworkAgain(AnswerprintDb db, RunAgain again)
{
    /// <summary>Puts the second run on record. What was declared is declared again, and Clearance is asked anew.</summary>
    public async Task<SubmitJobResult> HandleAsync(MakeArtworkAgainRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var title = request.TitleId.ToString();
        var job = await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(
            job => job.Id == request.JobId && job.Recipe == ArtworkRecipe.RecipeName && job.ParametersJson.Contains(title), cancellationToken);
        if (job is null) return Problem($"no job {request.JobId} made artwork of this title");
        if (job.State != JobState.Done) return Problem($"'{job.Name}' is not done, so there is nothing to compare with");
        return await again.HandleAsync(job.Id, actor, cancellationToken);
    }

    private static SubmitJobResult Problem(string problem) => new(null, null, problem, Existing: false);
}
