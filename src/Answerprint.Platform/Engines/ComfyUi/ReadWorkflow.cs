using System.Text.Json;
using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Engines.ComfyUi.Workflows;
using Answerprint.Platform.Engines.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>A registered workflow as people meet it.</summary>
/// <param name="Record">Its record.</param>
/// <param name="Fields">The form that its marks make, in the order of the document.</param>
/// <param name="Models">The models that it names, with the ids under which the tool registry knows them.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="Problems">What the server would not take of it as it stands; empty where nothing speaks against it or the server was not asked.</param>
public sealed record WorkflowView(ComfyUiWorkflow Record, IReadOnlyList<WorkflowField> Fields, IReadOnlyList<(string Name, string ToolId)> Models, int Nodes, IReadOnlyList<string> Problems)
{
    /// <summary>Whether the form offers a seed.</summary>
    public bool HasSeed => Fields.Any(asked => asked.Kind == MarkKind.Seed);
}

/// <summary>Reads registered workflows.</summary>
public sealed class ReadWorkflow
{
    private readonly AnswerprintDb db;
    private readonly BlobStore blobs;
    private readonly ComfyUiStatus status;
    private readonly NodeCatalogue catalogue;

    internal ReadWorkflow(AnswerprintDb db, BlobStore blobs, ComfyUiStatus status, NodeCatalogue catalogue) => (this.db, this.blobs, this.status, this.catalogue) = (db, blobs, status, catalogue);

    /// <summary>All that are not retired, by name.</summary>
    public Task<List<ComfyUiWorkflow>> ListAsync(CancellationToken cancellationToken) =>
        db.Set<ComfyUiWorkflow>().AsNoTracking().Where(workflow => workflow.RetiredAt == null).OrderBy(workflow => workflow.Name).ToListAsync(cancellationToken);

    /// <summary>One of them, with its form; the server adds ranges and choices where it is there. None where there is no such workflow, or its bytes are gone.</summary>
    public async Task<WorkflowView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await db.Set<ComfyUiWorkflow>().AsNoTracking().FirstOrDefaultAsync(workflow => workflow.Id == id, cancellationToken) is not { } record) return null;
        if (await GraphAsync(record, cancellationToken) is not { } graph) return null;
        IReadOnlyDictionary<string, NodeClass> classes = new Dictionary<string, NodeClass>();
        IReadOnlyList<string> problems = [];
        if ((await status.AskAsync(cancellationToken)).IsReady)
        {
            try
            {
                classes = await catalogue.OfAsync(graph.Nodes.Values.Select(node => node.ClassType), cancellationToken);
                problems = WorkflowCheck.Problems(graph, graph.Root, classes);
            }
            catch (ComfyUiException error)
            {
                problems = [error.Message];
            }
        }
        return new WorkflowView(record, WorkflowForm.Of(graph, classes), [.. ModelsOf(record).Select(name => (name, ModelNames.ToolId(name)))], graph.Nodes.Count, problems);
    }

    internal async Task<WorkflowGraph?> GraphAsync(ComfyUiWorkflow record, CancellationToken cancellationToken) =>
        blobs.Exists(record.BlobSha256) ? WorkflowGraph.Parse(await File.ReadAllBytesAsync(blobs.PathOf(record.BlobSha256), cancellationToken)) : null;

    internal static IReadOnlyList<string> ModelsOf(ComfyUiWorkflow record) => JsonSerializer.Deserialize<List<string>>(record.ModelsJson) ?? [];
}
