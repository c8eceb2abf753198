using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Titles;

/// <summary>A page of the catalogue in the order of slugs.</summary>
/// <param name="After">The last slug of the page before; empty for the first page.</param>
/// <param name="Limit">How many, 1 to 200.</param>
public sealed record ListTitlesRequest(string After = "", int Limit = 50)
{
    /// <summary>Only this genre; none for all.</summary>
    public string? Genre { get; init; }
}

/// <summary>One page.</summary>
/// <param name="Titles">In the order of slugs.</param>
/// <param name="Next">What to ask the next page with; none at the end.</param>
public sealed record ListTitlesResult(IReadOnlyList<Title> Titles, string? Next);

/// <summary>Pages through the catalogue by key, so that a late page costs no more than the first.</summary>
/// <param name="db">Records.</param>
public sealed class ListTitles(AnswerprintDb db)
{
    /// <summary>Reads one page; everybody who is signed in may.</summary>
    public async Task<ListTitlesResult> HandleAsync(ListTitlesRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var limit = Math.Clamp(request.Limit, 1, 200);
        var query = db.Set<Title>().AsNoTracking().Where(title => string.Compare(title.Slug, request.After) > 0);
        if (request.Genre is { } genre) query = query.Where(title => title.Genre == genre);
        var titles = await query.OrderBy(title => title.Slug).Take(limit).ToListAsync(cancellationToken);
        return new(titles, titles.Count == limit ? titles[^1].Slug : null);
    }
}
