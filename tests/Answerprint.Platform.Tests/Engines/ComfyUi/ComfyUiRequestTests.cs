using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Engines.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

/// <summary>What is looked at before anything is sent: the workflow, what is filled in, the server's nodes, and Clearance.</summary>
public sealed class ComfyUiRequestTests
{
    [Fact]
    public async Task Where_nothing_is_configured_everything_says_so_and_nothing_is_connected_to()
    {
        await using var platform = await TestPlatform.StartAsync();
        var state = await platform.Services.GetRequiredService<ComfyUiStatus>().AskAsync(CancellationToken.None);
        Assert.Equal((false, false, ComfyUiStatus.NotConfigured), (state.IsConfigured, state.IsReady, state.Reason));
        var wish = new RequestComfyUiRequest(Guid.NewGuid(), Guid.NewGuid(), new Dictionary<string, string>(), new Dictionary<string, Guid>(), 1, Use.Ideation, new Declarations());
        var result = await platform.WithAsync((RequestComfyUi request) => request.HandleAsync(wish, TestPlatform.Artist, CancellationToken.None));
        Assert.Equal([ComfyUiStatus.NotConfigured], result.Problems);
    }

    [Fact]
    public async Task A_model_that_nobody_looked_at_is_counsels_question_and_is_named()
    {
        await using var studio = await ComfyUiStudio.StartAsync(registered: false);
        var result = await studio.RequestAsync(studio.Wish(await studio.RegisterAsync()));
        Assert.Equal((JobState.AwaitingClearance, Answer.Escalate, Roles.Counsel), (result.Submitted!.Job!.State, result.Submitted.Decision!.Answer, result.Submitted.Decision.EscalatedTo));
        Assert.Contains("'model-studio-base' is not in the tool registry", result.Submitted.Decision.ExplanationJson, StringComparison.Ordinal);
        Assert.Empty(studio.Server.Prompts);
    }

