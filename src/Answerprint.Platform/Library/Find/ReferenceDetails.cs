using Answerprint.Imaging.Colour;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Looks;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Library.Find;

/// <summary>What the library knows of an asset besides its record.</summary>
/// <param name="Palette">Its colours with shares, largest first; none where it shows no picture.</param>
/// <param name="Tags">In alphabetical order.</param>
/// <param name="Group">The group of copies that it belongs to.</param>
/// <param name="Copies">How many of that group the person may see, itself included; 0 without a group.</param>
/// <param name="HasLook">Whether it can be looked for by its look.</param>
public sealed record ReferenceDetail(IReadOnlyList<Swatch> Palette, IReadOnlyList<string> Tags, Guid? Group, int Copies, bool HasLook)
{
    /// <summary>Of an asset that is not in the index yet.</summary>
    public static ReferenceDetail None { get; } = new([], [], null, 0, false);
}

/// <summary>Reads palettes, tags and groups of assets.</summary>
/// <param name="db">Records.</param>
public sealed class ReferenceDetails(AnswerprintDb db)
{
    /// <summary>Reads them; every asset asked for is in the answer.</summary>
    public async Task<IReadOnlyDictionary<Guid, ReferenceDetail>> HandleAsync(IReadOnlyCollection<Guid> assets, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(assets);
        var ids = assets.ToList();
        var palettes = await db.Set<LibraryLook>().AsNoTracking().Where(look => ids.Contains(look.AssetId) && look.Frame == 0).Select(look => new { look.AssetId, look.Palette }).ToDictionaryAsync(look => look.AssetId, look => look.Palette, cancellationToken);
        var tags = (await db.Set<LibraryTag>().AsNoTracking().Where(tag => ids.Contains(tag.AssetId)).Select(tag => new { tag.AssetId, tag.Tag }).ToListAsync(cancellationToken)).ToLookup(tag => tag.AssetId, tag => tag.Tag);
        var groups = await db.Set<LibraryEntry>().AsNoTracking().Where(entry => ids.Contains(entry.AssetId) && entry.GroupId != null).ToDictionaryAsync(entry => entry.AssetId, entry => entry.GroupId!.Value, cancellationToken);
        var sizes = groups.Count == 0 ? [] : await CopiesAsync([.. groups.Values.Distinct()], actor, cancellationToken);
        return ids.Distinct().ToDictionary(id => id, id => new ReferenceDetail(
            palettes.TryGetValue(id, out var palette) ? PaletteBytes.Read(palette) : [], [.. tags[id].Order(StringComparer.Ordinal)],
            groups.TryGetValue(id, out var group) ? group : null, groups.ContainsKey(id) ? sizes.GetValueOrDefault(group) : 0, palette is not null));
    }

    private Task<Dictionary<Guid, int>> CopiesAsync(List<Guid> groups, Actor actor, CancellationToken cancellationToken)
    {
        var seen = LibraryAccess.Seen(db, actor);
        return db.Set<LibraryEntry>().Where(entry => entry.GroupId != null && groups.Contains(entry.GroupId.Value) && seen.Any(asset => asset.Id == entry.AssetId))
            .GroupBy(entry => entry.GroupId!.Value).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }
}
