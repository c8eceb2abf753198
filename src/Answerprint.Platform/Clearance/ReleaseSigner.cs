using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Provenance;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Containers;

namespace Answerprint.Platform.Clearance;

/// <summary>The signed bytes of a release.</summary>
/// <param name="Blob">In the store.</param>
/// <param name="ManifestLabel">The active manifest.</param>
public sealed record SignedRelease(StoredBlob Blob, string ManifestLabel);

/// <summary>Writes a C2PA manifest, true to the record, into a copy of an asset.</summary>
/// <param name="blobs">Bytes.</param>
/// <param name="keys">Who signs.</param>
/// <param name="clock">Time.</param>
public sealed class ReleaseSigner(BlobStore blobs, StudioKeys keys, TimeProvider clock)
{
    /// <summary>The program, as its claims name it.</summary>
    public static SoftwareAgent Generator { get; } = new("Answerprint", typeof(ReleaseSigner).Assembly.GetName().Version!.ToString(3));

    /// <summary>Whether a credential can be written into this type of file.</summary>
    public static bool CanSign(string mediaType) => mediaType is MediaTypes.Jpeg or MediaTypes.Png or MediaTypes.Mp4;

    /// <summary>Signs a copy; the asset's own bytes stay as they are.</summary>
    public async Task<SignedRelease> SignAsync(
        Asset asset, Job job, Decision decision, IReadOnlyList<string> clauses, IReadOnlyList<Asset> sources, IReadOnlyList<AssetInput> lineage,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asset);
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(decision);
        var manifest = Manifest(asset, job, decision, clauses, sources, lineage);
        var staged = blobs.NewStagingPath();
        try
        {
            string label;
            await using (var input = blobs.OpenRead(asset.BlobSha256))
            await using (var output = new FileStream(staged, FileMode.CreateNew, FileAccess.ReadWrite))
                label = ContentCredential.Sign(input, output, asset.MediaType, manifest, keys.Identity, clock.GetUtcNow()).ManifestLabel;
            return new SignedRelease(await blobs.AdoptAsync(staged, cancellationToken), label);
        }
        finally
        {
            File.Delete(staged);
        }
    }

    private ManifestDefinition Manifest(
        Asset asset, Job job, Decision decision, IReadOnlyList<string> clauses, IReadOnlyList<Asset> sources, IReadOnlyList<AssetInput> lineage)
    {
        var ingredients = sources.Select(source => Describe(source, lineage)).ToList();
        var created = ManifestAction.Created($"http://cv.iptc.org/newscodes/digitalsourcetype/{asset.DigitalSource}") with
        {
            SoftwareAgent = new SoftwareAgent($"Answerprint recipe {job.Recipe} {job.RecipeVersion}", job.Engine),
            Description = $"{job.Name}, by recipe '{job.Recipe}' from {sources.Count} source{(sources.Count == 1 ? "" : "s")} the studio owns",
            When = job.FinishedAt,
        };
        var placed = new ManifestAction("c2pa.placed") { Ingredients = ingredients, Description = "Frames of the sources were placed in the picture" };
        var shares = asset.Shares;
        return new ManifestDefinition
        {
            ManifestId = Guid.CreateVersion7(clock.GetUtcNow()),
            Title = asset.FileName,
            Generator = Generator,
            Actions = ingredients.Count == 0 ? [created] : [created, placed],
            Ingredients = ingredients,
            Record = new ProductionRecord
            {
                JobSha256 = job.Hash,
                DecisionId = decision.Id.ToString(),
                Clauses = clauses,
                Grade = job.Grade.ToString().ToLowerInvariant(),
                CanonicalPixelsSha256 = asset.PixelSha256,
                Attribution = new AttributionShares(shares.Copied, shares.Blended, shares.Rendered, shares.Painted, shares.NotAttributable),
            },
        };
    }

    private static Ingredient Describe(Asset source, IReadOnlyList<AssetInput> lineage)
    {
        var share = lineage.Where(input => input.SourceId == source.Id).Sum(input => (long)input.ShareMillionths);
        return new Ingredient
        {
            Title = source.Name,
            Relationship = IngredientRelationship.ComponentOf,
            MediaType = source.MediaType,
            Sha256 = source.BlobSha256,
            Description = FormattableString.Invariant($"{share / 10_000.0:0.####} % of the pixels; owner: {source.Owner}; rights: {source.Rights}"),
        };
    }
}