    [Theory]
    [InlineData("Sharpener", """{ "images": ["8", 0] }""", "'nodes-fancy-nodes' is not in the tool registry")]
    [InlineData("CloudPainter", """{ "prompt": "a pier" }""", "'service-cloudpainter' is not in the tool registry")]
    [InlineData("CLIPTextEncode", """{ "text": "a pier, embedding:house-style", "clip": ["4", 1] }""", "'model-embedding-house-style' is not in the tool registry")]
    public async Task Foreign_nodes_services_and_words_that_name_models_are_asked_about_too(string type, string inputs, string because)
    {
        await using var studio = await ComfyUiStudio.StartAsync();
        var prompt = JsonNode.Parse(SampleWorkflow.TextToPicture)!.AsObject();
        prompt["20"] = new JsonObject { ["class_type"] = type, ["inputs"] = JsonNode.Parse(inputs) };
        var result = await studio.RequestAsync(studio.Wish(await studio.RegisterAsync(prompt.ToJsonString())));
        Assert.True(result.Submitted is not null, string.Join(" ", result.Problems));
        Assert.Equal(JobState.AwaitingClearance, result.Submitted.Job!.State);
        Assert.Contains(because, result.Submitted.Decision!.ExplanationJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_outside_the_studio_is_a_tool_of_its_own()
    {
        await using var studio = await ComfyUiStudio.StartAsync();
        var workflow = await studio.RegisterAsync();
        Assert.True(new ComfyUiOptions { Address = "http://10.1.2.3:8188" }.IsNear);
        Assert.True(new ComfyUiOptions { Address = "http://render-3:8188" }.IsNear);
        Assert.True(new ComfyUiOptions { Address = "http://[fd00::2]:8188" }.IsNear);
        Assert.False(new ComfyUiOptions { Address = "https://comfy.example.com/" }.IsNear);
        Assert.False(new ComfyUiOptions { Address = "http://8.8.8.8/" }.IsNear);
        Assert.Contains("\"comfyui\"", (await studio.SubmitAsync(studio.Wish(workflow))).ParametersJson, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KSampler", "KSamplerAdvancedPlus", "The server has no node of class 'KSamplerAdvancedPlus', which 'Sampler answerprint:seed")]
    [InlineData("\"studio-base.safetensors\"", "\"missing.safetensors\"", "'Load checkpoint' (node 4, CheckpointLoaderSimple): the server has no 'missing.safetensors' for 'ckpt_name'; it has studio-base.safetensors, other.ckpt.")]
    [InlineData("\"cfg\": 8", "\"cfg\": 800", "'cfg' is 800; the server takes 0 to 100.")]
    [InlineData("\"cfg\": 8, ", "", "needs 'cfg', which the workflow does not give.")]
    [InlineData("\"batch_size\": 1", "\"batch_size\": 1.5", "'batch_size' is 1.5; the server takes whole numbers.")]
    [InlineData("\"SaveImage\"", "\"VAEDecode\"", "No node of the workflow gives a result; it needs one such as SaveImage.")]
    public async Task What_the_server_would_not_take_is_said_before_anything_is_sent(string part, string instead, string sentence)
    {
        await using var studio = await ComfyUiStudio.StartAsync();
        var result = await studio.RequestAsync(studio.Wish(await studio.RegisterAsync(SampleWorkflow.TextToPicture.Replace(part, instead, StringComparison.Ordinal))));
        Assert.Null(result.Submitted);
        Assert.Contains(result.Problems, problem => problem.Contains(sentence, StringComparison.Ordinal));
        Assert.DoesNotContain("POST /prompt", studio.Server.Requests);
        Assert.DoesNotContain("POST /upload/image", studio.Server.Requests);
    }

    [Fact]
    public async Task What_is_filled_in_is_looked_at_field_by_field()
    {
        await using var studio = await ComfyUiStudio.StartAsync();
        var wish = studio.Wish(await studio.RegisterAsync(SampleWorkflow.PictureToPicture));
        var result = await studio.RequestAsync(wish with
        {
            Values = new Dictionary<string, string> { ["prompt"] = new string('x', ComfyUiLimits.MaxText + 1), ["colour"] = "red" },
            Pictures = new Dictionary<string, Guid> { ["mask"] = Guid.Empty, ["image:other"] = Guid.Empty },
        });
        Assert.Equal(
        [
            "The workflow has no value 'colour'; it has prompt.", "Prompt has 20001 characters; the limit is 20000.", "The workflow takes no picture 'image:other'; it takes image:reference, mask.",
            "Image: reference is needed.", "Mask: there is no asset 00000000-0000-0000-0000-000000000000.",
        ], result.Problems);
        Assert.Contains("The seed is -1", Assert.Single((await studio.RequestAsync(wish with { Seed = -1 })).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_of_another_production_is_not_taken()
    {
        await using var studio = await ComfyUiStudio.StartAsync();
        var still = await studio.AddStillAsync("Plate", LoopbackComfyUi.Draw(1, 8, 8, jpeg: false));
        var other = await studio.Platform.AddProductionAsync("OTH");
        var wish = studio.Wish(await studio.RegisterAsync(SampleWorkflow.PictureToPicture)) with { ProductionId = other.Id, Pictures = new Dictionary<string, Guid> { ["image:reference"] = still.Id, ["mask"] = still.Id } };
        Assert.Contains("belongs to another production", Assert.Single((await studio.RequestAsync(wish)).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workflow_is_kept_as_it_came_and_the_sweep_leaves_it()
    {
        await using var studio = await ComfyUiStudio.StartAsync();
        var workflow = await studio.RegisterAsync();
        Assert.Equal(("Ada Artist", """["studio-base.safetensors"]"""), (workflow.AddedByName, workflow.ModelsJson));
        Assert.Equal(SampleWorkflow.TextToPicture, await File.ReadAllTextAsync(studio.Platform.Services.GetRequiredService<BlobStore>().PathOf(workflow.BlobSha256)));
        Assert.True(await studio.Platform.WithDbAsync(db => BlobNames.IsNamedAsync(db, workflow.BlobSha256, CancellationToken.None)));
        Assert.Contains(workflow.BlobSha256, await studio.Platform.WithDbAsync(db => BlobNames.AllAsync(db, CancellationToken.None)));
        Assert.Equal("comfyui.registered", await studio.Platform.WithDbAsync(db => db.Set<AuditEntry>().Select(entry => entry.Action).SingleAsync()));
    }

    [Fact]
    public async Task A_retired_workflow_is_not_run_and_its_name_is_free()
    {
        await using var studio = await ComfyUiStudio.StartAsync();
        var workflow = await studio.RegisterAsync();
        Assert.Contains("registered as 'Harbour'", (await RegisterAsync(studio, "Second")).Refusal!.Reason, StringComparison.Ordinal);
        Assert.Null((await RetireAsync(studio, workflow)).Refusal);
        Assert.Equal(RefusalKind.Conflict, (await RetireAsync(studio, workflow)).Refusal!.Kind);
        Assert.Equal(["'Harbour' is retired."], (await studio.RequestAsync(studio.Wish(workflow))).Problems);
        Assert.NotNull((await RegisterAsync(studio, "Harbour")).Workflow);
    }

    [Fact]
    public async Task Only_those_who_make_or_look_after_engines_register()
    {
        await using var studio = await ComfyUiStudio.StartAsync();
        var refused = await studio.Platform.WithAsync((RegisterWorkflow register) => register.HandleAsync(
            new RegisterWorkflowRequest("W", SampleWorkflow.Bytes(SampleWorkflow.TextToPicture), "ours", []), TestPlatform.Counsel, CancellationToken.None));
        Assert.Equal(RefusalKind.NotAllowed, refused.Refusal!.Kind);
    }

    [Fact]
    public async Task The_form_has_the_servers_ranges_and_choices_where_it_is_there_and_works_without()
    {
        await using var studio = await ComfyUiStudio.StartAsync();
        var workflow = await studio.RegisterAsync();
        var view = (await studio.Platform.WithAsync((ReadWorkflow read) => read.FindAsync(workflow.Id, CancellationToken.None)))!;
        Assert.Equal(["Seed", "Steps", "Sampler", "Width", "Height", "Prompt", "Prompt: negative"], view.Fields.Select(asked => asked.Label));
        Assert.Equal((16.0, 16384.0, 8.0, "512"), (view.Fields[3].Minimum, view.Fields[3].Maximum, view.Fields[3].Step, view.Fields[3].Default));
        Assert.Equal(["euler", "ddim"], view.Fields[2].Options);
        Assert.Equal(("studio-base.safetensors", "model-studio-base"), Assert.Single(view.Models));
        Assert.Empty(view.Problems);

        await using var bare = await TestPlatform.StartAsync();
        var result = await bare.WithAsync((RegisterWorkflow register) => register.HandleAsync(new RegisterWorkflowRequest("W", SampleWorkflow.Bytes(SampleWorkflow.TextToPicture), "ours", []), TestPlatform.Artist, CancellationToken.None));
        Assert.Equal(7, (await bare.WithAsync((ReadWorkflow read) => read.FindAsync(result.Workflow!.Id, CancellationToken.None)))!.Fields.Count);
    }

    private static Task<RegisterWorkflowResult> RegisterAsync(ComfyUiStudio studio, string name) => studio.Platform.WithAsync((RegisterWorkflow register) =>
        register.HandleAsync(new RegisterWorkflowRequest(name, SampleWorkflow.Bytes(SampleWorkflow.TextToPicture), "ours", []), TestPlatform.Artist, CancellationToken.None));

    private static Task<RetireWorkflowResult> RetireAsync(ComfyUiStudio studio, ComfyUiWorkflow workflow) =>
        studio.Platform.WithAsync((RetireWorkflow retire) => retire.HandleAsync(new RetireWorkflowRequest(workflow.Id), TestPlatform.Artist, CancellationToken.None));
}
