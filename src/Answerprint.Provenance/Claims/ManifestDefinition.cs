namespace Answerprint.Provenance.Claims;

/// <summary>What a new manifest is to say; everything in it must be true of the asset.</summary>
public sealed record ManifestDefinition
{
    /// <summary>Identity of the manifest, unique for each signing; it becomes the label "urn:c2pa:" and the instance id.</summary>
    public required Guid ManifestId { get; init; }

    /// <summary>The asset's title.</summary>
    public required string Title { get; init; }

    /// <summary>The program that makes the claim.</summary>
    public required SoftwareAgent Generator { get; init; }

    /// <summary>What was done: first <see cref="ManifestAction.Created"/> or <see cref="ManifestAction.Opened"/>, never both, then the rest in order.</summary>
    public required IReadOnlyList<ManifestAction> Actions { get; init; }

    /// <summary>What the asset was made from; at most one is the parent, and only under an opened action.</summary>
    public IReadOnlyList<Ingredient> Ingredients { get; init; } = [];

    /// <summary>The studio's own record of the asset, for releases.</summary>
    public ProductionRecord? Record { get; init; }

    /// <summary>The models that took part, if any did.</summary>
    public IReadOnlyList<AiDisclosure> AiDisclosures { get; init; } = [];

    /// <summary>What the owner says of training and mining.</summary>
    public TrainingMiningUse TrainingMining { get; init; }
}
