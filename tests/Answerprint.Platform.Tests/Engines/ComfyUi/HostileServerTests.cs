using System.Net.WebSockets;
using System.Text;
using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Jobs.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

/// <summary>A server may answer anything: a job ends with one sentence, within limits, and leaves nothing behind.</summary>
public sealed class HostileServerTests : IAsyncLifetime
{
    private ComfyUiStudio studio = null!;

    public async Task InitializeAsync() => studio = await ComfyUiStudio.StartAsync();

    public async Task DisposeAsync() => await studio.DisposeAsync();

    [Theory]
    [InlineData("/system_stats", "[]", "what answers at this address is not ComfyUI: it says nothing of its system")]
    [InlineData("/system_stats", "<html>", "ComfyUI answered something that is not JSON as it writes it")]
    [InlineData("/object_info", "{", "ComfyUI answered something that is not JSON as it writes it")]
    [InlineData("/object_info", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "ComfyUI answered something that is not JSON as it writes it")]
    [InlineData("/object_info", "{}", "The server has no node of class 'KSampler'")]
    [InlineData("/prompt", "{}", "ComfyUI neither took the work nor said why not")]
    [InlineData("/prompt", """{ "prompt_id": "../../history" }""", "ComfyUI gave the work an id that cannot be one")]
    [InlineData("/prompt", """{ "prompt_id": 7, "error": "too busy" }""", "ComfyUI does not take the workflow. too busy")]
    [InlineData("/prompt", """{ "\ud800": 1 }""", "ComfyUI answered something that is not JSON as it writes it")]
    [InlineData("/history", "[]", "ComfyUI's answer cannot be taken: its history is no object")]
    [InlineData("/history", "\"", "ComfyUI answered something that is not JSON as it writes it")]
    public async Task A_wrong_answer_is_one_sentence(string path, string body, string sentence)
    {
        studio.Server.Instead = context => ComfyUiRecipeTests.Answer(context, path, 200, body);
        var job = await MakeAsync();
        Assert.Equal(JobState.Failed, job.State);
        Assert.StartsWith(sentence, job.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "filename": "../../etc/passwd", "subfolder": "", "type": "output" }""", "outside its folders")]
    [InlineData("""{ "filename": "a.png", "subfolder": "../x", "type": "output" }""", "outside its folders")]
    [InlineData("""{ "filename": "a.png", "subfolder": "", "type": "models" }""", "that it cannot have")]
    [InlineData("""{ "filename": "", "subfolder": "", "type": "output" }""", "that it cannot have")]
    [InlineData("""{ "filename": "gone.png", "subfolder": "", "type": "output" }""", "has no /view (404)")]
    [InlineData("""{ "filename": "a.png", "subfolder": "", "type": "temp" }""", "saved no picture")]
    public async Task Files_that_cannot_be_are_not_asked_for(string image, string part)
    {
        studio.Server.Instead = context => context.Request.Path.StartsWithSegments("/history", out var id) && id.HasValue && context.Request.Method == "GET"
            ? ComfyUiRecipeTests.Answer(context, "/history", 200, $$"""{ "{{id.Value![1..]}}": { "outputs": { "9": { "images": [{{image}}] } }, "status": { "status_str": "success", "completed": true, "messages": [] } } }""")
            : Task.FromResult(false);
        var job = await MakeAsync();
        Assert.Equal(JobState.Failed, job.State);
        Assert.Contains(part, job.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a picture at all")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("GIF89a")]
    [InlineData("")]
    public async Task A_picture_that_is_none_is_refused(string body)
    {
        studio.Server.Instead = context => ComfyUiRecipeTests.Answer(context, "/view", 200, body);
        var job = await MakeAsync();
        Assert.Equal(JobState.Failed, job.State);
        Assert.Contains("which ComfyUI gave as node 9's result", job.Error, StringComparison.Ordinal);
        Assert.Empty(await studio.AssetsAsync(job));
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        studio.Server.Instead = async context =>
        {
            if (!context.Request.Path.StartsWithSegments("/object_info")) return false;
            var chunk = Encoding.UTF8.GetBytes(new string(' ', 1 << 16));
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            return true;
        };
        var job = await MakeAsync();
        Assert.Equal((JobState.Failed, $"ComfyUI answers more than {ComfyUiLimits.MaxAnswerBytes} bytes, which is the limit"), (job.State, job.Error));
    }

    [Fact]
    public async Task A_length_beyond_the_limit_is_not_even_read()
    {
        studio.Server.Instead = async context =>
        {
            if (!context.Request.Path.StartsWithSegments("/view")) return false;
            context.Response.ContentLength = (long)ComfyUiLimits.MaxPictureBytes + 1;
            await context.Response.StartAsync(context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        var job = await MakeAsync();
        Assert.Equal((JobState.Failed, $"ComfyUI answers more than {ComfyUiLimits.MaxPictureBytes} bytes, which is the limit"), (job.State, job.Error));
    }

    [Fact]
    public async Task Garbage_on_the_socket_changes_nothing()
    {
        studio.Server.OnStep = async (server, item, step, _) =>
        {
            foreach (var text in new[] { "", "{", "[]", "{\"type\":7}", "{\"type\":\"progress\",\"data\":{\"value\":1e999,\"max\":-1,\"node\":\"3\"}}", "{\"type\":\"executing\",\"data\":{\"node\":{}}}", "{\"type\":\"execution_success\",\"data\":{\"prompt_id\":\"another\"}}" })
                await server.SendRawAsync(item.ClientId, Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);
            foreach (var bytes in new byte[][] { [], [0, 0, 0, 1], [0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3], [0, 0, 0, 4, 255, 255, 255, 255, 1], [0, 0, 0, 4, 0, 0, 0, 0], [9, 9, 9, 9, 9, 9, 9, 9, 9, 9] })
                await server.SendRawAsync(item.ClientId, bytes, WebSocketMessageType.Binary);
        };
        var job = await MakeAsync();
        Assert.True(job.State == JobState.Done, job.Error);
    }

    [Fact]
    public async Task A_socket_that_sends_without_measure_is_left_alone_and_the_work_goes_on()
    {
        studio.Server.OnStep = async (server, item, step, _) =>
        {
            if (step == 2) await server.SendRawAsync(item.ClientId, new byte[ComfyUiLimits.MaxMessageBytes + 1], WebSocketMessageType.Binary);
        };
        var job = await MakeAsync();
        Assert.True(job.State == JobState.Done, job.Error);
    }

    [Fact]
    public async Task A_server_that_is_away_is_said_to_be_and_the_job_is_tried_again()
    {
        var job = await ComfyUiRecipeTests.ForceAsync(studio, SampleWorkflow.TextToPicture);
        await studio.Server.DisposeAsync();
        job = await studio.RunAsync(job);
        Assert.Equal(JobState.Queued, job.State);
        Assert.Contains("cannot be reached: nothing listens there", job.Phase, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_not_waited_for_by_a_page()
    {
        studio.Server.Instead = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        var state = await studio.Platform.Services.GetRequiredService<ComfyUiStatus>().AskAsync(CancellationToken.None);
        Assert.False(state.IsReady);
        Assert.EndsWith("did not answer within 3 s", state.Reason, StringComparison.Ordinal);
    }

    private async Task<Job> MakeAsync() => await studio.RunAsync(await ComfyUiRecipeTests.ForceAsync(studio, SampleWorkflow.TextToPicture));
}
