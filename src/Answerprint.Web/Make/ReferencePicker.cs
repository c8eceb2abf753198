using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Variation;
using Answerprint.Web.Library;
using Answerprint.Web.Promotion;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Make;

/// <summary>A picture that may be chosen, or why it may not.</summary>
public sealed record ReferenceChoice(Asset Asset, AssetLook Look, string Rights, string Objection);

/// <summary>Looks for pictures of a production to choose from.</summary>
internal static class ReferencePicker
{
    public const int PageSize = 60;
    private const int MaxText = 200;

    public static async Task<IReadOnlyList<ReferenceChoice>> FindAsync(
        AnswerprintDb db, Guid productionId, string text, IReadOnlyList<Guid> always, DateTimeOffset now, CancellationToken cancellationToken, IReadOnlyList<AssetKind>? kinds = null)
    {
        kinds ??= [AssetKind.Still, AssetKind.Artwork];
        var assets = db.Set<Asset>().AsNoTracking().Where(asset => asset.ProductionId == productionId && asset.State == AssetState.Active && EF.Parameter(kinds).Contains(asset.Kind));
        text = text.Trim() is { Length: <= MaxText } given ? given : text[..MaxText];
        var pattern = $"%{text.ToLowerInvariant().Replace("\\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
        var found = await assets.Where(asset => text == "" || EF.Functions.Like(asset.Name.ToLower(), pattern, @"\") || EF.Functions.Like(asset.Owner.ToLower(), pattern, @"\"))
            .OrderBy(asset => asset.JobId != null && asset.PixelSha256 != "").ThenByDescending(asset => asset.CreatedAt).Take(PageSize).ToListAsync(cancellationToken);
        var missing = always.Except(found.Select(asset => asset.Id)).ToList();
        if (missing.Count > 0) found.AddRange(await assets.Where(asset => EF.Parameter(missing).Contains(asset.Id)).ToListAsync(cancellationToken));
        var looks = await AssetLook.LoadAsync(db, found, cancellationToken);
        return found.ConvertAll(asset => new ReferenceChoice(asset, looks[asset.Id], PixelStory.RightsWords(asset), ReferenceRights.RightsObjection(asset, now)));
    }
}
