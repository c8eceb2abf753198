using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Engines.ComfyUi.Workflows;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

public sealed class PromptProgressTests
{
    private readonly List<(double Share, string Phase)> told = [];
    private readonly PromptProgress progress;

    public PromptProgressTests() => progress = new PromptProgress(WorkflowGraph.Parse(SampleWorkflow.Bytes(SampleWorkflow.TextToPicture)).Nodes, (share, phase) => told.Add((share, phase)));

    [Fact]
    public void Nodes_and_steps_become_a_share_that_only_grows()
    {
        foreach (var message in new ServerMessage[]
        {
            new ServerMessage.Status(3), new ServerMessage.Started("p"), new ServerMessage.Cached("p", ["4", "5"]), new ServerMessage.Executing("p", "6"), new ServerMessage.Executing("p", "7"),
            new ServerMessage.Executing("p", "3"), new ServerMessage.Step("p", "3", 10, 20), new ServerMessage.Step("p", "", 20, 20), new ServerMessage.Step("p", "3", 5, 20),
            new ServerMessage.Executing("p", "8"), new ServerMessage.Executing("p", "9"), new ServerMessage.Executed("p", "9"),
        })
            progress.Take(message);
        Assert.Equal(told.Select(step => step.Share).Order(), told.Select(step => step.Share));
        Assert.Equal(1, told[^1].Share, 9);
        Assert.Equal("Waits in ComfyUI's queue with 2 others", told[0].Phase);
        Assert.Contains(told, step => step.Phase.EndsWith(", 10 of 20", StringComparison.Ordinal) && Math.Abs(step.Share - 4.5 / 7) < 1e-9);
    }

    [Fact]
    public void States_of_nodes_and_nodes_that_unfold_count_for_their_own()
    {
        progress.Take(new ServerMessage.States("p", [("4", 1), ("3.0.1", 0.5), ("ghost", 1)]));
        Assert.Equal((1 + 0.45) / 7, told[^1].Share, 9);
    }
}
