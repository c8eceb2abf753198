namespace Answerprint.Provenance.Claims;

/// <summary>Something the asset was made from (c2pa.ingredient.v3, C2PA 2.2, section 18.15).</summary>
public sealed record Ingredient
{
    /// <summary>A name that a person understands.</summary>
    public required string Title { get; init; }

    /// <summary>How it relates to the asset.</summary>
    public required IngredientRelationship Relationship { get; init; }

    /// <summary>IANA media type, if the ingredient has one.</summary>
    public string? MediaType { get; init; }

    /// <summary>SHA-256 of the ingredient's bytes, 64 hexadecimal digits; written as its instance id.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What more there is to say in words.</summary>
    public string? Description { get; init; }

    /// <summary>C2PA asset types where the media type does not say enough, for example "c2pa.types.generator.prompt".</summary>
    public IReadOnlyList<string> DataTypes { get; init; } = [];

    /// <summary>The ingredient's own manifest store, as <see cref="ContentCredential.ExtractManifestStore"/> returns it, when its history is to be taken along.</summary>
    public ReadOnlyMemory<byte>? ManifestStore { get; init; }
}
