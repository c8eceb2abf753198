using Answerprint.Provenance.Jumbf;

namespace Answerprint.Provenance.Claims;

/// <summary>One manifest of a store and its parts (C2PA 2.2, section 11.1.4).</summary>
internal sealed record Manifest(JumbfSuperBox Box)
{
    public string Label => Box.Label;

    /// <summary>Bytes of a manifest store without manifests: its header and its description box.</summary>
    public const int EmptyStoreLength = JumbfSuperBox.HeaderLength + JumbfSuperBox.HeaderLength + JumbfTypes.UuidLength + 1 + 5;

    public bool IsUpdate => Box.Code == JumbfTypes.UpdateManifest;

    public JumbfSuperBox? AssertionStore => Box.Child(AssertionLabels.Assertions) is { Code: JumbfTypes.AssertionStore } store ? store : null;

    public IReadOnlyList<JumbfSuperBox> Claims { get; } = [.. Box.Children.Where(c => c.Code == JumbfTypes.Claim)];

    public JumbfSuperBox? Signature => Box.Child(AssertionLabels.Signature) is { Code: JumbfTypes.Signature } signature ? signature : null;

    /// <summary>The absolute JUMBF URI of a part of this manifest, or of the manifest itself.</summary>
    public string Uri(params ReadOnlySpan<string> path) => UriOf(Label, path);

    public static string UriOf(string manifestLabel, params ReadOnlySpan<string> path)
    {
        var uri = $"{ManifestStore.UriPrefix}/{AssertionLabels.Store}/{manifestLabel}";
        foreach (var step in path) uri += "/" + step;
        return uri;
    }
}
