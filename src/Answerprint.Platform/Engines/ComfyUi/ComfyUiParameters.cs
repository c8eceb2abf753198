using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Platform.Jobs.Contracts;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>The parameters of a job: which workflow, what its marks were given, and what Clearance was told of.</summary>
/// <param name="Workflow">SHA-256 of the workflow's bytes.</param>
/// <param name="WorkflowId">Its record.</param>
/// <param name="WorkflowName">Its name at the time.</param>
/// <param name="Values">By the key of the mark.</param>
/// <param name="Models">Model files that the work names.</param>
/// <param name="Tools">Their ids, and those of all else that takes part, for the tool registry.</param>
internal sealed record ComfyUiParameters(string Workflow, Guid WorkflowId, string WorkflowName, IReadOnlyDictionary<string, JsonElement> Values, IReadOnlyList<string> Models, IReadOnlyList<string> Tools)
{
    public static JsonObject ToJson(string workflow, Guid id, string name, JsonObject values, IReadOnlyList<string> models, IReadOnlyList<string> tools) => new()
    {
        ["workflow"] = workflow, ["workflowId"] = id.ToString(), ["workflowName"] = name, ["values"] = values, ["models"] = ListOf(models), ["tools"] = ListOf(tools),
    };

    /// <summary>The tools of a job as its parameters list them; none where they are of another form.</summary>
    public static IReadOnlyList<string> ToolsOf(Job job)
    {
        try
        {
            return JsonSerializer.Deserialize<ComfyUiParameters>(job.ParametersJson, JsonSerializerOptions.Web)?.Tools ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static JsonArray ListOf(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
