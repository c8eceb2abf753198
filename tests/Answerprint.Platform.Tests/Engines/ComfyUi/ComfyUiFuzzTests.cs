using System.Text;
using System.Text.Json;
using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Engines.ComfyUi.Workflows;
using Answerprint.Platform.Tests.Media;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

/// <summary>Damaged bytes: a value, or the documented exception, and never anything else.</summary>
public sealed class ComfyUiFuzzTests
{
    private const int Rounds = 4000;

    [Fact]
    public void Damaged_workflows_give_a_graph_or_the_format_exception()
    {
        var (right, wrong) = (0, 0);
        foreach (var sample in new[] { SampleWorkflow.TextToPicture, SampleWorkflow.PictureToPicture })
            for (var round = 0; round < Rounds; round++)
                try
                {
                    var graph = WorkflowGraph.Parse(Mutation.Of(SampleWorkflow.Bytes(sample), round));
                    _ = graph.Fill(new Dictionary<string, System.Text.Json.Nodes.JsonNode> { ["seed"] = 3, ["prompt"] = "x" }).ToJsonString();
                    _ = WorkflowCheck.Problems(graph, graph.Root, new Dictionary<string, NodeClass>());
                    _ = ModelNames.In(graph.Root);
                    right++;
                }
                catch (WorkflowFormatException error)
                {
                    Assert.NotEmpty(error.Message);
                    wrong++;
                }
        Assert.True(right > 100 && wrong > 1000, $"{right} read, {wrong} refused");
    }

    [Theory]
    [InlineData("""{"system":{"os":"posix","comfyui_version":"0.3.60","python_version":"3","pytorch_version":"2"},"devices":[{"name":"cuda:0 X","type":"cuda","vram_total":8,"vram_free":4}]}""", "facts")]
    [InlineData("""{"K":{"input":{"required":{"seed":["INT",{"min":0,"max":9}],"s":[["a","b"],{}],"t":["COMBO",{"options":["a"]}]},"optional":{"x":["FLOAT"]}},"output_node":true,"python_module":"custom_nodes.P.q","category":"api node/x"}}""", "class")]
    [InlineData("""{"p1":{"prompt":[],"outputs":{"9":{"images":[{"filename":"a.png","subfolder":"","type":"output"}]}},"status":{"status_str":"error","completed":false,"messages":[["execution_start",{}],["execution_error",{"node_id":"3","exception_message":"m","exception_type":"a.B"}]]}}}""", "history")]
    [InlineData("""{"queue_running":[[1,"p1",{},{"client_id":"c"},[]]],"queue_pending":[[2,"p2",{},{},[]]]}""", "queue")]
    [InlineData("""{"prompt_id":"p1","number":3,"node_errors":{"4":{"errors":[{"message":"m","details":"d"}],"class_type":"C"}},"error":{"message":"m","details":"d"}}""", "prompt")]
    public void Damaged_answers_give_a_value_or_the_exception_of_servers(string sample, string reader)
    {
        var (right, wrong) = (0, 0);
        var seed = Encoding.UTF8.GetBytes(sample);
        for (var round = 0; round < Rounds; round++)
            try
            {
                JsonAnswer.Read(Mutation.Of(seed, round), answer => Read(answer, reader));
                right++;
            }
            catch (ComfyUiException error)
            {
                Assert.NotEmpty(error.Message);
                wrong++;
            }
        Assert.True(right > 20 && wrong > 500, $"{right} read, {wrong} refused");
    }

    [Fact]
    public void Damaged_messages_are_read_or_left_out()
    {
        string[] samples =
        [
            """{"type":"status","data":{"status":{"exec_info":{"queue_remaining":3}},"sid":"x"}}""", """{"type":"progress","data":{"value":3,"max":20,"prompt_id":"p","node":"3"}}""",
            """{"type":"execution_cached","data":{"nodes":["1","2"],"prompt_id":"p"}}""", """{"type":"executing","data":{"node":null,"prompt_id":"p"}}""",
            """{"type":"progress_state","data":{"prompt_id":"p","nodes":{"3":{"value":1,"max":4,"state":"running"},"5":{"value":1,"max":1,"state":"finished"}}}}""",
            """{"type":"execution_error","data":{"prompt_id":"p","node_id":"3","exception_message":"\ud83d\ude00","exception_type":"X","traceback":["a"]}}""",
        ];
        var graph = WorkflowGraph.Parse(SampleWorkflow.Bytes(SampleWorkflow.TextToPicture));
        var (read, left, last) = (0, 0, 0.0);
        var progress = new Platform.Engines.ComfyUi.PromptProgress(graph.Nodes, (share, _) =>
        {
            Assert.InRange(share, 0, 1);
            last = share;
        });
        foreach (var sample in samples)
            for (var round = 0; round < Rounds; round++)
                if (ServerMessageReader.TryRead(Mutation.Of(Encoding.UTF8.GetBytes(sample), round)) is { } message)
                {
                    progress.Take(message);
                    read++;
                }
                else
                {
                    left++;
                }
        Assert.True(read > 500 && left > 2000 && last >= 0, $"{read} read, {left} left out");
    }

    [Fact]
    public void Damaged_previews_never_reach_beyond_their_bytes()
    {
        var seed = LoopbackComfyUi.FrameWithMetadata("""{"node_id":"3"}""", LoopbackComfyUi.Draw(1, 8, 8, jpeg: true));
        Assert.Equal(0xFF, PreviewFrame.PictureIn(seed)[0]);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutation.Of(seed, round);
            Assert.True(PreviewFrame.PictureIn(bytes).Length <= Math.Max(0, bytes.Length - 8));
        }
    }

    private static object? Read(JsonElement answer, string reader) => reader switch
    {
        "facts" => ServerFacts.Read(answer).ToJson().ToJsonString(),
        "class" => NodeClassReader.Read(answer, "K"),
        "history" => HistoryEntry.Read(answer, "p1"),
        "queue" => QueuedWork.Read(answer),
        _ => PromptAnswer.Read(answer, new Dictionary<string, WorkflowNode>()),
    };
}
