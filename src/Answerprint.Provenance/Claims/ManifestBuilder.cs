using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Containers;
using Answerprint.Provenance.Jumbf;
using Answerprint.Provenance.Signing;

namespace Answerprint.Provenance.Claims;

/// <summary>Builds a manifest store for a place in a file: claim version 2, its assertions, its signature, and the ingredients' manifests before it.</summary>
internal sealed class ManifestBuilder
{
    private readonly ManifestPlan plan;
    private readonly SigningIdentity identity;
    private readonly List<Manifest> carried;
    private readonly List<(string Label, byte[] Box)> assertions = [];
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public ManifestBuilder(ManifestPlan plan, SigningIdentity identity, IReadOnlyDictionary<Ingredient, CarriedHistory> histories, DateTimeOffset now)
    {
        this.plan = plan;
        this.identity = identity;
        carried = [.. histories.Values.SelectMany(h => h.Boxes).DistinctBy(m => m.Label)];
        Label = AssertionLabels.ManifestUrn + plan.Definition.ManifestId.ToString("D");
        if (carried.Exists(m => m.Label == Label)) throw new ArgumentException($"The manifest id {plan.Definition.ManifestId:D} is already that of an ingredient's manifest.");
        AddAssertions(histories, now);
    }

    public string Label { get; }

    /// <summary>The signed store and the hash of its active manifest.</summary>
    /// <param name="container">The format that will carry it.</param>
    /// <param name="start">Where the carried store starts in the new file.</param>
    /// <param name="assetHash">SHA-256 that binds the new file, for the length of the carried store.</param>
    /// <exception cref="CredentialFormatException">The store is over <see cref="AssetContainer.MaxStoreBytes"/>.</exception>
    public (byte[] Store, byte[] ActiveManifestHash) Build(AssetContainer container, long start, Func<long, byte[]> assetHash)
    {
        var placeholder = CoseSign1.Placeholder(identity);
        // The binding states the store's length and is part of it. Both grow together and in few steps, so the smallest length that fits is soon found.
        long length = 0, before;
        var none = new byte[SHA256.HashSizeInBytes];
        do
        {
            before = length;
            length = container.WrappedLength(StoreLength(Manifest(container, start, before, none, placeholder).Length));
        }
        while (length != before);
        var manifest = Manifest(container, start, length, assetHash(length), signature: null);
        if (StoreLength(manifest.Length) > AssetContainer.MaxStoreBytes) throw new CredentialFormatException("manifest store", $"{StoreLength(manifest.Length)} bytes, over the limit of {AssetContainer.MaxStoreBytes},", 0);
        var store = JumbfWriter.SuperBox(JumbfTypes.ManifestStore, AssertionLabels.Store, [.. carried.Select(m => m.Box.Bytes), manifest]);
        return (store, SHA256.HashData(manifest.AsSpan(JumbfSuperBox.HeaderLength)));
    }

    private void AddAssertions(IReadOnlyDictionary<Ingredient, CarriedHistory> histories, DateTimeOffset now)
    {
        var definition = plan.Definition;
        var references = new Dictionary<Ingredient, HashedUri>();
        foreach (var ingredient in plan.Ingredients)
            references[ingredient] = Add(AssertionLabels.IngredientV3, AssertionWriter.Ingredient(ingredient, histories.GetValueOrDefault(ingredient)));
        Add(AssertionLabels.ActionsV2, AssertionWriter.Actions(plan.Actions, i => references[i], now));
        foreach (var disclosure in definition.AiDisclosures) Add(AssertionLabels.AiDisclosure, AssertionWriter.AiDisclosure(disclosure));
        if (definition.TrainingMining != TrainingMiningUse.Unstated) Add(AssertionLabels.TrainingMining, AssertionWriter.TrainingMining(definition.TrainingMining));
        if (definition.Record is { } record) Add(AssertionLabels.Record, RecordAssertion.Write(record));
    }

    private HashedUri Add(string label, CborValue data)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, label, out _);
        var numbered = AssertionLabels.Numbered(label, count++);
        var box = JumbfWriter.ContentSuperBox(JumbfTypes.Cbor, numbered, JumbfTypes.Cbor, CborWriter.Encode(data));
        assertions.Add((numbered, box));
        return Reference(numbered, box);
    }

    private static HashedUri Reference(string label, byte[] box) =>
        new($"{ManifestStore.UriPrefix}{AssertionLabels.Assertions}/{label}", SHA256.HashData(box.AsSpan(JumbfSuperBox.HeaderLength)), null);

    private long StoreLength(long manifestLength) => Claims.Manifest.EmptyStoreLength + carried.Sum(m => (long)m.Box.Bytes.Length) + manifestLength;

    /// <summary>The active manifest with the given signature box content, or signed when none is given.</summary>
    private byte[] Manifest(AssetContainer container, long start, long length, byte[] assetHash, byte[]? signature)
    {
        var (label, data) = container.Binding(start, length, assetHash);
        var binding = JumbfWriter.ContentSuperBox(JumbfTypes.Cbor, label, JumbfTypes.Cbor, CborWriter.Encode(data));
        var all = assertions.Append((Label: label, Box: binding)).ToList();
        var store = JumbfWriter.SuperBox(JumbfTypes.AssertionStore, AssertionLabels.Assertions, [.. all.Select(a => (ReadOnlyMemory<byte>)a.Box)]);
        var claim = CborWriter.Encode(ClaimMap(all));
        var claimBox = JumbfWriter.ContentSuperBox(JumbfTypes.Claim, AssertionLabels.ClaimV2, JumbfTypes.Cbor, claim);
        var signatureBox = JumbfWriter.ContentSuperBox(JumbfTypes.Signature, AssertionLabels.Signature, JumbfTypes.Cbor, signature ?? CoseSign1.Sign(identity, claim));
        return JumbfWriter.SuperBox(JumbfTypes.Manifest, Label, store, claimBox, signatureBox);
    }

    private CborValue ClaimMap(IEnumerable<(string Label, byte[] Box)> all) => CborValue.Map(
        ("instanceID", CborValue.Text($"xmp:iid:{plan.Definition.ManifestId:D}")),
        ("claim_generator_info", AssertionWriter.Agent(plan.Definition.Generator)),
        ("signature", CborValue.Text(Claims.Manifest.UriOf(Label, AssertionLabels.Signature))),
        ("created_assertions", CborValue.Array([.. all.Select(a => Reference(a.Label, a.Box).ToCbor())])),
        ("dc:title", CborValue.Text(plan.Definition.Title)),
        ("alg", CborValue.Text(HashedUri.DefaultAlgorithm)));
}
