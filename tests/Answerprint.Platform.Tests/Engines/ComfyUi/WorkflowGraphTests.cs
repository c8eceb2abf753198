using System.Text;
using System.Text.Json.Nodes;
using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Engines.ComfyUi.Workflows;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

public sealed class WorkflowGraphTests
{
    [Fact]
    public void Marks_are_found_in_titles_with_their_inputs_and_defaults()
    {
        var graph = WorkflowGraph.Parse(SampleWorkflow.Bytes(SampleWorkflow.PictureToPicture));
        Assert.Equal(["image:reference", "mask", "seed", "prompt", "output"], graph.Marks.Select(mark => mark.Key));
        Assert.Equal([new MarkTarget("1", "image"), new("2", "image"), new("3", "seed"), new("6", "text"), new("9", "")], graph.Marks.SelectMany(mark => mark.Targets));
        Assert.Equal("the same, at dusk", graph.Marks[3].Default.GetString());
        Assert.Equal(["9"], graph.OutputNodes);
    }

    [Fact]
    public void The_same_mark_on_several_nodes_sets_them_all_and_nothing_else_changes()
    {
        var graph = WorkflowGraph.Parse(Encoding.UTF8.GetBytes("""
            { "1": { "class_type": "A", "inputs": { "seed": 1, "other": "x" }, "_meta": { "title": "one answerprint:seed" } },
              "2": { "class_type": "A", "inputs": { "noise_seed": 2 }, "_meta": { "title": "ANSWERPRINT:Seed" } } }
            """));
        Assert.Equal(2, Assert.Single(graph.Marks).Targets.Count);
        var filled = graph.Fill(new Dictionary<string, JsonNode> { ["seed"] = 9 });
        Assert.Equal((9, 9, "x"), (filled["1"]!["inputs"]!["seed"]!.GetValue<int>(), filled["2"]!["inputs"]!["noise_seed"]!.GetValue<int>(), filled["1"]!["inputs"]!["other"]!.GetValue<string>()));
        Assert.Equal(1, graph.Root.GetProperty("1").GetProperty("inputs").GetProperty("seed").GetInt32());
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "a JSON object of nodes, not a array")]
    [InlineData("{}", "has no nodes")]
    [InlineData("""{ "nodes": [], "links": [] }""", "the editor's own form")]
    [InlineData("""{ "prompt": { "1": {} }, "client_id": "x" }""", "only the object under")]
    [InlineData("""{ "1": { "inputs": {} } }""", "has no class_type")]
    [InlineData("""{ "1": { "class_type": "A" } }""", "has no inputs")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": {} }, "1": { "class_type": "B", "inputs": {} } }""", "not JSON")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "x": ["2", 0] } } }""", "takes 'x' from node '2', which is not in the workflow")]
    [InlineData("""{ "1": { "class_type": "\ud800", "inputs": {} } }""", "text that is not Unicode")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": {}, "_meta": { "title": "answerprint:" } } }""", "a mark is answerprint:KIND")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": {}, "_meta": { "title": "answerprint:colour" } } }""", "the kinds of marks are prompt, text, image, mask, seed, width, height, number, choice, output")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "x": 1 }, "_meta": { "title": "answerprint:seed" } } }""", "which of its inputs is meant? Add @INPUT; it has x")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "x": 1 }, "_meta": { "title": "answerprint:seed@y" } } }""", "has no input 'y'; it has x")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "seed": "7" }, "_meta": { "title": "answerprint:seed" } } }""", "'seed' is no number")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "text": 7 }, "_meta": { "title": "answerprint:prompt" } } }""", "'text' is no text")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "seed": ["1", 0] }, "_meta": { "title": "answerprint:seed" } } }""", "takes 'seed' from another node")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "seed": 1 }, "_meta": { "title": "answerprint:seed:mine" } } }""", "seed takes no name")]
    [InlineData("""{ "1": { "class_type": "LoadImageMask", "inputs": { "image": "a.png", "channel": "alpha" }, "_meta": { "title": "answerprint:mask" } } }""", "set its channel to red")]
    public void What_cannot_be_meant_is_refused_with_its_node(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<WorkflowFormatException>(() => WorkflowGraph.Parse(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);

    [Fact]
    public void Limits_hold()
    {
        Assert.Throws<WorkflowFormatException>(() => WorkflowGraph.Parse(new byte[ComfyUiLimits.MaxWorkflowBytes + 1]));
        Assert.Throws<WorkflowFormatException>(() => WorkflowGraph.Parse(Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, ComfyUiLimits.MaxNodes + 1).Select(i => $"\"{i}\":{{\"class_type\":\"A\",\"inputs\":{{}}}}")) + "}")));
        Assert.Throws<WorkflowFormatException>(() => WorkflowGraph.Parse(Encoding.UTF8.GetBytes("{\"1\":{\"class_type\":\"A\",\"inputs\":{\"x\":" + new string('[', 60) + new string(']', 60) + "}}}")));
        var marks = string.Join(' ', Enumerable.Range(0, ComfyUiLimits.MaxMarks + 1).Select(i => $"answerprint:text:t{i}"));
        Assert.Contains("marked inputs", Assert.Throws<WorkflowFormatException>(() => WorkflowGraph.Parse(Encoding.UTF8.GetBytes($$"""{ "1": { "class_type": "A", "inputs": { "text": "" }, "_meta": { "title": "{{marks}}" } } }"""))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoints/SD_xl base-1.0.safetensors", "model-sd-xl-base-1-0")]
    [InlineData("C:\\models\\ESRGAN.pth", "model-esrgan")]
    [InlineData("embedding style-7", "model-embedding-style-7")]
    [InlineData("名前.gguf", "model")]
    public void A_model_has_one_id_in_the_registry(string name, string id) => Assert.Equal(id, ModelNames.ToolId(name));

    [Fact]
    public void Models_are_found_by_their_files_and_in_words()
    {
        var graph = WorkflowGraph.Parse(Encoding.UTF8.GetBytes("""
            { "1": { "class_type": "A", "inputs": { "ckpt_name": "a.safetensors", "nested": { "loras": [{ "lora": "b.ckpt", "on": true }] }, "text": "fog, (embedding:c:1.2), embedding:d.pt", "note": "see x.bin for more\nthan this" } } }
            """));
        Assert.Equal(["a.safetensors", "b.ckpt", "embedding c", "embedding d.pt"], ModelNames.In(graph.Root));
    }
}
