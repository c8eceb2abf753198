using System.Diagnostics;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Attribution;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

/// <summary>The whole way of a job: wish, Clearance, server, assets; and what servers do to it on the way.</summary>
public sealed class ComfyUiRecipeTests : IAsyncLifetime
{
    private ComfyUiStudio studio = null!;

    public async Task InitializeAsync() => studio = await ComfyUiStudio.StartAsync();

    public async Task DisposeAsync() => await studio.DisposeAsync();

    [Fact]
    public async Task Words_become_a_picture_of_which_no_pixel_is_attributable()
    {
        var workflow = await studio.RegisterAsync();
        var job = await studio.MakeAsync(studio.Wish(workflow, seed: 42) with { Values = new Dictionary<string, string> { ["prompt"] = "a pier\r\nat night", ["width"] = "768", ["number:steps"] = "30" } });
        Assert.True(job.State == JobState.Done, $"{job.State}: {job.Error} {job.Phase}");
        Assert.Equal((Grade.Recorded, 1.0), (job.Grade, job.Progress));
        Assert.Equal("comfyui 0.3.60; pytorch 2.8.0+cpu; cpu", job.Engine);

        var assets = await studio.AssetsAsync(job);
        Assert.Equal([AssetKind.Still, AssetKind.Attribution], assets.Select(asset => asset.Kind));
        Assert.Equal(assets[1].Id, assets[0].AttributionId);
        Assert.Equal(("image/png", 96, 64, 1_000_000, "trainedAlgorithmicMedia"), (assets[0].MediaType, assets[0].Width, assets[0].Height, assets[0].Shares.NotAttributable, assets[0].DigitalSource));
        Assert.Equal((RightsKind.Unknown, PerformerPresence.Unknown, ""), (assets[0].Rights, assets[0].Performers, assets[0].Owner));
        var share = Assert.Single(AttributionFile.Read(await studio.BytesAsync(assets[1])).Shares());
        Assert.Equal((AttributionKind.NotAttributable, 1_000_000), (share.Kind, share.PartsPerMillion));

        Assert.True(studio.Server.Prompts.TryPeek(out var sent));
        Assert.Equal(("a pier\nat night", "text, watermark", 768, 512, 42L, 30), (Text(sent, "6", "text"), Text(sent, "7", "text"), Number(sent, "5", "width"), Number(sent, "5", "height"), sent["3"]!["inputs"]!["seed"]!.GetValue<long>(), Number(sent, "3", "steps")));
        var result = JsonNode.Parse(job.ResultJson)!;
        Assert.Equal((workflow.BlobSha256, "0.3.60", assets[0].Id.ToString(), true), (result["workflow"]!.GetValue<string>(), result["server"]!["version"]!.GetValue<string>(), result["pictures"]![0]!["asset"]!.GetValue<string>(), result["cleared"]!.GetValue<bool>()));
        Assert.DoesNotContain("token", job.ResultJson, StringComparison.Ordinal); // the server's command line is not ours to keep
        Assert.True(result["previews"]!.GetValue<int>() >= 1);
    }

    [Fact]
    public async Task Pictures_go_out_as_bare_pixels_and_lineage_and_rights_follow_them()
    {
        var reference = await studio.AddStillAsync("Plate", LoopbackComfyUi.Draw(3, 64, 48, jpeg: true), PerformerPresence.Present);
        var mask = await studio.AddStillAsync("Mask", LoopbackComfyUi.Draw(9, 64, 48, jpeg: false));
        var job = await studio.MakeAsync(studio.Wish(await studio.RegisterAsync(SampleWorkflow.PictureToPicture)) with
        {
            Pictures = new Dictionary<string, Guid> { ["image:reference"] = reference.Id, ["mask"] = mask.Id }, Declarations = new Declarations { Alteration = "asRecorded" },
        });
        Assert.True(job.State == JobState.Done, $"{job.State}: {job.Error} {job.Phase}");
        Assert.True(studio.Server.Prompts.TryPeek(out var sent));
        Assert.Equal($"answerprint/{job.Id:N}-1.png", Text(sent, "1", "image"));
        Assert.Equal($"answerprint/{job.Id:N}-2.png", Text(sent, "2", "image"));
        var picture = (await studio.AssetsAsync(job))[0];
        Assert.Equal(("The Studio", RightsKind.StaffMade, PerformerPresence.Present, "compositeWithTrainedAlgorithmicMedia"), (picture.Owner, picture.Rights, picture.Performers, picture.DigitalSource));
        var lineage = await studio.Platform.WithDbAsync(db => db.Set<AssetInput>().Where(input => input.AssetId == picture.Id).OrderBy(input => input.Part).ToListAsync());
        Assert.Equal([("image:reference", reference.Id, 0), ("mask", mask.Id, 0)], lineage.Select(input => (input.Part, input.SourceId, input.ShareMillionths)));

        var loader = new StillLoader(new MediaOptions());
        using var original = loader.Load(await studio.BytesAsync(reference), "original").Require();
        using var received = loader.Load(studio.Server.Uploaded[$"{job.Id:N}-1.png"], "received").Require();
        Assert.True(original.Image.Pixels<byte>().SequenceEqual(received.Image.Pixels<byte>()));
        Assert.Single(JsonNode.Parse(job.ResultJson)!["pictures"]!.AsArray()); // the node that is not marked only showed its picture
    }

