using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Library.Words;

/// <summary>
/// An inverted index of words in a table of its own, ranked by Okapi BM25 (Robertson and Zaragoza 2009). The full-text engines of SQLite and PostgreSQL
/// differ in tokens, stemming and ranking; this one gives the same answer on both, and is written in the transaction that changes the words.
/// </summary>
internal static class WordIndex
{
    /// <summary>Raised whenever the same text would give other words.</summary>
    public const int Version = 1;

    private const int MaxTerms = 12;
    private const int MaxWords = 400;
    private const double Saturation = 1.2;
    private const double LengthShare = 0.75;

    // A usual asset's weighted words; BM25 wants an average, and one that never moves keeps postings valid.
    private const double UsualLength = 40;
    private const double PartShare = 0.6;

    /// <summary>Writes the words of assets anew. The caller saves.</summary>
    public static async Task WriteAsync(AnswerprintDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return;
        var texts = await AssetText.LoadAsync(db, ids, cancellationToken);
        var wanted = ids.ToList();
        await db.Set<LibraryWord>().Where(word => wanted.Contains(word.AssetId)).ExecuteDeleteAsync(cancellationToken);
        foreach (var old in db.ChangeTracker.Entries<LibraryWord>().Where(word => wanted.Contains(word.Entity.AssetId)).ToList()) old.State = EntityState.Detached;
        foreach (var (id, parts) in texts) db.AddRange(Postings(id, parts));
        var entries = await db.Set<LibraryEntry>().Where(entry => wanted.Contains(entry.AssetId)).ToDictionaryAsync(entry => entry.AssetId, cancellationToken);
        foreach (var id in texts.Keys)
        {
            if (!entries.TryGetValue(id, out var entry)) db.Add(entry = new LibraryEntry { AssetId = id });
            entry.WordVersion = Version;
        }
    }

    private static IEnumerable<LibraryWord> Postings(Guid id, List<AssetText.Part> parts)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (text, weight) in parts)
            foreach (var word in WordList.Of(text))
                if (counts.Count < MaxWords || counts.ContainsKey(word)) counts[word] = counts.GetValueOrDefault(word) + weight;
        var length = counts.Values.Sum();
        return counts.Select(count => new LibraryWord { AssetId = id, Prefix = WordList.PrefixOf(count.Key), Word = count.Key, Impact = ImpactOf(count.Value, length) });
    }

    private static int ImpactOf(int count, int length) =>
        (int)Math.Round(1000 * count * (Saturation + 1) / (count + Saturation * (1 - LengthShare + LengthShare * length / UsualLength)));

    /// <summary>What is found under all words of a query, or where nothing is, under some of them.</summary>
    /// <param name="Scores">By asset; higher is better.</param>
    /// <param name="IsPartial">Whether nothing holds all of the words.</param>
    public sealed record Found(IReadOnlyDictionary<Guid, double> Scores, bool IsPartial);

    public static async Task<Found> FindAsync(AnswerprintDb db, string query, int all, CancellationToken cancellationToken)
    {
        var terms = WordList.Of(query).Distinct(StringComparer.Ordinal).Take(MaxTerms).ToList();
        var (scores, hits) = (new Dictionary<Guid, double>(), new Dictionary<Guid, int>());
        foreach (var term in terms)
        {
            var found = await PostingsAsync(db, term, cancellationToken);
            var rarity = Math.Log(1 + (Math.Max(0, all - found.Count) + 0.5) / (found.Count + 0.5));
            foreach (var (id, impact) in found)
            {
                scores[id] = scores.GetValueOrDefault(id) + impact * rarity / 1000;
                hits[id] = hits.GetValueOrDefault(id) + 1;
            }
        }
        var whole = scores.Where(score => hits[score.Key] == terms.Count).ToDictionary();
        return whole.Count > 0 || scores.Count == 0 ? new Found(whole, false) : new Found(scores, true);
    }

    /// <summary>A word counts where it is written whole, and less where it only begins what is written.</summary>
    private static async Task<Dictionary<Guid, double>> PostingsAsync(AnswerprintDb db, string term, CancellationToken cancellationToken)
    {
        var prefix = WordList.PrefixOf(term);
        var rows = db.Set<LibraryWord>().AsNoTracking().Where(word => word.Prefix == prefix);
        rows = term.Length < WordList.PrefixLength ? rows.Where(word => word.Word == term) : rows.Where(word => word.Word.StartsWith(term));
        var best = new Dictionary<Guid, double>();
        foreach (var row in await rows.Select(word => new { word.AssetId, word.Word, word.Impact }).ToListAsync(cancellationToken))
        {
            var impact = row.Word.Length == term.Length ? row.Impact : row.Impact * PartShare;
            if (impact > best.GetValueOrDefault(row.AssetId)) best[row.AssetId] = impact;
        }
        return best;
    }
}
