using Answerprint.Provenance.Claims;

namespace Answerprint.Provenance.Verification;

/// <summary>What a manifest says. Show it as the signer's word only when the report is valid.</summary>
public sealed record ReportedManifest
{
    /// <summary>The manifest's label.</summary>
    public required string Label { get; init; }

    /// <summary>Version of the claim's form: 1 or 2; 0 when there is no readable claim.</summary>
    public int ClaimVersion { get; init; }

    /// <summary>The asset's title, if stated.</summary>
    public string? Title { get; init; }

    /// <summary>The program that made the claim, if stated.</summary>
    public SoftwareAgent? Generator { get; init; }

    /// <summary>Identifier of this version of the asset, if stated.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Who signed, when the certificate can be read.</summary>
    public ReportedSigner? Signer { get; init; }

    /// <summary>Labels of the assertions that the claim lists.</summary>
    public IReadOnlyList<string> Assertions { get; init; } = [];

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<ReportedAction> Actions { get; init; } = [];

    /// <summary>What the asset was made from.</summary>
    public IReadOnlyList<ReportedIngredient> Ingredients { get; init; } = [];

    /// <summary>How the content came to be: the source type of the first action that states one.</summary>
    public string? DigitalSourceType => Actions.Select(a => a.DigitalSourceType).FirstOrDefault(t => t is not null);

    /// <summary>The studio's own record, where the manifest carries one that can be read.</summary>
    public ProductionRecord? Record { get; init; }

    /// <summary>The models that took part, as disclosed.</summary>
    public IReadOnlyList<AiDisclosure> AiDisclosures { get; init; } = [];
}