    [Fact]
    public async Task Nothing_of_a_job_is_left_on_the_server()
    {
        var still = (await studio.AddStillAsync("Plate", LoopbackComfyUi.Draw(3, 64, 48, jpeg: false))).Id;
        var job = await studio.MakeAsync(studio.Wish(await studio.RegisterAsync(SampleWorkflow.PictureToPicture)) with { Pictures = new Dictionary<string, Guid> { ["image:reference"] = still, ["mask"] = still } });
        Assert.True(job.State == JobState.Done, $"{job.State}: {job.Error} {job.Phase}");
        Assert.Empty(studio.Server.History);
        Assert.True(studio.Server.Files.Count >= 4, $"{studio.Server.Files.Count} files");
        foreach (var (name, bytes) in studio.Server.Files)
        {
            using var left = new StillLoader(new MediaOptions()).Load(bytes, name).Require();
            Assert.True((left.Image.Width, left.Image.Height) == (1, 1), name);
        }
    }

    [Fact]
    public async Task The_same_wish_is_one_job_and_a_second_run_proves_the_first()
    {
        var wish = studio.Wish(await studio.RegisterAsync());
        var first = await studio.MakeAsync(wish);
        Assert.True((await studio.RequestAsync(wish)).Submitted!.Existing);
        var again = await studio.MakeAsync(wish with { Again = true });
        Assert.Equal((2, true, first.Hash), (again.Run, again.Reproduced, again.Hash));
        Assert.NotEqual(first.Hash, (await studio.SubmitAsync(wish with { Seed = 8 })).Hash);
    }

