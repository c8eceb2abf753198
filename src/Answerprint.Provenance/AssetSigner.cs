using System.Security.Cryptography;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Containers;
using Answerprint.Provenance.Signing;
using Answerprint.Provenance.Verification;

namespace Answerprint.Provenance;

/// <summary>Signs one file: check it, hash it, build the store, then copy it with the store in place.</summary>
internal static class AssetSigner
{
    public static SigningResult Sign(Stream input, Stream output, string mediaType, ManifestDefinition definition, SigningIdentity identity, DateTimeOffset now)
    {
        var container = AssetContainer.For(mediaType) ?? throw new NotSupportedException($"no writer for {mediaType} yet");
        if (now < identity.Leaf.NotBefore || now > identity.Leaf.NotAfter)
            throw new ArgumentException($"The signing certificate is valid from {identity.Leaf.NotBefore:u} to {identity.Leaf.NotAfter:u}, not at {now:u}.", nameof(identity));
        var found = MediaTypes.Detect(input);
        if (found != mediaType) throw new CredentialFormatException(mediaType, $"file that starts like {found ?? "nothing known"}", 0);
        container.CheckComplete(input);
        var layout = container.Scan(input);
        var self = new Ingredient
        {
            Title = definition.Title,
            Relationship = IngredientRelationship.ParentOf,
            MediaType = mediaType,
            Sha256 = Convert.ToHexStringLower(HashOf(input)),
            ManifestStore = layout.Store is { } present ? present : default(ReadOnlyMemory<byte>?),
        };
        var plan = ManifestPlan.Create(definition, self);
        var carrier = new HistoryCarrier(identity.Roots, now);
        foreach (var ingredient in plan.Ingredients.Where(i => i.ManifestStore is not null))
        {
            var isSelf = ingredient.Relationship == IngredientRelationship.ParentOf && layout.Store is not null;
            carrier.Take(ingredient, isSelf ? (store, claim, log) => DataHashVerifier.Verify(input, layout.StoreRanges[0], store, claim, log) : null);
        }
        if (layout.StoreRanges.Count > 1) carrier.Dropped.Add($"{definition.Title}: the file carried {layout.StoreRanges.Count} manifest stores");
        var insertAt = layout.InsertAt - layout.StoreRanges.Where(r => r.Start < layout.InsertAt).Sum(r => r.Length);
        var builder = new ManifestBuilder(plan, identity, carrier.Histories, now);
        var (store, manifestHash) = builder.Build(container, insertAt, length => container.BindingHash(input, layout, length));
        var carried = container.Wrap(store);
        Write(input, output, layout, container.Gaps(input, layout, carried.Length), carried);
        return new(builder.Label, Convert.ToHexStringLower(manifestHash), store.Length, carrier.Dropped);
    }

    /// <summary>SHA-256 of the whole file, which names it as a parent.</summary>
    private static byte[] HashOf(Stream input)
    {
        input.Position = 0;
        return SHA256.HashData(input);
    }

    private static void Write(Stream input, Stream output, ContainerLayout layout, IReadOnlyList<Gap> gaps, byte[] carried)
    {
        AssetContainer.ReadOver(input, new(0, layout.InsertAt), gaps, bytes => output.Write(bytes.Span));
        output.Write(carried);
        AssetContainer.ReadOver(input, new(layout.InsertAt, input.Length - layout.InsertAt), gaps, bytes => output.Write(bytes.Span));
    }
}
