using System.Security.Cryptography;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Audience.Events;

namespace Answerprint.Platform.Audience.Pages;

/// <summary>Cuts pages from shelves and gives every place its impression's id.</summary>
/// <param name="seal">Makes the ids.</param>
/// <param name="clock">When the page was laid out.</param>
public sealed class RowSealer(ImpressionSeal seal, TimeProvider clock)
{
    /// <summary>Titles in one part of a row.</summary>
    public const int PageSize = 20;

    // The policy orders by rule alone, so what it shows it shows with certainty.
    private const double Certain = 1.0;

    internal PageView NewView() => new(clock.GetUtcNow().ToUnixTimeMilliseconds(), BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)));

    internal PageRow Cut(
        Shelf shelf, int rowPosition, int from, int count, Guid profileId, PageView view, string policy = ShelfPlan.Policy,
        Func<CatalogueTitle, double?>? watched = null, Func<CatalogueTitle, ArtworkImage?>? picture = null)
    {
        var end = Math.Min(from + count, shelf.Titles.Count);
        var shown = new ShownTitle[Math.Max(0, end - from)];
        for (var i = 0; i < shown.Length; i++)
        {
            var title = shelf.Titles[from + i];
            var artwork = picture is null ? title.ShelfPicture : picture(title);
            var claim = new ImpressionClaim(profileId, title.Id, artwork?.ArtworkId, shelf.Key, rowPosition, from + i, Certain, policy, view);
            shown[i] = new(title, artwork, from + i, Certain, seal.IdOf(claim)) { Watched = watched?.Invoke(title) };
        }
        return new(shelf.Key, shelf.Name, shelf.Reason, rowPosition, shown, shelf.Titles.Count, end < shelf.Titles.Count ? end : null, policy, view);
    }
}
