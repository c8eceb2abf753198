using System.Text.Json.Nodes;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Tests.Jobs;

public sealed class JobTests : IAsyncLifetime
{
    private readonly ScriptedRecipe recipe = new();
    private TestPlatform platform = null!;
    private Guid production;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync(services => services
            .AddSingleton<IRecipe>(recipe).AddScoped<JobEndings>().AddSingleton<JobRunner>()
            .AddSingleton(Options.Create(new JobOptions { Beat = TimeSpan.FromMilliseconds(50) })));
        production = (await platform.AddProductionAsync()).Id;
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task A_job_runs_once_and_its_result_is_on_record()
    {
        var job = (await SubmitAsync()).Job!;
        await RunAsync(job);
        await RunAsync(job);

        var done = await platform.JobAsync(job.Id);
        Assert.Equal((JobState.Done, 1, 1, 1.0), (done.State, recipe.Runs, done.Attempts, done.Progress));
        var asset = await platform.WithDbAsync(db => db.Set<Asset>().SingleAsync(asset => asset.JobId == job.Id));
        Assert.Equal("seed 7", await File.ReadAllTextAsync(platform.Services.GetRequiredService<Platform.Storage.Contracts.BlobStore>().PathOf(asset.BlobSha256)));
        Assert.Empty(Directory.GetDirectories(platform.Folder.Work));
    }

    [Fact]
    public async Task The_same_work_is_put_on_record_once()
    {
        var first = await SubmitAsync();
        var second = await SubmitAsync();
        Assert.True(second.Existing);
        Assert.Equal(first.Job!.Id, second.Job!.Id);
        Assert.NotEqual(first.Job.Hash, (await SubmitAsync(seed: 8)).Job!.Hash);
    }

    [Fact]
    public async Task A_second_run_proves_the_first_and_makes_no_second_asset()
    {
        var first = (await SubmitAsync()).Job!;
        await RunAsync(first);
        var second = (await SubmitAsync(again: true)).Job!;
        await RunAsync(second);

        var proof = await platform.JobAsync(second.Id);
        Assert.Equal((2, true), (proof.Run, proof.Reproduced));
        Assert.Equal(1, await platform.WithDbAsync(db => db.Set<Asset>().CountAsync()));

        recipe.Script = (_, _) => Task.FromResult("something else");
        var third = (await SubmitAsync(again: true)).Job!;
        await RunAsync(third);
        Assert.False((await platform.JobAsync(third.Id)).Reproduced);
    }

    [Fact]
    public async Task What_cannot_be_done_fails_at_once_and_says_why()
    {
        recipe.Script = (_, _) => throw new RecipeException("frame 12 of 10 was asked for");
        var job = (await SubmitAsync()).Job!;
        await RunAsync(job);
        var failed = await platform.JobAsync(job.Id);
        Assert.Equal((JobState.Failed, "frame 12 of 10 was asked for"), (failed.State, failed.Error));
        Assert.False((await SubmitAsync()).Existing); // the same work may be tried again by a person
    }

    [Fact]
    public async Task A_broken_run_is_tried_again_later_and_fails_after_the_last_attempt()
    {
        recipe.Script = (_, _) => throw new InvalidOperationException("the codec crashed");
        var job = (await SubmitAsync()).Job!;
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await RunAsync(job);
            var state = await platform.JobAsync(job.Id);
            Assert.Equal(attempt, state.Attempts);
            if (attempt < 3)
            {
                Assert.Equal(JobState.Queued, state.State);
                Assert.True(state.NotBefore > state.StartedAt);
                await platform.WithDbAsync(db => db.Set<Job>().ExecuteUpdateAsync(set => set.SetProperty(j => j.NotBefore, (DateTimeOffset?)null)));
            }
        }
        var failed = await platform.JobAsync(job.Id);
        Assert.Equal(JobState.Failed, failed.State);
        Assert.Contains("the codec crashed (after 3 attempts)", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_job_stops_within_a_second_of_the_wish()
    {
        var started = new TaskCompletionSource();
        recipe.Script = async (_, cancellationToken) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return "";
        };
        var job = (await SubmitAsync()).Job!;
        var running = RunAsync(job);
        await started.Task;
        Assert.Equal(CancelJobResult.Cancelled, await platform.WithAsync((CancelJob cancel) => cancel.HandleAsync(job.Id, TestPlatform.Artist, CancellationToken.None)));
        await running.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(JobState.Cancelled, (await platform.JobAsync(job.Id)).State);
        Assert.Equal(CancelJobResult.AlreadyEnded, await platform.WithAsync((CancelJob cancel) => cancel.HandleAsync(job.Id, TestPlatform.Artist, CancellationToken.None)));
    }

