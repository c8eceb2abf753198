using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Engines.ComfyUi.Workflows;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>Runs a registered workflow on the studio's ComfyUI server. What was asked and answered is on record; no pixel of it is attributable.</summary>
internal sealed class ComfyUiRecipe(ComfyUiClient client, ComfyUiStatus status, BlobStore blobs, MediaOptions media, IOptions<ComfyUiOptions> options, TimeProvider clock) : IRecipe, IRemake
{
    public const string RecipeName = "comfyui";
    public const string ToolId = "comfyui";
    public const string ElsewhereToolId = "comfyui-elsewhere";
    private const string UploadFolder = "answerprint";
    private const double Sent = 0.08;
    private const double Worked = 0.92;

    public string Name => RecipeName;

    public int Version => 1;

    public Grade Grade => Grade.Recorded;

    public bool Generates => true;

    public IReadOnlyList<string> Tools => [ToolId, "libvips"];

    public IReadOnlyList<string> ToolsOf(Job job) => [.. ComfyUiParameters.ToolsOf(job).Union(Tools)];

    public async Task<string> EngineAsync(CancellationToken cancellationToken) => (await status.AskAsync(cancellationToken)).Facts?.Engine ?? "comfyui, not reachable";

    public async Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var watch = new PromptWatch(client, options.Value, $"answerprint-{context.Job.Id:N}", clock);
        var traces = new ServerTraces(client);
        var ended = false;
        try
        {
            var result = await RunAsync(context, watch, traces, cancellationToken);
            ended = true;
            context.Report(0.98, "Clearing the server");
            result.Result["cleared"] = await traces.ClearAsync(watch.PromptId, cancellationToken);
            return result;
        }
        catch (ComfyUiException error) when (!error.Passing)
        {
            throw new RecipeException(error.Message);
        }
        finally
        {
            // The person who stopped it does not wait for this.
            if (!ended) _ = traces.ClearAsync(watch.PromptId, CancellationToken.None);
        }
    }

    public Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken)
    {
        foreach (var picture in recorded.Result.Result["pictures"]!.AsArray()) picture!["asset"] = recorded.Assets[picture["key"]!.GetValue<string>()].Id.ToString();
        return Task.CompletedTask;
    }

    /// <summary>The same workflow, with what took the place of its pictures. A marked picture has to be given, so without one of them there is nothing to ask for.</summary>
    public Task<RemakeAnswer> WithoutAsync(AnswerprintDb db, RemakeQuestion question, CancellationToken cancellationToken)
    {
        var missing = question.Gone.Select(input => input.Part).Where(part => question.Left.All(input => input.Part != part)).Distinct().ToList();
        if (missing.Count == 0) return Task.FromResult(RemakeAnswer.With(question.Left));
        var name = JsonSerializer.Deserialize<ComfyUiParameters>(question.Job.ParametersJson, JsonSerializerOptions.Web)?.WorkflowName;
        return Task.FromResult(RemakeAnswer.Not($"the workflow '{name}' needs a picture for {string.Join(" and ", missing.Select(part => $"'{part}'"))}, and the one that it had was withdrawn; run it anew with another"));
    }

    private async Task<RecipeResult> RunAsync(JobContext context, PromptWatch watch, ServerTraces traces, CancellationToken cancellationToken)
    {
        var wish = context.Parameters<ComfyUiParameters>();
        context.Report(0, "Asking ComfyUI");
        var facts = await client.FactsAsync(cancellationToken);
        // An attempt that was killed may have left its work there.
        if (context.Job.Attempts > 1) await watch.TakeDownAsync(cancellationToken);
        var graph = await GraphAsync(wish, cancellationToken);
        var values = wish.Values.ToDictionary(value => value.Key, value => JsonNode.Parse(value.Value.GetRawText())!);
        foreach (var mark in graph.Marks.Where(mark => mark.Kind == MarkKind.Seed)) values[mark.Key] = context.Job.Seed;
        await CheckAsync(graph, values, cancellationToken);
        var inputs = await SendPicturesAsync(context, graph, values, traces, cancellationToken);

        var preview = new PreviewDecoder(context);
        var progress = new PromptProgress(graph.Nodes, (share, phase) => context.Report(Sent + (Worked - Sent) * share, phase));
        context.Report(Sent, "Waits in ComfyUI's queue");
        var entry = await watch.RunAsync(graph.Fill(values), graph.Nodes, progress, preview.Take, cancellationToken);
        foreach (var (_, file) in entry.Files) traces.Add(file);
        Require(entry.End, graph);

        var (outputs, told, pixels) = await FetchAsync(context, wish, graph, entry, cancellationToken);
        return new RecipeResult(outputs, new JsonObject
        {
            ["workflow"] = wish.Workflow, ["server"] = facts.ToJson(), ["prompt"] = watch.PromptId, ["connections"] = watch.Connections, ["previews"] = preview.Shown,
            ["inputs"] = inputs, ["pictures"] = told,
        }, pixels);
    }

    private async Task<WorkflowGraph> GraphAsync(ComfyUiParameters wish, CancellationToken cancellationToken)
    {
        if (!blobs.Exists(wish.Workflow)) throw new RecipeException($"the bytes of the workflow '{wish.WorkflowName}' are no longer in the store");
        try
        {
            return WorkflowGraph.Parse(await File.ReadAllBytesAsync(blobs.PathOf(wish.Workflow), cancellationToken));
        }
        catch (WorkflowFormatException error)
        {
            throw new RecipeException(error.Message);
        }
    }

    private async Task CheckAsync(WorkflowGraph graph, Dictionary<string, JsonNode> values, CancellationToken cancellationToken)
    {
        var classes = await client.ClassesAsync(graph.Nodes.Values.Select(node => node.ClassType), cancellationToken);
        var problems = WorkflowCheck.Problems(graph, JsonSerializer.SerializeToElement(graph.Fill(values)), classes);
        if (problems.Count > 0) throw new RecipeException(string.Join(" ", problems));
    }

    private async Task<JsonArray> SendPicturesAsync(JobContext context, WorkflowGraph graph, Dictionary<string, JsonNode> values, ServerTraces traces, CancellationToken cancellationToken)
    {
        var told = new JsonArray();
        foreach (var mark in graph.Marks.Where(mark => mark.IsPicture))
        {
            var input = context.Inputs.FirstOrDefault(input => input.Part == mark.Key) ?? throw new RecipeException($"the job has no picture for '{mark.Key}'");
            context.Report(Sent * told.Count / Math.Max(1, context.Inputs.Count), $"Sending {input.Asset?.Name ?? mark.Label}");
            var isVideo = mark.Kind == MarkKind.Video;
            var sent = isVideo ? await SentVideo.BytesAsync(context, media, input, cancellationToken) : await PngAsync(context, input, cancellationToken);
            var target = new ServerFile($"{context.Job.Id:N}-{told.Count + 1}{(isVideo ? ".mp4" : ".png")}", UploadFolder, "input");
            traces.Add(target);
            var kept = await client.UploadAsync(sent, target, cancellationToken);
            if (kept != target) traces.Add(kept);
            values[mark.Key] = $"{kept.Subfolder}/{kept.FileName}";
            told.Add(new JsonObject { ["mark"] = mark.Key, ["asset"] = input.Asset?.Id.ToString(), ["sha256"] = input.BlobSha256, ["sentSha256"] = Convert.ToHexStringLower(SHA256.HashData(sent)) });
        }
        return told;
    }

    /// <summary>The picture upright, in sRGB, 8 bits, without what else its file says: a server is sent pixels, not places and names.</summary>
    private async Task<byte[]> PngAsync(JobContext context, JobInput input, CancellationToken cancellationToken)
    {
        var loaded = await new StillLoader(media).LoadAsync(input.Path, new StillLoadOptions { Format = SampleFormat.UInt8 }, cancellationToken);
        if (!loaded.Ok) throw new RecipeException($"'{input.Asset?.Name}': {loaded.Error}");
        using var still = loaded.Value;
        return context.Compute(() => still.Image.Encode(new StillEncoding.Png()));
    }

    private static void Require(EndOfWork end, WorkflowGraph graph)
    {
        if (end.Succeeded) return;
        var node = graph.Nodes.TryGetValue(end.Node, out var known) ? known.Describe() : end.Node.Length > 0 ? $"node {end.Node}" : "";
        throw new RecipeException(end.Interrupted
            ? $"somebody stopped the work on the ComfyUI server{(node.Length > 0 ? $", at {node}" : "")}"
            : $"ComfyUI failed{(node.Length > 0 ? $" at {node}" : "")}: {(end.Reason.Length > 0 ? end.Reason : "the server does not say why")}");
    }

    private async Task<(List<RecipeOutput> Outputs, JsonArray Told, string Pixels)> FetchAsync(
        JobContext context, ComfyUiParameters wish, WorkflowGraph graph, HistoryEntry entry, CancellationToken cancellationToken)
    {
        var wanted = graph.OutputNodes.ToHashSet(StringComparer.Ordinal);
        // Unless nodes are marked, what was saved is the result; what was only shown is not.
        var files = entry.Files.Where(given => wanted.Count > 0 ? wanted.Contains(given.Node) : given.File.Type == "output").ToList();
        if (files.Count == 0)
            throw new RecipeException(wanted.Count > 0 ? "ComfyUI finished, but the nodes marked as output gave no picture" : "ComfyUI finished, but saved no picture; a workflow needs a SaveImage or SaveVideo, or a node marked answerprint:output");
        if (files.Count > ComfyUiLimits.MaxPictures) throw new RecipeException($"ComfyUI gave {files.Count} pictures; the limit is {ComfyUiLimits.MaxPictures}");
        var (outputs, told) = (new List<RecipeOutput>(), new JsonArray());
        var maker = new ComfyUiOutput(media, context, wish);
        using var pixels = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (node, file) in files)
        {
            context.Report(Worked + (0.98 - Worked) * told.Count / files.Count, $"Fetching picture {told.Count + 1} of {files.Count}");
            var path = Path.Combine(context.WorkFolder, $"answer{told.Count + 1}");
            await client.FetchAsync(file, path, cancellationToken);
            var made = await maker.OfAsync(node, file, path, told.Count + 1, files.Count, cancellationToken);
            outputs.AddRange(made.Outputs);
            told.Add(made.Told);
            pixels.AppendData(made.PixelHash);
        }
        return (outputs, told, Convert.ToHexStringLower(pixels.GetHashAndReset()));
    }
}
