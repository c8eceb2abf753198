namespace Answerprint.Provenance.Claims;

/// <summary>Something that was done to the asset (c2pa.actions.v2, C2PA 2.2, section 18.14).</summary>
/// <param name="Action">A standard name such as "c2pa.edited", or one of an entity such as "com.answerprint.fill".</param>
public sealed record ManifestAction(string Action)
{
    internal const string CreatedName = "c2pa.created";
    internal const string OpenedName = "c2pa.opened";
    internal const string PlacedName = "c2pa.placed";
    internal const string EditedName = "c2pa.edited";

    /// <summary>How the content came to be: one of <see cref="Claims.DigitalSourceType"/>; required on c2pa.created.</summary>
    public string? DigitalSourceType { get; init; }

    /// <summary>The program that did it, where it is not the claim generator.</summary>
    public SoftwareAgent? SoftwareAgent { get; init; }

    /// <summary>What was done, in words.</summary>
    public string? Description { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset? When { get; init; }

    /// <summary>The parts of the picture that changed; empty means not stated.</summary>
    public IReadOnlyList<RegionOfInterest> Changes { get; init; } = [];

    /// <summary>The ingredients it acted on; each must be in <see cref="ManifestDefinition.Ingredients"/>.</summary>
    public IReadOnlyList<Ingredient> Ingredients { get; init; } = [];

    /// <summary>The asset was made new, from a source of the type.</summary>
    public static ManifestAction Created(string digitalSourceType) => new(CreatedName) { DigitalSourceType = digitalSourceType };

    /// <summary>The asset was opened: it derives from its parent ingredient.</summary>
    public static ManifestAction Opened() => new(OpenedName);
}
