using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Library;

/// <summary>A tag, and how many assets have it that the person may see.</summary>
public sealed record TagsInUse(string Tag, int Count)
{
    private const int Most = 2_000;

    internal static Task<List<TagsInUse>> LoadAsync(AnswerprintDb db, Actor actor, CancellationToken cancellationToken)
    {
        var seen = LibraryAccess.Seen(db, actor);
        return db.Set<LibraryTag>().Where(tag => seen.Any(asset => asset.Id == tag.AssetId)).GroupBy(tag => tag.Tag).Select(group => new { group.Key, Count = group.Count() })
            .OrderByDescending(tag => tag.Count).ThenBy(tag => tag.Key).Take(Most).Select(tag => new TagsInUse(tag.Key, tag.Count)).ToListAsync(cancellationToken);
    }
}
