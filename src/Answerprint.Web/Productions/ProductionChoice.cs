using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Productions;

/// <summary>Productions to choose from, by name.</summary>
internal static class ProductionChoice
{
    private const int Most = 500;

    public static Task<List<Production>> ListAsync(AnswerprintDb db, CancellationToken cancellationToken) =>
        db.Set<Production>().AsNoTracking().OrderBy(production => production.Name).Take(Most).ToListAsync(cancellationToken);

    /// <summary>The one with that code; without it a fair guess: the one that was last brought something of these kinds, else the first.</summary>
    public static async Task<Production?> PickAsync(AnswerprintDb db, List<Production> productions, string? code, IReadOnlyList<AssetKind> kinds, CancellationToken cancellationToken)
    {
        if (productions.Find(one => one.Code == code) is { } named) return named;
        var latest = await db.Set<Asset>().Where(asset => EF.Parameter(kinds).Contains(asset.Kind)).OrderByDescending(asset => asset.CreatedAt).Select(asset => (Guid?)asset.ProductionId).FirstOrDefaultAsync(cancellationToken);
        return productions.Find(one => one.Id == latest) ?? productions.FirstOrDefault();
    }
}
