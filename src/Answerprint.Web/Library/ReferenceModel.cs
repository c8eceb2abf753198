using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Find;

namespace Answerprint.Web.Library;

/// <summary>What the library says of one asset: tags, colours, and what looks like it.</summary>
public sealed record ReferenceModel(ReferenceCard Card, IReadOnlyList<ReferenceCard> Alike, IReadOnlyList<string> Suggestions, bool IsCurator)
{
    private const int MostAlike = 8;

    internal static async Task<ReferenceModel> LoadAsync(Asset asset, Actor actor, IServiceProvider services, CancellationToken cancellationToken)
    {
        var card = (await ReferenceCard.LoadAsync([asset], new Dictionary<Guid, int>(), actor, services, cancellationToken))[0];
        var found = card.Detail.HasLook
            ? await services.GetRequiredService<FindReferences>().HandleAsync(new FindReferencesRequest { LikeAsset = asset.Id, Take = MostAlike + 1 }, actor, cancellationToken)
            : new FoundReferences([], new Dictionary<Guid, int>(), 0, false);
        var alike = await ReferenceCard.LoadAsync([.. found.Assets.Where(other => other.Id != asset.Id).Take(MostAlike)], found.Frames, actor, services, cancellationToken);
        var facets = await services.GetRequiredService<LibraryFacets>().HandleAsync(actor, cancellationToken);
        return new ReferenceModel(card, alike, [.. facets.Tags.Select(tag => tag.Value)], actor.HasAny([.. LibraryAccess.Curators]));
    }
}
