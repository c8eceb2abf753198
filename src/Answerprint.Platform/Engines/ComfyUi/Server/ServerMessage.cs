namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>A message of the server's WebSocket.</summary>
/// <param name="PromptId">The work it speaks of; empty where it does not say.</param>
internal abstract record ServerMessage(string PromptId)
{
    /// <summary><c>status</c>: how much is left in the queue.</summary>
    public sealed record Status(int Remaining) : ServerMessage("");

    /// <summary><c>execution_start</c>.</summary>
    public sealed record Started(string PromptId) : ServerMessage(PromptId);

    /// <summary><c>execution_cached</c>: nodes whose results are still there.</summary>
    public sealed record Cached(string PromptId, IReadOnlyList<string> Nodes) : ServerMessage(PromptId);

    /// <summary><c>executing</c>: a node begins; no node, where all is done.</summary>
    public sealed record Executing(string PromptId, string? Node) : ServerMessage(PromptId);

    /// <summary><c>executed</c>: a node gave something to show.</summary>
    public sealed record Executed(string PromptId, string Node) : ServerMessage(PromptId);

    /// <summary><c>progress</c>: steps of a node; without a node, of the one that executes.</summary>
    public sealed record Step(string PromptId, string Node, double Value, double Maximum) : ServerMessage(PromptId);

    /// <summary><c>progress_state</c>: how far each node is, 0 to 1.</summary>
    public sealed record States(string PromptId, IReadOnlyList<(string Node, double Done)> Nodes) : ServerMessage(PromptId);

    /// <summary><c>execution_success</c>, <c>execution_error</c>, <c>execution_interrupted</c>: it has ended.</summary>
    public sealed record Ended(string PromptId, EndOfWork End) : ServerMessage(PromptId);

    /// <summary>Anything else.</summary>
    public sealed record Other() : ServerMessage("");
}

/// <summary>How work on the server ended.</summary>
/// <param name="Succeeded">Whether all of it was done.</param>
/// <param name="Interrupted">Whether somebody stopped it there.</param>
/// <param name="Node">The node that failed or was stopped at; empty where it is not known.</param>
/// <param name="Reason">The server's words, cleaned; empty where there are none.</param>
internal sealed record EndOfWork(bool Succeeded, bool Interrupted, string Node, string Reason);
