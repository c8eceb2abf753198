using System.Text.Json.Nodes;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Storage.Migrations;
using Answerprint.Platform.Tests.Jobs;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Tests.Storage;

/// <summary>What the platform asks of its records, whatever database keeps them. Each database has one class that runs it.</summary>
public abstract class StorageSuite : IAsyncLifetime
{
    private const int Writers = 8;
    private const int EntriesEach = 20;
    private const int Claimers = 16;
    private readonly ScriptedRecipe recipe = new();
    private TestPlatform? platform;

    /// <summary>The end of the names of the frozen files.</summary>
    protected abstract string Dialect { get; }

    /// <summary>An empty database.</summary>
    protected abstract Task<StorageOptions> NewDatabaseAsync();

    public virtual async Task InitializeAsync() => platform = await StartAsync();

    public virtual async Task DisposeAsync()
    {
        if (platform is not null) await platform.DisposeAsync();
    }

    private TestPlatform Platform => platform!;

    [StorageFact]
    public async Task Migrations_apply_from_empty_and_again_without_effect()
    {
        var before = await Platform.WithDbAsync(SchemaLines.OfAsync);
        Assert.NotEmpty(before);
        await Platform.Services.GetRequiredService<DatabaseSetup>().MigrateAsync(CancellationToken.None);
        Assert.Equal(before, await Platform.WithDbAsync(SchemaLines.OfAsync));
        Assert.Empty(await Platform.WithDbAsync(db => db.Database.GetPendingMigrationsAsync()));
        Assert.Equal(await Platform.WithDbAsync(db => Task.FromResult(db.Database.GetMigrations().ToList())), await Platform.WithDbAsync(async db => (await db.Database.GetAppliedMigrationsAsync()).ToList()));
    }

    [StorageFact]
    public async Task The_frozen_sql_makes_the_schema_of_the_model()
    {
        var frozen = await Platform.WithDbAsync(SchemaLines.OfAsync);
        await using var db = await EmptyAsync();
        await db.Database.EnsureCreatedAsync();
        var model = await SchemaLines.OfAsync(db);
        if (frozen.SetEquals(model)) return;

        var newest = db.Database.GetMigrations().Last();
        var script = Path.Combine(Directory.CreateTempSubdirectory("answerprint-refreeze-").FullName, $"{newest}.{Dialect}.sql");
        await File.WriteAllTextAsync(script, db.Database.GenerateCreateScript());
        Assert.Fail($"""
            The frozen SQL and the model differ ({Dialect}):
            {string.Join('\n', model.Except(frozen).Select(line => $"  only in the model:  {line}"))}
            {string.Join('\n', frozen.Except(model).Select(line => $"  only in the frozen: {line}"))}
            To refreeze before a release: copy {script}, which is GenerateCreateScript() of the model, over src/Answerprint.Platform/Storage/Migrations/{newest}.{Dialect}.sql.
            After a release that migration stays as it is: add a new one of class {nameof(FrozenSql)} with a file for each database.
            """);
    }

