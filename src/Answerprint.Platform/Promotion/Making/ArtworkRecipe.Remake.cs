using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Promotion.Making;

internal sealed partial class ArtworkRecipe : IRemake
{
    private const int MaxSources = 500;

    /// <summary>From the footage that is left to choose from; where none is, from other footage of the production.</summary>
    public async Task<RemakeAnswer> WithoutAsync(AnswerprintDb db, RemakeQuestion question, CancellationToken cancellationToken)
    {
        if (question.Left.Count > 0) return RemakeAnswer.With(question.Left);
        var production = question.Job.ProductionId;
        var others = await db.Set<Asset>().AsNoTracking()
            .Where(asset => asset.ProductionId == production && asset.State == AssetState.Active && (asset.Kind == AssetKind.Video || asset.Kind == AssetKind.Still))
            .OrderBy(asset => asset.CreatedAt).ThenBy(asset => asset.Id).Select(asset => asset.Id).Take(MaxSources).ToListAsync(cancellationToken);
        return others.Count > 0
            ? RemakeAnswer.With(others.ConvertAll(id => new SubmitInput("source", id)))
            : RemakeAnswer.Not("the production has no other footage or stills to choose from");
    }

    /// <summary>What people said of the old picture is said of the new one. It is published when it has been released itself.</summary>
    public async Task TakePlaceAsync(AnswerprintDb db, Asset old, Asset made, CancellationToken cancellationToken)
    {
        var kept = await db.Set<Artwork>().Where(artwork => artwork.AssetId == old.Id).Select(artwork => artwork.Kept).FirstOrDefaultAsync(cancellationToken);
        foreach (var artwork in await db.Set<Artwork>().Where(artwork => artwork.AssetId == made.Id).ToListAsync(cancellationToken)) artwork.Kept = kept ?? artwork.Kept;
    }
}