    [Fact]
    public async Task A_running_job_stops_within_a_second_on_the_server_too()
    {
        var (at, job) = await HeldAsync();
        await at;
        var clock = Stopwatch.StartNew();
        await CancelAsync(job);
        await job.Running;
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"{clock.Elapsed}");
        Assert.Equal(JobState.Cancelled, (await studio.Platform.JobAsync(job.Job.Id)).State);
        await UntilAsync(() => studio.Server.Waiting.Count == 0);
        Assert.Contains("POST /interrupt", studio.Server.Requests);
    }

    [Fact]
    public async Task A_job_that_waits_behind_another_is_taken_out_and_the_other_goes_on()
    {
        studio.Server.KnowsIds = false; // an older server would stop whatever runs
        var free = new TaskCompletionSource();
        studio.Server.OnStep = (_, _, _, cancellation) => free.Task.WaitAsync(cancellation);
        var other = studio.Server.Queue(JsonNode.Parse(SampleWorkflow.TextToPicture)!.AsObject(), "somebody-else");
        var job = await studio.SubmitAsync(studio.Wish(await studio.RegisterAsync()));
        var running = studio.RunAsync(job);
        await UntilAsync(() => studio.Server.Waiting.Count == 2);
        await CancelAsync(new Held(job, running));
        await running;
        await UntilAsync(() => studio.Server.Waiting.Count == 1);
        Assert.DoesNotContain("POST /interrupt", studio.Server.Requests);
        free.SetResult();
        await UntilAsync(() => studio.Server.History.ContainsKey(other.Id));
        Assert.Equal("success", studio.Server.History[other.Id]["status"]!["status_str"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_dropped_socket_does_not_lose_the_work()
    {
        studio.Server.OnStep = async (server, item, step, cancellation) =>
        {
            if (step != 2) return;
            var before = server.Requests.Count(request => request == "GET /ws");
            server.DropSockets();
            await UntilAsync(() => server.Requests.Count(request => request == "GET /ws") > before, cancellation);
        };
        var job = await studio.MakeAsync(studio.Wish(await studio.RegisterAsync()));
        Assert.True(job.State == JobState.Done, $"{job.State}: {job.Error} {job.Phase}");
        Assert.Equal((1, true), (job.Attempts, JsonNode.Parse(job.ResultJson)!["connections"]!.GetValue<int>() >= 2));
        Assert.Single(studio.Server.Prompts);
    }

    [Fact]
    public async Task Without_any_socket_the_history_is_enough()
    {
        studio.Server.Instead = context => Answer(context, "/ws", 404, "");
        var job = await studio.MakeAsync(studio.Wish(await studio.RegisterAsync()));
        Assert.True(job.State == JobState.Done, $"{job.State}: {job.Error} {job.Phase}");
        Assert.Equal(0, JsonNode.Parse(job.ResultJson)!["connections"]!.GetValue<int>());
    }

    [Fact]
    public async Task Errors_of_nodes_are_told_with_the_node_before_the_work_begins()
    {
        // The server lists the file, and yet does not take it.
        var job = await studio.RunAsync(await ForcedAsync(SampleWorkflow.TextToPicture.Replace("studio-base.safetensors", "other.ckpt", StringComparison.Ordinal)));
        Assert.Equal(JobState.Failed, job.State);
        Assert.Equal("ComfyUI does not take the workflow. 'Load checkpoint' (node 4, CheckpointLoaderSimple): Value not in list: ckpt_name: 'other.ckpt' not in ['studio-base.safetensors']", job.Error);
    }

    [Fact]
    public async Task An_error_while_it_works_names_the_node_in_plain_words()
    {
        studio.Server.Fails = node => node["class_type"]!.GetValue<string>() == "VAEDecode"
            ? new JsonObject { ["exception_type"] = "torch.cuda.OutOfMemoryError", ["exception_message"] = "Allocation on device 0\nfailed\u202E", ["traceback"] = new JsonArray("File ..."), ["current_inputs"] = new JsonObject() } : null;
        var job = await studio.MakeAsync(studio.Wish(await studio.RegisterAsync()));
        Assert.Equal((JobState.Failed, "ComfyUI failed at 'VAE decode' (node 8, VAEDecode): OutOfMemoryError: Allocation on device 0 failed"), (job.State, job.Error));
        Assert.Empty(await studio.AssetsAsync(job));
    }

    [Fact]
    public async Task Somebody_who_stops_it_on_the_server_is_told_of()
    {
        studio.Server.OnStep = (_, item, step, _) =>
        {
            if (step == 2) item.Interrupt.Cancel();
            return Task.CompletedTask;
        };
        var job = await studio.MakeAsync(studio.Wish(await studio.RegisterAsync()));
        Assert.Equal(JobState.Failed, job.State);
        Assert.StartsWith("somebody stopped the work on the ComfyUI server, at 'Sampler", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_was_started_anew_gets_the_work_again()
    {
        var first = true;
        studio.Server.OnStep = (server, _, step, _) =>
        {
            if (step != 2 || !first) return Task.CompletedTask;
            first = false;
            server.Instead = context => Answer(context, "/ws", 404, "");
            server.DropSockets();
            server.Forget();
            return Task.CompletedTask;
        };
        var job = await studio.MakeAsync(studio.Wish(await studio.RegisterAsync()));
        Assert.Equal((JobState.Queued, true), (job.State, job.Phase.Contains("no longer knows the work", StringComparison.Ordinal)));
        await studio.Platform.WithDbAsync(db => db.Set<Job>().ExecuteUpdateAsync(set => set.SetProperty(j => j.NotBefore, (DateTimeOffset?)null)));
        job = await studio.RunAsync(job);
        Assert.True(job.State == JobState.Done, $"{job.State}: {job.Error} {job.Phase}");
        Assert.Equal(2, studio.Server.Prompts.Count);
    }

    [Fact]
    public async Task What_a_killed_worker_left_in_the_queue_is_taken_out_by_the_next_attempt()
    {
        var job = await studio.SubmitAsync(studio.Wish(await studio.RegisterAsync()));
        await studio.Platform.WithDbAsync(db => db.Set<Job>().ExecuteUpdateAsync(set => set.SetProperty(j => j.Attempts, 1)));
        var held = new TaskCompletionSource();
        studio.Server.OnStep = (_, _, _, cancellation) => held.Task.WaitAsync(cancellation);
        var orphan = studio.Server.Queue(JsonNode.Parse(SampleWorkflow.TextToPicture)!.AsObject(), $"answerprint-{job.Id:N}");
        await UntilAsync(() => studio.Server.Waiting.Contains(orphan.Id));
        var running = studio.RunAsync(job);
        await UntilAsync(() => studio.Server.History.ContainsKey(orphan.Id));
        Assert.Equal("error", studio.Server.History[orphan.Id]["status"]!["status_str"]!.GetValue<string>());
        held.SetResult();
        Assert.Equal(JobState.Done, (await running).State);
    }

    [Fact]
    public async Task Work_that_takes_longer_than_the_settings_allow_fails_and_is_taken_down()
    {
        await using var hasty = await ComfyUiStudio.StartAsync(options => options.Timeout = TimeSpan.FromSeconds(1));
        hasty.Server.OnStep = (_, _, _, cancellation) => Task.Delay(Timeout.Infinite, cancellation);
        var job = await hasty.MakeAsync(hasty.Wish(await hasty.RegisterAsync()));
        Assert.Equal((JobState.Failed, "ComfyUI had not finished after 1 seconds; a longer time can be set as comfyui.timeout"), (job.State, job.Error));
        await UntilAsync(() => hasty.Server.Waiting.Count == 0);
    }

    [Fact]
    public async Task The_key_goes_to_every_request_and_redirects_are_not_followed()
    {
        await using var keyed = await ComfyUiStudio.StartAsync(options => options.ApiKey = "open-sesame");
        Assert.Equal(JobState.Done, (await keyed.MakeAsync(keyed.Wish(await keyed.RegisterAsync()))).State);
        Assert.All(keyed.Server.Keys, key => Assert.Equal("Bearer open-sesame", key));

        keyed.Server.Instead = context =>
        {
            context.Response.Redirect("http://127.0.0.1:1/elsewhere");
            return Task.FromResult(true);
        };
        var job = await keyed.RunAsync(await ForcedAsync(SampleWorkflow.TextToPicture, keyed));
        Assert.Equal((JobState.Failed, "the server sends us elsewhere (302); put the address it means into comfyui.address"), (job.State, job.Error));
    }

    internal static async Task UntilAsync(Func<bool> holds, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(15));
        while (!holds()) await Task.Delay(10, limit.Token);
    }

    internal static async Task<bool> Answer(Microsoft.AspNetCore.Http.HttpContext context, string path, int status, string body)
    {
        if (!context.Request.Path.StartsWithSegments(path)) return false;
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body));
        return true;
    }

    /// <summary>A job as it would be on record, past what is looked at beforehand.</summary>
    private Task<Job> ForcedAsync(string json, ComfyUiStudio? at = null) => ForceAsync(at ?? studio, json);

    internal static async Task<Job> ForceAsync(ComfyUiStudio at, string json)
    {
        var name = $"Forced {Guid.NewGuid():N}";
        var workflow = await at.RegisterAsync($"{json}\n{new string(' ', Random.Shared.Next(1, 10_000))}", name);
        var parameters = ComfyUiParameters.ToJson(workflow.BlobSha256, workflow.Id, workflow.Name, [], [], ["model-studio-base", "comfyui"]);
        var wish = new SubmitJob("comfyui", at.Production, workflow.Name, [], parameters, 7, Use.Ideation, new Declarations());
        return (await at.Platform.WithAsync((JobDesk desk) => desk.SubmitAsync(wish, TestPlatform.Artist, CancellationToken.None))).Job!;
    }

    private async Task<(Task AtStep, Held Job)> HeldAsync()
    {
        var reached = new TaskCompletionSource();
        studio.Server.OnStep = async (_, _, step, cancellation) =>
        {
            if (step < 2) return;
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
        };
        var job = await studio.SubmitAsync(studio.Wish(await studio.RegisterAsync()));
        return (reached.Task, new Held(job, studio.RunAsync(job)));
    }

    private Task<CancelJobResult> CancelAsync(Held job) => studio.Platform.WithAsync((CancelJob cancel) => cancel.HandleAsync(job.Job.Id, TestPlatform.Artist, CancellationToken.None));

    private static string Text(JsonObject prompt, string node, string input) => prompt[node]!["inputs"]![input]!.GetValue<string>();

    private static int Number(JsonObject prompt, string node, string input) => prompt[node]!["inputs"]![input]!.GetValue<int>();

    private sealed record Held(Job Job, Task<Job> Running);
}
