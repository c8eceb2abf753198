using System.Diagnostics;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Tests.Storage;
using Answerprint.Platform.Withdrawal;
using Answerprint.Platform.Withdrawal.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace Answerprint.Platform.Tests.Withdrawal;

/// <summary>Taking back, whatever database keeps the records. Each database has one class that runs it.</summary>
public abstract class WithdrawalSuite(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly MixRecipe mix = new();
    private TestPlatform? platform;
    private Guid production;

    protected abstract Task<StorageOptions> NewDatabaseAsync();

    private TestPlatform Platform => platform!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync(services => services
            .AddSingleton<IRecipe>(mix).AddScoped<JobEndings>().AddSingleton<JobRunner>().AddSingleton(Options.Create(new JobOptions { Beat = TimeSpan.FromMilliseconds(20) })), await NewDatabaseAsync());
        production = (await Platform.AddProductionAsync()).Id;
    }

    public async Task DisposeAsync()
    {
        if (platform is not null) await platform.DisposeAsync();
    }

    [StorageFact]
    public async Task Dependents_steps_and_shares_are_those_of_brute_force()
    {
        for (var seed = 1; seed <= 6; seed++)
        {
            var graph = LineageGraph.Random(seed, 8, 60, production, reach: seed % 2 == 0 ? 6 : int.MaxValue);
            await SaveAsync([.. graph.Assets], [.. graph.Inputs]);
            foreach (var source in graph.Assets.Where((_, i) => i % 9 == 0))
            {
                var preview = await PreviewAsync(WithdrawalSubject.Of(source.Id));
                Assert.Equal(graph.DependentsOf(source.Id).Order(), preview.Affected.Dependents.Select(asset => asset.Asset.Id).Order());
                Assert.Equal([source.Id], preview.Affected.Sources.Select(asset => asset.Id));
                foreach (var asset in preview.Affected.Dependents)
                {
                    Assert.Equal(graph.StepsOf(asset.Asset.Id, source.Id), asset.Steps);
                    Assert.Equal(Math.Min(1, graph.ShareOf(asset.Asset.Id, source.Id)), asset.ShareMillionths / 1e6, 1e-6);
                }
            }
        }
    }

    [StorageFact]
    public async Task A_withdrawal_quarantines_the_source_and_all_that_was_made_from_it_and_nothing_else()
    {
        var graph = LineageGraph.Random(7, 10, 120, production);
        await SaveAsync([.. graph.Assets], [.. graph.Inputs]);
        var source = graph.Assets[3];
        var done = await WithdrawAsync(WithdrawalSubject.Of(source.Id));
        Assert.Equal(graph.DependentsOf(source.Id).Append(source.Id).Order(), (await QuarantinedAsync()).Order());
        Assert.Equal(graph.DependentsOf(source.Id).Count, done.Dependents);
        Assert.Equal(graph.DependentsOf(source.Id).Append(source.Id).Order(),
            await Platform.WithDbAsync(db => db.Set<WithdrawnAsset>().Where(asset => asset.WithdrawalId == done.Id).Select(asset => asset.AssetId).Order().ToListAsync()).ContinueWith(ids => ids.Result.Order()));
        Assert.Contains("licence ended", (await AssetAsync(source.Id)).StateReason, StringComparison.Ordinal);
        Assert.Null(await Platform.WithDbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)));
        Assert.Equal(1, await Platform.WithDbAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "withdrawal.made" && entry.SubjectId == done.Id.ToString())));
    }

    [StorageFact]
    public async Task Undoing_frees_what_nothing_else_holds()
    {
        var graph = LineageGraph.Random(11, 6, 80, production);
        await SaveAsync([.. graph.Assets], [.. graph.Inputs]);
        var (first, second, third) = (graph.Assets[0], graph.Assets[1], graph.Assets[20]);
        var one = await WithdrawAsync(WithdrawalSubject.Of(first.Id));
        var two = await WithdrawAsync(WithdrawalSubject.Of(second.Id));
        await TakeAsync(third.Id, quarantine: true);

        await RestoreAsync(one.Id);
        HashSet<Guid> held = [second.Id, third.Id, .. graph.DependentsOf(second.Id), .. graph.DependentsOf(third.Id)];
        Assert.Equal(held.Order(), (await QuarantinedAsync()).Order());
        // What was held by both says now by which it still is.
        foreach (var id in graph.DependentsOf(first.Id).Intersect(held).Except([second.Id, third.Id]))
            Assert.DoesNotContain($"'{first.Name}'", (await AssetAsync(id)).StateReason, StringComparison.Ordinal);

        await RestoreAsync(two.Id);
        Assert.Equal(graph.DependentsOf(third.Id).Append(third.Id).Order(), (await QuarantinedAsync()).Order());
        await TakeAsync(third.Id, quarantine: false);
        Assert.Empty(await QuarantinedAsync());
        Assert.Equal(0, await Platform.WithDbAsync(db => db.Set<Asset>().CountAsync(asset => asset.StateReason != "")));
    }

    [StorageFact]
    public async Task Any_order_of_acts_leaves_the_state_that_the_holds_call_for()
    {
        var random = new Random(5);
        var graph = LineageGraph.Random(23, 5, 40, production);
        await SaveAsync([.. graph.Assets], [.. graph.Inputs]);
        var standing = new Dictionary<Guid, Guid>();
        for (var act = 0; act < 30; act++)
        {
            var asset = graph.Assets[random.Next(graph.Assets.Count)];
            if (standing.Remove(asset.Id, out var withdrawal)) await RestoreAsync(withdrawal);
            else standing.Add(asset.Id, (await WithdrawAsync(WithdrawalSubject.Of(asset.Id))).Id);
            HashSet<Guid> expected = [.. standing.Keys, .. graph.DependentsOf([.. standing.Keys])];
            Assert.Equal(expected.Order(), (await QuarantinedAsync()).Order());
        }
    }

    [StorageFact]
    public async Task A_chain_of_two_thousand_steps_is_reached_to_its_end()
    {
        var assets = Enumerable.Range(0, 2001).Select(i => LineageGraph.Make($"link {i}", production)).ToList();
        await SaveAsync([.. assets], [.. assets.Skip(1).Select((asset, i) => new AssetInput { AssetId = asset.Id, SourceId = assets[i].Id, Part = "x", ShareMillionths = 1_000_000 })]);
        var preview = await PreviewAsync(WithdrawalSubject.Of(assets[0].Id));
        Assert.Equal(2000, preview.Affected.Dependents.Count);
        Assert.Equal(2000, preview.Affected.Dependents.Max(asset => asset.Steps));
        await WithdrawAsync(WithdrawalSubject.Of(assets[0].Id));
        Assert.Equal(2001, (await QuarantinedAsync()).Count);
    }

    [StorageFact]
    public async Task One_of_five_hundred_sources_with_two_thousand_dependents_goes_in_one_fast_act()
    {
        var sources = Enumerable.Range(0, 500).Select(i => LineageGraph.Make($"source {i}", production)).ToList();
        var random = new Random(3);
        var made = new List<Asset>();
        var inputs = new List<AssetInput>();
        for (var i = 0; i < 4000; i++)
        {
            var asset = LineageGraph.Make($"made {i}", production);
            // The first 2,000 go back to the first source, in up to some dozens of steps; the rest do not.
            var from = i == 0 || i == 2000 ? [sources[i == 0 ? 0 : 1]]
                : i < 2000 ? new[] { i < 300 ? sources[0] : made[random.Next(i)], sources[random.Next(500)] } : [made[random.Next(2000, i)], sources[1 + random.Next(499)]];
            inputs.AddRange(from.Distinct().Select(source => new AssetInput { AssetId = asset.Id, SourceId = source.Id, Part = "x", ShareMillionths = 500_000 }));
            made.Add(asset);
        }
        await SaveAsync([.. sources, .. made], [.. inputs]);
        var graph = made.Take(2000).Select(asset => asset.Id).Append(sources[0].Id).ToHashSet();
        // The first call of a process also makes EF Core compile its queries.
        await PreviewAsync(WithdrawalSubject.Of(sources[499].Id));
        var watch = Stopwatch.StartNew();
        var preview = await PreviewAsync(WithdrawalSubject.Of(sources[0].Id));
        var looked = watch.ElapsedMilliseconds;
        Assert.Equal(2000, preview.Affected.Dependents.Count);
        watch.Restart();
        await WithdrawAsync(WithdrawalSubject.Of(sources[0].Id));
        output.WriteLine($"preview {looked} ms, withdrawal {watch.ElapsedMilliseconds} ms, {preview.Affected.Dependents.Max(asset => asset.Steps)} steps at most");
        Assert.Equal(graph.Order(), (await QuarantinedAsync()).Order());
    }

    [StorageFact]
    public async Task Everything_of_an_owner_goes_and_what_was_made_of_it_is_no_source()
    {
        var (theirs, ours) = (LineageGraph.Make("theirs", production), LineageGraph.Make("ours", production));
        theirs.Owner = "Alba Pictures";
        await SaveAsync([theirs, ours], []);
        var both = await MakeAsync("both", theirs.Id, ours.Id);
        await Platform.WithDbAsync(db => db.Set<Asset>().Where(asset => asset.Id == both).ExecuteUpdateAsync(set => set.SetProperty(asset => asset.Owner, "Alba Pictures")));
        var done = await WithdrawAsync(WithdrawalSubject.Of("Alba Pictures"));
        Assert.Equal((1, 1), (done.Sources, done.Dependents));
        Assert.Equal(new[] { theirs.Id, both }.Order(), (await QuarantinedAsync()).Order());
        Assert.NotNull((await PreviewAsync(WithdrawalSubject.Of("Nobody"))).Refusal);
        Assert.Equal(1, await Platform.WithDbAsync(db => db.Set<Remake>().CountAsync(remake => remake.WithdrawalId == done.Id)));
    }

    [StorageFact]
    public async Task Work_that_uses_it_ends_and_leaves_nothing()
    {
        var (source, other) = (LineageGraph.Make("source", production), LineageGraph.Make("other", production));
        await SaveAsync([source, other], []);
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        // Deaf to cancellation, as a library in the middle of a call is: its result comes after the withdrawal.
        mix.Before = async _ =>
        {
            begun.TrySetResult();
            await goOn.Task;
        };
        var running = await SubmitAsync("running", source.Id);
        var work = Platform.Services.GetRequiredService<JobRunner>().RunAsync(running.Id, CancellationToken.None);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var queued = await SubmitAsync("queued", source.Id, other.Id);
        var apart = await SubmitAsync("apart", other.Id);
        Assert.Equal(new[] { running.Id, queued.Id }, (await PreviewAsync(WithdrawalSubject.Of(source.Id))).Reach.Jobs.Select(job => job.Id));
        var done = await WithdrawAsync(WithdrawalSubject.Of(source.Id));
        goOn.SetResult();
        await work;

        Assert.Equal(2, done.StoppedJobs);
        Assert.Equal(JobState.Cancelled, (await Platform.JobAsync(running.Id)).State);
        Assert.Equal(JobState.Cancelled, (await Platform.JobAsync(queued.Id)).State);
        Assert.Equal(JobState.Queued, (await Platform.JobAsync(apart.Id)).State);
        Assert.Equal(0, await Platform.WithDbAsync(db => db.Set<Asset>().CountAsync(asset => asset.JobId == running.Id)));
        // And nobody starts it again.
        var again = await Platform.WithAsync((RunAgain run) => run.HandleAsync(queued.Id, TestPlatform.Artist, CancellationToken.None));
        Assert.Equal(JobState.Refused, again.Job!.State);
    }

    [StorageFact]
    public async Task Work_is_made_again_without_the_source_step_by_step_as_it_is_accepted()
    {
        var (gone, kept) = (LineageGraph.Make("gone", production), LineageGraph.Make("kept", production));
        await SaveAsync([gone, kept], []);
        var near = await MakeAsync("near", gone.Id, kept.Id);
        var far = await MakeAsync("far", near, kept.Id);
        var lost = await MakeAsync("lost", gone.Id);
        var done = await WithdrawAsync(WithdrawalSubject.Of(gone.Id));
        await QueueAsync(done.Id);

        var pairs = await PairsAsync(done.Id);
        Assert.Equal(RemakeState.Queued, pairs.Single(pair => pair.Old.Id == near).Remake.State);
        Assert.Equal(RemakeState.Waiting, pairs.Single(pair => pair.Old.Id == far).Remake.State);
        Assert.Equal((RemakeState.Impossible, "nothing is left to mix"), pairs.Where(pair => pair.Old.Id == lost).Select(pair => (pair.Remake.State, pair.Remake.Note)).Single());
        Assert.NotNull((await ReviewAsync(done.Id, near, accept: true)).Refusal);

        await RunQueuedAsync();
        var first = (await PairsAsync(done.Id)).Single(pair => pair.Old.Id == near);
        Assert.True(first.IsReviewable);
        Assert.Equal((first.OldJob.Seed, first.OldJob.ParametersJson, first.OldJob.Recipe), (first.NewJob!.Seed, first.NewJob.ParametersJson, first.NewJob.Recipe));
        Assert.Null((await ReviewAsync(done.Id, near, accept: true)).Refusal);
        Assert.Contains((near, first.Made!.Id), mix.Placed);
        Assert.NotNull((await ReviewAsync(done.Id, near, accept: false)).Refusal);

        await QueueAsync(done.Id);
        await RunQueuedAsync();
        var second = (await PairsAsync(done.Id)).Single(pair => pair.Old.Id == far);
        var inputs = await Platform.WithDbAsync(db => db.Set<AssetInput>().Where(input => input.AssetId == second.Made!.Id).Select(input => input.SourceId).ToListAsync());
        Assert.Equal(new[] { first.Made.Id, kept.Id }.Order(), inputs.Order());
        Assert.Null((await ReviewAsync(done.Id, far, accept: false)).Refusal);
        Assert.Equal(AssetState.Quarantined, (await AssetAsync(far)).State);
        Assert.All(await PairsAsync(done.Id), pair => Assert.True(pair.Remake.State is RemakeState.Reviewed or RemakeState.Impossible));
    }

    [StorageFact]
    public async Task Undoing_drops_what_was_to_be_made_again()
    {
        var (gone, kept) = (LineageGraph.Make("gone", production), LineageGraph.Make("kept", production));
        await SaveAsync([gone, kept], []);
        var made = await MakeAsync("made", gone.Id, kept.Id);
        var done = await WithdrawAsync(WithdrawalSubject.Of(gone.Id));
        await QueueAsync(done.Id);
        await RestoreAsync(done.Id);
        var pair = Assert.Single(await PairsAsync(done.Id));
        Assert.Equal((RemakeState.Dropped, JobState.Cancelled), (pair.Remake.State, pair.NewJob!.State));
        Assert.Equal(AssetState.Active, (await AssetAsync(made)).State);
        Assert.NotNull((await ReviewAsync(done.Id, made, accept: true)).Refusal);
        Assert.NotNull((await Platform.WithAsync((RestoreWithdrawal restore) => restore.HandleAsync(new(done.Id, "again"), TestPlatform.Counsel, CancellationToken.None))).Refusal);
    }

    [StorageFact]
    public async Task Only_counsel_and_owner_may_and_only_with_a_reason()
    {
        var source = LineageGraph.Make("source", production);
        await SaveAsync([source], []);
        foreach (var role in Roles.All.Except(WithdrawSource.ForRoles))
            Assert.Equal(RefusalKind.NotAllowed, (await TryWithdrawAsync(source.Id, "because", TestPlatform.Artist with { Roles = [role] })).Refusal!.Kind);
        foreach (var reason in new[] { "", "  ", new string('x', 1001) })
            Assert.Equal(RefusalKind.Invalid, (await TryWithdrawAsync(source.Id, reason, TestPlatform.Counsel)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await TryWithdrawAsync(Guid.NewGuid(), "because", TestPlatform.Counsel)).Refusal!.Kind);
        Assert.Empty(await QuarantinedAsync());
        Assert.Null((await TryWithdrawAsync(source.Id, "because", TestPlatform.Counsel with { Roles = [Roles.Owner] })).Refusal);
        Assert.Equal(RefusalKind.Conflict, (await TryWithdrawAsync(source.Id, "because", TestPlatform.Counsel)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Conflict, (await Platform.WithAsync((TakeDown take) => take.HandleAsync(new(source.Id, false, "put back"), TestPlatform.Artist, CancellationToken.None))).Refusal!.Kind);
    }

    private Task<int> SaveAsync(IEnumerable<Asset> assets, IEnumerable<AssetInput> inputs) => Platform.WithDbAsync(db =>
    {
        db.AddRange(assets);
        db.AddRange(inputs);
        return db.SaveChangesAsync();
    });

    private Task<WithdrawalPreview> PreviewAsync(WithdrawalSubject subject) =>
        Platform.WithAsync((PreviewWithdrawal preview) => preview.HandleAsync(subject, TestPlatform.Counsel, CancellationToken.None));

    private Task<WithdrawSourceResult> TryWithdrawAsync(Guid source, string reason, Actor actor) =>
        Platform.WithAsync((WithdrawSource withdraw) => withdraw.HandleAsync(new(WithdrawalSubject.Of(source), reason), actor, CancellationToken.None));

    private async Task<WithdrawalRecord> WithdrawAsync(WithdrawalSubject subject)
    {
        var result = await Platform.WithAsync((WithdrawSource withdraw) => withdraw.HandleAsync(new(subject, "the licence ended"), TestPlatform.Counsel, CancellationToken.None));
        Assert.Null(result.Refusal);
        return result.Withdrawal!;
    }

    private async Task RestoreAsync(Guid id) =>
        Assert.Null((await Platform.WithAsync((RestoreWithdrawal restore) => restore.HandleAsync(new(id, "made in error"), TestPlatform.Counsel, CancellationToken.None))).Refusal);

    private async Task TakeAsync(Guid asset, bool quarantine) =>
        Assert.Null((await Platform.WithAsync((TakeDown take) => take.HandleAsync(new(asset, quarantine, "asked for"), TestPlatform.Artist, CancellationToken.None))).Refusal);

    private Task<ReviewRemakeResult> ReviewAsync(Guid withdrawal, Guid old, bool accept) =>
        Platform.WithAsync((ReviewRemake review) => review.HandleAsync(new(withdrawal, old, accept), TestPlatform.Counsel, CancellationToken.None));

    private Task<IReadOnlyList<RemakePair>> PairsAsync(Guid withdrawal) => Platform.WithAsync((RemakePairs pairs) => pairs.ReadAsync(withdrawal, CancellationToken.None));

    private Task<int> QueueAsync(Guid withdrawal) => Platform.WithAsync((QueueRemakes queue) => queue.HandleAsync(withdrawal, 100, CancellationToken.None));

    private Task<Asset> AssetAsync(Guid id) => Platform.WithDbAsync(db => db.Set<Asset>().AsNoTracking().FirstAsync(asset => asset.Id == id));

    private Task<List<Guid>> QuarantinedAsync() => Platform.WithDbAsync(db => db.Set<Asset>().Where(asset => asset.State == AssetState.Quarantined).Select(asset => asset.Id).ToListAsync());

    private async Task<Job> SubmitAsync(string name, params Guid[] sources)
    {
        var wish = new SubmitJob(mix.Name, production, name, [.. sources.Select(source => new SubmitInput("source", source))], [], 42, Use.Ideation, new Declarations());
        var result = await Platform.WithAsync((JobDesk desk) => desk.SubmitAsync(wish, TestPlatform.Artist, CancellationToken.None));
        Assert.True(result.Job is { State: JobState.Queued or JobState.AwaitingClearance }, result.Problem);
        if (result.Job.State == JobState.AwaitingClearance)
            await Platform.WithDbAsync(db => db.Set<Job>().Where(job => job.Id == result.Job.Id).ExecuteUpdateAsync(set => set.SetProperty(job => job.State, JobState.Queued)));
        return result.Job;
    }

    private async Task<Guid> MakeAsync(string name, params Guid[] sources)
    {
        var job = await SubmitAsync(name, sources);
        await Platform.Services.GetRequiredService<JobRunner>().RunAsync(job.Id, CancellationToken.None);
        return await Platform.WithDbAsync(db => db.Set<Asset>().Where(asset => asset.JobId == job.Id).Select(asset => asset.Id).SingleAsync());
    }

    private async Task RunQueuedAsync()
    {
        await Platform.WithDbAsync(db => db.Set<Job>().Where(job => job.State == JobState.AwaitingClearance).ExecuteUpdateAsync(set => set.SetProperty(job => job.State, JobState.Queued)));
        foreach (var id in await Platform.WithDbAsync(db => db.Set<Job>().Where(job => job.State == JobState.Queued).Select(job => job.Id).ToListAsync()))
            await Platform.Services.GetRequiredService<JobRunner>().RunAsync(id, CancellationToken.None);
    }
}

public sealed class SqliteWithdrawalTests(ITestOutputHelper output) : WithdrawalSuite(output)
{
    protected override Task<StorageOptions> NewDatabaseAsync() => Task.FromResult(new StorageOptions());
}

[NeedsPostgres]
public sealed class PostgresWithdrawalTests(PostgresServer server, ITestOutputHelper output) : WithdrawalSuite(output), IClassFixture<PostgresServer>
{
    protected override async Task<StorageOptions> NewDatabaseAsync() => new() { Postgres = await server.NewDatabaseAsync() };
}
