using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Titles;

/// <summary>A genre of the catalogue.</summary>
/// <param name="Name">Empty for titles whose genre is not known.</param>
/// <param name="Titles">How many titles it has.</param>
public sealed record Genre(string Name, int Titles);

/// <summary>Lists the genres of the catalogue, the largest first, the unknown one last.</summary>
/// <param name="db">Records.</param>
public sealed class ListGenres(AnswerprintDb db)
{
    /// <summary>Counts; everybody who is signed in may.</summary>
    public async Task<IReadOnlyList<Genre>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var genres = await db.Set<Title>().GroupBy(title => title.Genre)
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        return [.. genres.Select(genre => new Genre(genre.Key, genre.Count))
            .OrderBy(genre => genre.Name.Length == 0).ThenByDescending(genre => genre.Titles).ThenBy(genre => genre.Name, StringComparer.Ordinal)];
    }
}