    [StorageFact]
    public async Task A_schema_that_is_not_the_models_is_seen()
    {
        var before = await Platform.WithDbAsync(SchemaLines.OfAsync);
        foreach (var change in new[] { """ALTER TABLE titles ADD COLUMN "Stray" integer NULL""", """DROP INDEX "IX_titles_Slug" """, """CREATE INDEX "IX_stray" ON jobs ("Name")""" })
        {
            await Platform.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(change));
            var after = await Platform.WithDbAsync(SchemaLines.OfAsync);
            Assert.False(before.SetEquals(after), change);
            before = after;
        }
    }

    [StorageFact]
    public async Task Every_entity_comes_back_as_it_was_stored()
    {
        var types = await TypesAsync();
        Assert.True(types.Count >= 20, $"the model has only {types.Count} entities");
        foreach (var extremes in Enum.GetValues<Extremes>())
        {
            await using var fresh = await StartAsync();
            var samples = new SampleRows(extremes);
            foreach (var type in types)
            {
                var rows = samples.With(type);
                await AddAsync(fresh, rows);
                await using var scope = fresh.Services.CreateAsyncScope();
                var read = await scope.ServiceProvider.GetRequiredService<AnswerprintDb>().FindAsync(type.ClrType, SampleRows.KeyOf(type, rows[^1]));
                Assert.True(read is not null, $"{type.ClrType.Name} ({extremes}) is not found again");
                foreach (var (name, value) in SampleRows.ValuesOf(type, rows[^1]))
                    Assert.True(Equals(value, SampleRows.ValuesOf(type, read)[name]), $"{type.ClrType.Name}.{name} ({extremes}): {Shown(value)} came back as {Shown(SampleRows.ValuesOf(type, read)[name])}");
            }
        }
    }

    [StorageFact]
    public async Task Instants_order_and_compare_by_the_microsecond()
    {
        var noon = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        DateTimeOffset[] instants = [noon.AddTicks(10), noon, noon.AddTicks(-10), DateTimeOffset.UnixEpoch.AddTicks(-10)];
        await AddAsync(Platform, [.. instants.Select((at, i) => (object)new Title { Id = Guid.CreateVersion7(), Slug = $"t{i}", Name = "", AddedAt = at })]);
        Assert.Equal(instants.Order(), await Platform.WithDbAsync(db => db.Set<Title>().OrderBy(title => title.AddedAt).Select(title => title.AddedAt).ToListAsync()));
        Assert.Equal(1, await Platform.WithDbAsync(db => db.Set<Title>().CountAsync(title => title.AddedAt > noon)));
        Assert.Equal(2, await Platform.WithDbAsync(db => db.Set<Title>().CountAsync(title => title.AddedAt >= noon)));
    }

    [StorageFact]
    public async Task Unique_indexes_refuse_a_double()
    {
        var indexes = (await TypesAsync()).SelectMany(type => type.GetIndexes()).Where(index => index.IsUnique).ToList();
        Assert.True(indexes.Count >= 7, $"the model has only {indexes.Count} unique indexes");
        var samples = new SampleRows(Extremes.Largest);
        foreach (var index in indexes)
        {
            var type = index.DeclaringEntityType;
            var (first, second, third) = (samples.With(type), samples.With(type), samples.With(type));
            // Distinct rows are taken, so it is the index that refuses the third.
            await AddAsync(Platform, [.. first, .. second]);
            foreach (var property in index.Properties) property.PropertyInfo!.SetValue(third[^1], property.PropertyInfo.GetValue(first[^1]));
            var refused = await Record.ExceptionAsync(() => AddAsync(Platform, third));
            Assert.True(refused is DbUpdateException, $"{type.ClrType.Name} took a double of ({string.Join(", ", index.Properties.Select(property => property.Name))})");
        }
    }

    [StorageFact]
    public async Task Deletes_take_what_belongs_and_stop_where_something_was_made_from_it()
    {
        var keys = (await TypesAsync()).SelectMany(type => type.GetForeignKeys()).ToList();
        var kept = keys.Where(key => key.DeleteBehavior != DeleteBehavior.Cascade).Select(key => $"{key.DeclaringEntityType.ClrType.Name}.{key.Properties[0].Name}");
        Assert.Equal(["AssetInput.SourceId", "Release.AssetId", "StudioDraft.JobId"], kept.Order());
        var samples = new SampleRows(Extremes.Largest);
        foreach (var key in keys)
        {
            var rows = samples.With(key.DeclaringEntityType);
            await AddAsync(Platform, rows);
            var dependent = rows[^1];
            object?[] principal = [.. key.Properties.Select(property => property.PropertyInfo!.GetValue(dependent))];
            var refused = await Record.ExceptionAsync(() => Platform.WithDbAsync(async db =>
            {
                db.Remove((await db.FindAsync(key.PrincipalEntityType.ClrType, principal))!);
                return await db.SaveChangesAsync();
            }));
            var left = await Platform.WithDbAsync(async db => await db.FindAsync(key.DeclaringEntityType.ClrType, SampleRows.KeyOf(key.DeclaringEntityType, dependent)));
            var name = $"{key.DeclaringEntityType.ClrType.Name}.{key.Properties[0].Name}";
            if (key.DeleteBehavior == DeleteBehavior.Cascade) Assert.True(refused is null && left is null, $"{name} outlived what it belongs to: {refused?.InnerException?.Message}");
            else Assert.True(refused is DbUpdateException && left is not null, $"{name} did not stop the delete");
        }
    }

    [StorageFact]
    public async Task The_audit_of_many_writers_has_no_gap_and_verifies()
    {
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < EntriesEach; i++)
            {
                await using var scope = Platform.Services.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<AnswerprintDb>();
                await using var transaction = await db.Database.BeginTransactionAsync();
                var details = new JsonObject { ["n"] = i, ["text"] = "\"日本\" \\ \u2028" };
                await scope.ServiceProvider.GetRequiredService<AuditTrail>().AppendAsync(db, TestPlatform.Artist, "suite.wrote", "writer", writer.ToString(), details, CancellationToken.None);
                await db.SaveChangesAsync();
                // Every fourth changes its mind: a transaction that is rolled back leaves no gap.
                if (i % 4 != 3) await transaction.CommitAsync();
            }
        })));
        var numbers = await Platform.WithDbAsync(db => db.Set<AuditEntry>().OrderBy(entry => entry.Number).Select(entry => entry.Number).ToListAsync());
        Assert.Equal(Enumerable.Range(1, Writers * EntriesEach * 3 / 4).Select(number => (long)number), numbers);
        Assert.Null(await Platform.WithDbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)));

        await Platform.WithDbAsync(db => db.Set<AuditEntry>().Where(entry => entry.Number == 17).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ActorName, "Somebody else")));
        Assert.Equal(17, await Platform.WithDbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)));
        await Platform.WithDbAsync(db => db.Set<AuditEntry>().Where(entry => entry.Number == 17).ExecuteDeleteAsync());
        Assert.Equal(18, await Platform.WithDbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)));
    }

    [StorageFact]
    public async Task A_job_is_taken_by_exactly_one_of_many_workers()
    {
        var production = (await Platform.AddProductionAsync()).Id;
        var release = new TaskCompletionSource();
        recipe.Script = async (_, cancellationToken) =>
        {
            await release.Task.WaitAsync(cancellationToken);
            return "made";
        };
        var wish = new SubmitJob(recipe.Name, production, "Contended", [], [], 1, Use.Ideation, new Declarations());
        var job = (await Platform.WithAsync((JobDesk desk) => desk.SubmitAsync(wish, TestPlatform.Artist, CancellationToken.None))).Job!;
        var runner = Platform.Services.GetRequiredService<JobRunner>();
        var runs = Enumerable.Range(0, Claimers).Select(_ => Task.Run(() => runner.RunAsync(job.Id, CancellationToken.None))).ToList();
        // All but the one that works come back with nothing while it works.
        var open = runs.ToList();
        while (open.Count > 1)
        {
            var ended = await Task.WhenAny(open);
            await ended;
            open.Remove(ended);
        }
        Assert.Equal((JobState.Running, 1), await StateAsync(job.Id));
        release.SetResult();
        await Task.WhenAll(runs);
        Assert.Equal((JobState.Done, 1), await StateAsync(job.Id));
        Assert.Equal(1, recipe.Runs);
        Assert.Equal(1, await Platform.WithDbAsync(db => db.Set<Asset>().CountAsync(asset => asset.JobId == job.Id)));
    }

    [StorageFact]
    public async Task The_same_wish_at_the_same_moment_becomes_one_job()
    {
        var production = (await Platform.AddProductionAsync()).Id;
        var wish = new SubmitJob(recipe.Name, production, "Twice", [], [], 1, Use.Ideation, new Declarations());
        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => Record.ExceptionAsync(() =>
            Platform.WithAsync((JobDesk desk) => desk.SubmitAsync(wish, TestPlatform.Artist, CancellationToken.None))))));
        // A loser of the race may be told by the unique index; what may not be is a second job.
        Assert.All(answers, answer => Assert.True(answer is null or DbUpdateException, answer?.ToString()));
        Assert.Contains(null, answers);
        Assert.Equal(1, await Platform.WithDbAsync(db => db.Set<Job>().CountAsync()));
        Assert.Null(await Platform.WithDbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)));
    }

    private async Task<TestPlatform> StartAsync() => await TestPlatform.StartAsync(services => services
        .AddSingleton<IRecipe>(recipe).AddScoped<JobEndings>().AddSingleton<JobRunner>().AddSingleton(Options.Create(new JobOptions())), await NewDatabaseAsync());

    private async Task<AnswerprintDb> EmptyAsync()
    {
        var builder = new DbContextOptionsBuilder<AnswerprintDb>();
        StorageServices.Configure(builder, new DataFolder(Path.Combine(Platform.Folder.Root, "empty")), await NewDatabaseAsync());
        return new AnswerprintDb(builder.Options);
    }

    private Task<List<IEntityType>> TypesAsync() => Platform.WithDbAsync(db => Task.FromResult(db.Model.GetEntityTypes().Where(type => !type.IsOwned()).ToList()));

    private Task<(JobState State, int Attempts)> StateAsync(Guid id) => Platform.WithDbAsync(async db =>
    {
        var job = await db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == id);
        return (job.State, job.Attempts);
    });

    private static Task<int> AddAsync(TestPlatform platform, List<object> rows) => platform.WithDbAsync(db =>
    {
        db.AddRange(rows);
        return db.SaveChangesAsync();
    });

    private static string Shown(object? value) => value?.ToString() is { } text ? text.Length <= 80 ? $"'{text}'" : $"'{text[..80]}…' of {text.Length} characters" : "nothing";
}
