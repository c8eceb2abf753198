using Answerprint.Imaging.Quality.Looks;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Library.Looks;

/// <summary>Puts copies of one picture into one group: cropped, scaled, encoded again, mirrored.</summary>
internal sealed class DuplicateGroups(LookIndex index)
{
    private const int Candidates = 24;

    // Beyond this distance no copy of the measured ones lies, and plain pictures would be compared for nothing.
    private const int FarAway = 90_000;

    /// <summary>Looks for the copies of assets whose copies have not been looked for. The caller saves.</summary>
    /// <returns>How many were looked at.</returns>
    public async Task<int> GroupAsync(AnswerprintDb db, int most, CancellationToken cancellationToken)
    {
        var waiting = await db.Set<LibraryEntry>().Where(entry => entry.LookVersion == Look.Version && !entry.IsGrouped).OrderBy(entry => entry.AssetId).Take(most).ToListAsync(cancellationToken);
        foreach (var entry in waiting)
        {
            await GroupAsync(db, entry, cancellationToken);
            entry.IsGrouped = true;
            await db.SaveChangesAsync(cancellationToken);
        }
        return waiting.Count;
    }

    private async Task GroupAsync(AnswerprintDb db, LibraryEntry entry, CancellationToken cancellationToken)
    {
        var own = await db.Set<LibraryLook>().AsNoTracking().FirstOrDefaultAsync(look => look.AssetId == entry.AssetId && look.Frame == 0, cancellationToken);
        if (own is null || own.Look.Length != Look.Size || own.Luma.Length != LookGrid.Side * LookGrid.Side) return;
        var near = await index.NearestAsync(Look.FromBytes(own.Look), 2 * Candidates, mirrored: true, cancellationToken);
        var ids = near.Where(picture => picture.Frame == 0 && picture.AssetId != entry.AssetId && picture.Score < FarAway).Take(Candidates).Select(picture => picture.AssetId).ToList();
        var lumas = await db.Set<LibraryLook>().AsNoTracking().Where(look => ids.Contains(look.AssetId) && look.Frame == 0).Select(look => new { look.AssetId, look.Luma }).ToListAsync(cancellationToken);
        var copies = lumas.Where(other => other.Luma.Length == own.Luma.Length && DuplicateFinder.Compare(own.Luma, other.Luma).IsDuplicate).Select(other => other.AssetId).ToList();
        if (copies.Count > 0) await JoinAsync(db, entry, copies, cancellationToken);
    }

    private static async Task JoinAsync(AnswerprintDb db, LibraryEntry entry, List<Guid> copies, CancellationToken cancellationToken)
    {
        var others = await db.Set<LibraryEntry>().Where(other => copies.Contains(other.AssetId)).OrderBy(other => other.AssetId).ToListAsync(cancellationToken);
        if (others.Count == 0) return;
        var groups = others.Append(entry).Select(other => other.GroupId).OfType<Guid>().Distinct().ToList();
        var group = groups.Count > 0 ? groups.Min() : others.Append(entry).Min(other => other.AssetId);
        var members = await db.Set<LibraryEntry>().Where(other => other.GroupId != null && groups.Contains(other.GroupId.Value)).ToListAsync(cancellationToken);
        // The oldest stands for all of them.
        var all = members.Concat(others).Append(entry).DistinctBy(member => member.AssetId).OrderBy(member => member.AssetId).ToList();
        for (var i = 0; i < all.Count; i++) (all[i].GroupId, all[i].GroupPlace) = (group, i + 1);
    }
}