    [Fact]
    public async Task A_run_that_lost_its_lease_records_nothing()
    {
        recipe.Script = async (context, _) =>
        {
            await platform.WithDbAsync(db => db.Set<Job>().Where(job => job.Id == context.Job.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.LeaseOwner, "another/1/1")));
            return "too late";
        };
        var job = (await SubmitAsync()).Job!;
        await RunAsync(job);
        Assert.Equal(JobState.Running, (await platform.JobAsync(job.Id)).State);
        Assert.Equal(0, await platform.WithDbAsync(db => db.Set<Asset>().CountAsync()));
    }

    [Fact]
    public async Task A_job_whose_worker_dies_each_time_is_given_up()
    {
        var job = (await SubmitAsync()).Job!;
        await platform.WithDbAsync(db => db.Set<Job>().ExecuteUpdateAsync(set => set.SetProperty(j => j.Attempts, 10)));
        await RunAsync(job);
        Assert.Contains("the worker died 10 times", (await platform.JobAsync(job.Id)).Error, StringComparison.Ordinal);
        Assert.Equal(0, recipe.Runs);
    }

    [Fact]
    public async Task Every_step_is_in_the_audit_and_the_audit_holds()
    {
        await RunAsync((await SubmitAsync()).Job!);
        var actions = await platform.WithDbAsync(db => db.Set<AuditEntry>().OrderBy(entry => entry.Number).Select(entry => entry.Action).ToListAsync());
        Assert.Equal(["job.submitted", "job.done"], actions);
        Assert.Null(await platform.WithDbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)));
        await platform.WithDbAsync(db => db.Set<AuditEntry>().Where(entry => entry.Number == 1).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ActorName, "somebody")));
        Assert.Equal(1, await platform.WithDbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)));
    }

    [Fact]
    public async Task One_context_may_append_again_after_others_did()
    {
        await platform.WithAsync(async (JobDesk desk) =>
        {
            var first = await desk.SubmitAsync(Wish(1), TestPlatform.Artist, CancellationToken.None);
            await RunAsync(first.Job!);
            return await desk.SubmitAsync(Wish(2), TestPlatform.Artist, CancellationToken.None);
        });
        Assert.Null(await platform.WithDbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)));
    }

    [Fact]
    public async Task An_unknown_recipe_is_named_with_the_known_ones()
    {
        var result = await platform.WithAsync((JobDesk desk) => desk.SubmitAsync(Wish(1) with { Recipe = "artwrok" }, TestPlatform.Artist, CancellationToken.None));
        Assert.Null(result.Job);
        Assert.Contains("'artwrok'", result.Problem, StringComparison.Ordinal);
        Assert.Contains("scripted", result.Problem, StringComparison.Ordinal);
    }

    private SubmitJob Wish(long seed) =>
        new("scripted", production, "a test", [], new JsonObject { ["text"] = "x" }, seed, Use.Ideation, new Declarations());

    private Task<SubmitJobResult> SubmitAsync(long seed = 7, bool again = false) =>
        platform.WithAsync((JobDesk desk) => desk.SubmitAsync(Wish(seed) with { Again = again }, TestPlatform.Artist, CancellationToken.None));

    private Task RunAsync(Job job) => platform.Services.GetRequiredService<JobRunner>().RunAsync(job.Id, CancellationToken.None);
}
