using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Engines.ComfyUi.Workflows;
using Answerprint.Platform.Engines.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>A workflow to be registered.</summary>
/// <param name="Name">1 to 120 characters.</param>
/// <param name="Bytes">The workflow in API form, within <see cref="ComfyUiLimits"/>.</param>
/// <param name="Licence">Where it is from and under which terms; 1 to 400 characters.</param>
/// <param name="Models">Models that it uses without naming their files; each up to 120 characters.</param>
public sealed record RegisterWorkflowRequest(string Name, ReadOnlyMemory<byte> Bytes, string Licence, IReadOnlyList<string> Models);

/// <summary>What became of it.</summary>
/// <param name="Workflow">The record; none where it was not taken.</param>
/// <param name="Refusal">Why it was not; none where it was.</param>
public sealed record RegisterWorkflowResult(ComfyUiWorkflow? Workflow, Refusal? Refusal);

/// <summary>Takes a ComfyUI workflow into the studio's list. It is read and its marks are found; nothing is sent anywhere.</summary>
/// <param name="db">Records.</param>
/// <param name="blobs">Keeps the bytes.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
public sealed class RegisterWorkflow(AnswerprintDb db, BlobStore blobs, AuditTrail audit, TimeProvider clock)
{
    private const int MaxName = 120;
    private const int MaxLicence = 400;
    private const int MaxWorkflows = 500;

    /// <summary>Who may register and retire workflows.</summary>
    public static IReadOnlyList<string> ForRoles { get; } = [Roles.Producer, Roles.Artist, Roles.Engineer];

    /// <summary>Registers it.</summary>
    public async Task<RegisterWorkflowResult> HandleAsync(RegisterWorkflowRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAny([.. ForRoles])) return No(Refusal.NotAllowed($"workflows are registered by {string.Join(", ", ForRoles)}"));
        var (name, licence) = (request.Name.Trim(), request.Licence.Trim());
        if (name.Length is 0 or > MaxName) return No(Refusal.Invalid("name", $"The name has {name.Length} characters; 1 to {MaxName} are needed."));
        if (licence.Length is 0 or > MaxLicence) return No(Refusal.Invalid("licence", $"The note on licence and origin has {licence.Length} characters; 1 to {MaxLicence} are needed."));
        if (request.Models.Count > ComfyUiLimits.MaxModels || request.Models.Any(model => model.Trim().Length is 0 or > MaxName))
            return No(Refusal.Invalid("models", $"Up to {ComfyUiLimits.MaxModels} models are taken, each of 1 to {MaxName} characters."));
        IReadOnlyList<string> models;
        try
        {
            var graph = WorkflowGraph.Parse(request.Bytes.Span);
            models = [.. ModelNames.In(graph.Root).Union(request.Models.Select(model => OutsideText.Clean(model, MaxName)))];
        }
        catch (WorkflowFormatException error)
        {
            return No(Refusal.Invalid("workflow", error.Message));
        }
        return await RecordAsync(name, licence, models, request.Bytes, actor, cancellationToken);
    }

    private async Task<RegisterWorkflowResult> RecordAsync(string name, string licence, IReadOnlyList<string> models, ReadOnlyMemory<byte> bytes, Actor actor, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(bytes.ToArray(), writable: false);
        var blob = await blobs.AddAsync(content, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var open = db.Set<ComfyUiWorkflow>().Where(workflow => workflow.RetiredAt == null);
        if (await open.FirstOrDefaultAsync(workflow => workflow.BlobSha256 == blob.Sha256 || workflow.Name == name, cancellationToken) is { } other)
            return No(Refusal.Conflict("name", other.BlobSha256 == blob.Sha256 ? $"The very same workflow is registered as '{other.Name}'." : $"Another workflow is called '{other.Name}'; retire it first, or choose another name."));
        if (await open.CountAsync(cancellationToken) >= MaxWorkflows) return No(Refusal.Conflict("", $"There are {MaxWorkflows} workflows; retire some first."));
        var now = clock.GetUtcNow();
        var record = new ComfyUiWorkflow
        {
            Id = Guid.CreateVersion7(now), Name = name, BlobSha256 = blob.Sha256, Length = blob.Length, Licence = licence, ModelsJson = JsonSerializer.Serialize(models),
            AddedBy = actor.AccountId, AddedByName = actor.Name, AddedAt = now,
        };
        db.Add(record);
        await audit.AppendAsync(db, actor, "comfyui.registered", "workflow", record.Id.ToString(),
            new JsonObject { ["name"] = name, ["sha256"] = blob.Sha256, ["licence"] = licence, ["models"] = new JsonArray([.. models.Select(model => (JsonNode)model)]) }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new RegisterWorkflowResult(record, null);
    }

    private static RegisterWorkflowResult No(Refusal refusal) => new(null, refusal);
}
