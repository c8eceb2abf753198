using System.Security.Cryptography;
using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Containers;

namespace Answerprint.Provenance.Verification;

/// <summary>Checks that the file's bytes are those that the active manifest binds (c2pa.hash.data; C2PA 2.2, section 15.12.1).</summary>
internal static class DataHashVerifier
{
    /// <summary>Most exclusion ranges in one binding.</summary>
    public const int MaxExclusions = 1000;

    public static void Verify(Stream file, ByteRange storeRange, ManifestStore manifests, Claim active, StatusLog log)
    {
        if (FindBinding(manifests, active) is not { } claim)
        {
            if (!log.Has(StatusCodes.HardBindingsMissing)) log.Fail(StatusCodes.HardBindingsMissing, active.Manifest.Uri());
            return;
        }
        var assertion = claim.Assertions.First(a => AssertionLabels.IsHardBinding(a.Label));
        var url = claim.Manifest.Uri(AssertionLabels.Assertions, assertion.Label);
        if (AssertionLabels.IsBmffHash(assertion.Label))
        {
            BmffHashVerifier.Verify(file, assertion.Data, claim.Algorithm, url, log);
            return;
        }
        if (AssertionLabels.Base(assertion.Label) != AssertionLabels.DataHash)
        {
            log.Fail(StatusCodes.GeneralError, url, $"{assertion.Label} has no verifier yet");
            return;
        }
        if (assertion.Data is null || ReadExclusions(assertion.Data) is not { } exclusions)
        {
            log.Fail(StatusCodes.DataHashMalformed, url);
            return;
        }
        // An update manifest lengthens the store after the binding was signed, so the length is then the present one.
        var isUpdated = !ReferenceEquals(claim, active);
        if (isUpdated) exclusions = [.. exclusions.Select(e => e.Start == storeRange.Start ? storeRange : e)];
        if (!CoversStore(exclusions, storeRange, file.Length, url, log) || !IsZero(assertion.Data["pad"]) || !IsZero(assertion.Data["pad2"]))
        {
            if (!log.Has(StatusCodes.DataHashMismatch)) log.Fail(StatusCodes.DataHashMalformed, url, "padding that is not zero");
            return;
        }
        Compare(file, exclusions, assertion.Data, claim.Algorithm, url, log);
    }

    /// <summary>The standard manifest that binds the file: the active one, or the first one above update manifests.</summary>
    private static Claim? FindBinding(ManifestStore manifests, Claim active)
    {
        var claim = active;
        for (var steps = 0; claim is { Manifest.IsUpdate: true } && steps < ManifestStore.MaxManifests; steps++)
        {
            var parent = IngredientAssertion.Of(claim).FirstOrDefault(i => i.Relationship == "parentOf")?.ActiveManifest;
            if (parent is null || manifests.ResolveManifest(parent.Url, claim.Manifest) is not { Claims.Count: 1 } manifest) return null;
            claim = manifests.ReadClaim(manifest);
        }
        return claim is { Manifest.IsUpdate: false } && claim.Assertions.Any(a => AssertionLabels.IsHardBinding(a.Label)) ? claim : null;
    }

    /// <summary>The ranges in rising order without overlap, or null.</summary>
    private static List<ByteRange>? ReadExclusions(CborValue data)
    {
        var ranges = new List<ByteRange>();
        foreach (var item in data["exclusions"]?.AsArray ?? [])
        {
            if (item["start"]?.AsInt64 is not ({ } start and >= 0) || item["length"]?.AsInt64 is not ({ } length and >= 0)) return null;
            if (start > long.MaxValue - length || (ranges.Count > 0 && start < ranges[^1].End) || ranges.Count == MaxExclusions) return null;
            ranges.Add(new(start, length));
        }
        return ranges;
    }

    /// <summary>One range is the store exactly as it lies in the file, so that no other bytes can hide in what is not hashed.</summary>
    private static bool CoversStore(List<ByteRange> exclusions, ByteRange storeRange, long fileLength, string url, StatusLog log)
    {
        if (!exclusions.Contains(storeRange) || exclusions[^1].End > fileLength)
        {
            log.Fail(StatusCodes.DataHashMismatch, url, $"no exclusion is the manifest store at {storeRange.Start} of {storeRange.Length} bytes");
            return false;
        }
        if (exclusions.Count > 1) log.Inform(StatusCodes.AdditionalExclusions, url);
        return true;
    }

    private static bool IsZero(CborValue? pad) => pad is null || (pad.AsBytes is { } bytes && bytes.Span.IndexOfAnyExcept((byte)0) < 0);

    private static void Compare(Stream file, List<ByteRange> exclusions, CborValue data, string? claimAlgorithm, string url, StatusLog log)
    {
        var algorithm = data["alg"]?.AsText ?? claimAlgorithm;
        if (HashedUri.AlgorithmName(algorithm) is not { } name)
        {
            log.Fail(StatusCodes.AlgorithmUnsupported, url, algorithm);
            return;
        }
        using var hash = IncrementalHash.CreateHash(name);
        AssetContainer.Read(file, new(0, file.Length), exclusions, bytes => hash.AppendData(bytes.Span));
        if (data["hash"]?.AsBytes is { } expected && expected.Span.SequenceEqual(hash.GetHashAndReset())) log.Success(StatusCodes.DataHashMatch, url);
        else log.Fail(StatusCodes.DataHashMismatch, url);
    }
}
