using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Titles;

/// <summary>Words of a name, or beginnings of words.</summary>
/// <param name="Text">What was typed; at most <see cref="SearchTitles.MaxTextLength"/> characters are looked at.</param>
public sealed record SearchTitlesRequest(string Text)
{
    /// <summary>How many titles at most, 1 to 100.</summary>
    public int Limit { get; init; } = 40;
}

/// <summary>The titles found.</summary>
/// <param name="Titles">Names that begin with what was typed first, then by name.</param>
/// <param name="HasMore">Whether the limit cut some off.</param>
public sealed record SearchTitlesResult(IReadOnlyList<Title> Titles, bool HasMore);

/// <summary>Finds titles all of whose typed words begin a word of the name. Letters are folded, so <c>leon</c> finds <c>Léon</c>.</summary>
/// <param name="db">Records.</param>
public sealed class SearchTitles(AnswerprintDb db)
{
    /// <summary>Characters of a search that are looked at.</summary>
    public const int MaxTextLength = 100;

    private const int MaxWords = 8;

    /// <summary>Searches; everybody who is signed in may. Nothing typed finds nothing.</summary>
    public async Task<SearchTitlesResult> HandleAsync(SearchTitlesRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var limit = Math.Clamp(request.Limit, 1, 100);
        var typed = request.Text.Length > MaxTextLength ? request.Text[..MaxTextLength] : request.Text;
        if (!typed.Any(char.IsLetterOrDigit)) return new([], false);

        // A slug is the folded name, word by word: it holds only letters, digits and hyphens, so a pattern needs no escapes.
        var folded = TitleSlug.From(typed);
        var query = db.Set<Title>().AsNoTracking();
        foreach (var word in folded.Split('-', MaxWords + 1).Take(MaxWords))
        {
            var (first, later) = (word + "%", "%-" + word + "%");
            query = query.Where(title => EF.Functions.Like(title.Slug, first) || EF.Functions.Like(title.Slug, later));
        }
        var beginning = folded + "%";
        var found = await query.OrderByDescending(title => EF.Functions.Like(title.Slug, beginning)).ThenBy(title => title.Slug)
            .Take(limit + 1).ToListAsync(cancellationToken);
        return new(found.Count > limit ? found.GetRange(0, limit) : found, found.Count > limit);
    }
}
