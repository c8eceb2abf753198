using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Answerprint.Platform.Titles.Import;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Sample;

/// <summary>Puts the sample production and the catalogue on record. Each step looks whether it was done before.</summary>
internal sealed class SampleSeed(IServiceScopeFactory scopes)
{
    public const string Crew = "Sample crew (automatic)";
    public const string Reviewer = "Sample reviewer (automatic)";

    public Task<Actor> CrewAsync(CancellationToken cancellationToken) =>
        InScopeAsync((ServiceAccounts accounts) => accounts.EnsureAsync(Crew, [Roles.Producer, Roles.Artist, Roles.Marketing], cancellationToken));

    /// <summary>A second service, since nobody approves a request of their own.</summary>
    public Task<Actor> ReviewerAsync(CancellationToken cancellationToken) =>
        InScopeAsync((ServiceAccounts accounts) => accounts.EnsureAsync(Reviewer, [Roles.Producer, Roles.Counsel], cancellationToken));

    /// <summary>Production, title, scenes and shots.</summary>
    public async Task<(Production Production, Title Title)> PlaceAsync(SampleDescription sample, Actor crew, CancellationToken cancellationToken)
    {
        var production = await InScopeAsync((AnswerprintDb db) => db.Set<Production>().FirstOrDefaultAsync(production => production.Code == sample.Production.Code, cancellationToken))
            ?? Require(await InScopeAsync((CreateProduction create) => create.HandleAsync(new CreateProductionRequest(sample.Production.Code, sample.Production.Name, IsSample: true), crew, cancellationToken)));
        var title = await InScopeAsync((AnswerprintDb db) => db.Set<Title>().FirstOrDefaultAsync(title => title.ProductionId == production.Id, cancellationToken))
            ?? await AddTitleAsync(sample, production, crew, cancellationToken);
        foreach (var (scene, shot) in sample.Scenes.SelectMany(scene => scene.Shots.Select(shot => (scene, shot))))
        {
            var code = CodeOf(sample, scene, shot);
            if (await InScopeAsync((AnswerprintDb db) => db.Set<Shot>().AnyAsync(other => other.Code == code, cancellationToken))) continue;
            var request = new AddShotRequest(production.Id, scene.Number, scene.Name, shot.Number, $"{shot.Name}. {shot.Description.Trim()}");
            var added = await InScopeAsync((AddShot add) => add.HandleAsync(request, crew, cancellationToken));
            if (added.Shot is null) throw new SampleException(added.Problem);
        }
        return (production, title);
    }

    /// <summary>The shots' footage, as ingest jobs.</summary>
    public async Task<IReadOnlyList<Guid>> IngestAsync(SampleDescription sample, string folder, Production production, Actor crew, CancellationToken cancellationToken)
    {
        var jobs = new List<Guid>();
        foreach (var (scene, shot) in sample.Scenes.SelectMany(scene => scene.Shots.Select(shot => (scene, shot))))
        {
            var code = CodeOf(sample, scene, shot);
            var found = await InScopeAsync((AnswerprintDb db) => db.Set<Shot>().FirstAsync(other => other.Code == code, cancellationToken));
            if (await InScopeAsync((AnswerprintDb db) => db.Set<ShotVersion>().AnyAsync(version => version.ShotId == found.Id, cancellationToken))) continue;
            await using var file = File.OpenRead(Path.Combine(folder, shot.File));
            var blob = await InScopeAsync((BlobStore blobs) => blobs.AddAsync(file, cancellationToken));
            var rights = new IngestRights(
                sample.Rights.Owner, RightsKind.StaffMade, sample.Rights.Licence, Performers: PerformerPresence.None, DigitalSource: "digitalCreation");
            var request = new IngestFileRequest(production.Id, [new IngestedFile(shot.File, blob.Sha256)], rights, found.Id) { Name = shot.Name, Priority = 5 };
            var submitted = await InScopeAsync((IngestFile ingest) => ingest.HandleAsync(request, crew, cancellationToken));
            jobs.Add(submitted.Job?.Id ?? throw new SampleException(submitted.Problem));
        }
        return jobs;
    }

    /// <summary>Real film facts without footage, where the build has them.</summary>
    public async Task<int> ImportCatalogueAsync(Actor crew, CancellationToken cancellationToken)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "catalogue", "movies.json");
        if (!File.Exists(path)) return 0;
        if (await InScopeAsync((AnswerprintDb db) => db.Set<Title>().AnyAsync(title => title.FactsFrom == ImportCatalogue.Source, cancellationToken))) return 0;
        await using var file = File.OpenRead(path);
        var result = await InScopeAsync((ImportCatalogue import) => import.HandleAsync(new ImportCatalogueRequest(file), crew, cancellationToken));
        return result.Refusal is null ? result.Added : throw new SampleException(result.Refusal);
    }

    public async Task<T> InScopeAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private static string CodeOf(SampleDescription sample, SampleScene scene, SampleShot shot) => $"{sample.Production.Code}_{scene.Number}_{shot.Number}";

    private async Task<Title> AddTitleAsync(SampleDescription sample, Production production, Actor crew, CancellationToken cancellationToken)
    {
        var added = await InScopeAsync((AddTitle add) => add.HandleAsync(new AddTitleRequest(sample.Title.Name)
        {
            ProductionId = production.Id,
            ReleasedAt = new DateTimeOffset(sample.Title.Year, 1, 1, 0, 0, 0, TimeSpan.Zero),
            RuntimeMinutes = 1,
            Genre = sample.Title.Genres.FirstOrDefault() ?? "",
            Director = sample.Title.People.FirstOrDefault(person => person.Credit == "director")?.Name ?? "",
            Logline = sample.Title.Logline.Trim(),
            Synopsis = sample.Title.Synopsis.Trim(),
            FactsFrom = "the sample production that Answerprint brings",
        }, crew, cancellationToken));
        return added.Title ?? throw new SampleException(added.Refusal ?? "the title was not added");
    }

    private static Production Require(CreateProductionResult result) => result.Production ?? throw new SampleException(result.Problem);
}
