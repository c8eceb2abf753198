using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Titles.Import;

/// <summary>A film list to bring into the catalogue as titles without footage.</summary>
/// <param name="File">The list, opened by the caller.</param>
public sealed record ImportCatalogueRequest(Stream File)
{
    /// <summary>What the file may hold.</summary>
    public CatalogueLimits Limits { get; init; } = new();
}

/// <summary>What an import did, or why it did nothing.</summary>
/// <param name="Refusal">Why nothing was imported; none where the import went through.</param>
public sealed record ImportCatalogueResult(string? Refusal)
{
    /// <summary>Titles that are new.</summary>
    public int Added { get; init; }

    /// <summary>Titles that an earlier import had brought; they were left as they are.</summary>
    public int Known { get; init; }

    /// <summary>Records that repeat another one of the file.</summary>
    public int Repeated { get; init; }

    /// <summary>Records without a name.</summary>
    public int Nameless { get; init; }

    /// <summary>Dates that cannot be believed and are now unknown.</summary>
    public int DatesDropped { get; init; }

    /// <summary>Names whose letters or article were put right.</summary>
    public int NamesRepaired { get; init; }
}

/// <summary>Imports the film list in one transaction; a second import of the same list changes nothing.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">When titles enter the catalogue.</param>
public sealed class ImportCatalogue(AnswerprintDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Where the facts of imported titles are said to come from.</summary>
    public const string Source = "vega-datasets movies.json";

    /// <summary>Runs the import. A file that is no such list, or an actor who may not, is a refusal.</summary>
    public async Task<ImportCatalogueResult> HandleAsync(ImportCatalogueRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAny(Roles.Owner, Roles.Producer, Roles.Engineer)) return new("importing a catalogue takes the role owner, producer or engineer");
        IReadOnlyList<MovieRecord> records;
        try
        {
            records = await MovieListReader.ReadAsync(request.File, request.Limits, cancellationToken);
        }
        catch (CatalogueFormatException failure)
        {
            return new(failure.Message);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var result = await AddNewAsync(records, cancellationToken);
        if (result.Added > 0)
        {
            var details = new JsonObject { ["source"] = Source, ["added"] = result.Added };
            await audit.AppendAsync(db, actor, "catalogue.imported", "catalogue", Source, details, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private async Task<ImportCatalogueResult> AddNewAsync(IReadOnlyList<MovieRecord> records, CancellationToken cancellationToken)
    {
        var titles = await db.Set<Title>().AsNoTracking()
            .Select(title => new { title.Slug, title.Name, title.ReleasedAt, title.FactsFrom }).ToListAsync(cancellationToken);
        var slugs = titles.Select(title => title.Slug).ToHashSet(StringComparer.Ordinal);
        var known = titles.Where(title => title.FactsFrom == Source).Select(title => (title.Name, title.ReleasedAt)).ToHashSet();
        var seen = new HashSet<(string, DateTimeOffset?)>();
        var (now, result) = (clock.GetUtcNow(), new ImportCatalogueResult((string?)null));
        foreach (var record in records)
        {
            if (MovieFacts.From(record) is not { } facts)
            {
                result = result with { Nameless = result.Nameless + 1 };
                continue;
            }
            // Two films may share a name (Ben-Hur, King Kong): the same film is the same name on the same day.
            if (!seen.Add((facts.Name, facts.ReleasedAt)))
            {
                result = result with { Repeated = result.Repeated + 1 };
                continue;
            }
            result = result with
            {
                DatesDropped = result.DatesDropped + (facts.DateDropped ? 1 : 0),
                NamesRepaired = result.NamesRepaired + (facts.NameRepaired ? 1 : 0),
            };
            if (known.Contains((facts.Name, facts.ReleasedAt)))
            {
                result = result with { Known = result.Known + 1 };
                continue;
            }
            var slug = TitleSlug.Unique(facts.Name, facts.ReleasedAt?.Year, slugs.Contains);
            slugs.Add(slug);
            db.Add(NewTitle(facts, slug, now));
            result = result with { Added = result.Added + 1 };
        }
        return result;
    }

    private static Title NewTitle(MovieFacts facts, string slug, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Slug = slug,
        Name = facts.Name,
        ReleasedAt = facts.ReleasedAt,
        RuntimeMinutes = facts.RuntimeMinutes,
        Genre = facts.Genre,
        Director = facts.Director,
        Distributor = facts.Distributor,
        Rating = facts.Rating,
        FactsFrom = Source,
        AddedAt = now,
    };
}
