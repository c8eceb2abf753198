using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Engines.ComfyUi.Workflows;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>Maps what a server tells of nodes and steps to one share that only grows, and a phase in words.</summary>
internal sealed class PromptProgress(IReadOnlyDictionary<string, WorkflowNode> nodes, Action<double, string> report)
{
    private readonly Dictionary<string, double> done = new(StringComparer.Ordinal);
    private string current = "";
    private bool started;
    private double share;

    /// <summary>Takes a message about this work; those of others are not for here.</summary>
    public void Take(ServerMessage message)
    {
        switch (message)
        {
            case ServerMessage.Status status when !started:
                report(0, status.Remaining > 1 ? $"Waits in ComfyUI's queue with {status.Remaining - 1} other{(status.Remaining == 2 ? "" : "s")}" : "Waits in ComfyUI's queue");
                return;
            case ServerMessage.Started:
                started = true;
                break;
            case ServerMessage.Cached cached:
                foreach (var node in cached.Nodes) Set(node, 1);
                break;
            case ServerMessage.Executing { Node: { } node }:
                started = true;
                Finish(node);
                break;
            case ServerMessage.Executed executed:
                Set(executed.Node, 1);
                break;
            case ServerMessage.Step { Maximum: > 0 } step:
                started = true;
                Set(step.Node.Length > 0 ? step.Node : current, Math.Clamp(step.Value / step.Maximum, 0, 1));
                Say($", {Math.Max(0, step.Value):0} of {step.Maximum:0}");
                return;
            case ServerMessage.States states:
                started = true;
                foreach (var (node, part) in states.Nodes) Set(node, part);
                break;
            default:
                return;
        }
        Say("");
    }

    /// <summary>A node begins: the one before it is done.</summary>
    private void Finish(string next)
    {
        var own = OwnerOf(next);
        if (own != current) Set(current, 1);
        current = own;
    }

    private void Set(string node, double part)
    {
        var own = OwnerOf(node);
        // A node that unfolds into others is done when it says so itself, not when its first part is.
        if (nodes.ContainsKey(own)) done[own] = Math.Max(done.GetValueOrDefault(own), own == node ? part : part * 0.9);
    }

    /// <summary>Nodes that a node unfolds into at run time carry its id before a dot or a colon.</summary>
    private string OwnerOf(string node) => nodes.ContainsKey(node) ? node : node[..(node.AsSpan().IndexOfAny('.', ':') is >= 0 and var end ? end : node.Length)];

    private void Say(string step)
    {
        share = Math.Max(share, done.Values.Sum() / nodes.Count);
        var what = nodes.TryGetValue(current, out var node) ? node.Title.Replace(MarkReader.Prefix, "", StringComparison.OrdinalIgnoreCase) : "Works";
        report(share, $"ComfyUI: {what}{step}");
    }
}
