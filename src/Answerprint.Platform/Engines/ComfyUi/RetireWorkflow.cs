using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Engines.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>A workflow that is to be run no more.</summary>
/// <param name="WorkflowId">The workflow.</param>
public sealed record RetireWorkflowRequest(Guid WorkflowId);

/// <summary>What became of it.</summary>
/// <param name="Refusal">Why it was not retired; none where it was.</param>
public sealed record RetireWorkflowResult(Refusal? Refusal);

/// <summary>Takes a workflow off the list. Its bytes and record stay, since what was made with it names them.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
public sealed class RetireWorkflow(AnswerprintDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Retires it.</summary>
    public async Task<RetireWorkflowResult> HandleAsync(RetireWorkflowRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAny([.. RegisterWorkflow.ForRoles])) return new(Refusal.NotAllowed($"workflows are retired by {string.Join(", ", RegisterWorkflow.ForRoles)}"));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<ComfyUiWorkflow>().FirstOrDefaultAsync(workflow => workflow.Id == request.WorkflowId, cancellationToken) is not { } workflow)
            return new(Refusal.NotFound($"there is no workflow {request.WorkflowId}"));
        if (workflow.RetiredAt is not null) return new(Refusal.Conflict("", $"'{workflow.Name}' was retired before"));
        workflow.RetiredAt = clock.GetUtcNow();
        await audit.AppendAsync(db, actor, "comfyui.retired", "workflow", workflow.Id.ToString(), null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new((Refusal?)null);
    }
}
