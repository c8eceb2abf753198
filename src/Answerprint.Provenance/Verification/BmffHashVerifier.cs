using System.Security.Cryptography;
using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Containers;

namespace Answerprint.Provenance.Verification;

/// <summary>
/// Checks that an MP4's boxes are those that the active manifest binds (c2pa.hash.bmff.v2 and .v3; C2PA 2.2, section 15.12.2). Only whole boxes of the top level
/// may be left out; a binding that leaves out parts of them, or that has a Merkle tree, is said to have no reader.
/// </summary>
internal static class BmffHashVerifier
{
    // What a binding may leave out: the store itself, the brand, an index of fragments, and space.
    private static readonly string[] Excludable = ["/ftyp", "/mfra", "/free", "/skip"];

    public static void Verify(Stream file, CborValue? data, string? claimAlgorithm, string url, StatusLog log)
    {
        if (data is null || Excluded(data) is not { } excluded)
        {
            log.Fail(StatusCodes.GeneralError, url, "the binding leaves out parts of boxes, or is malformed: it has no reader yet");
            return;
        }
        if (data["merkle"] is { Kind: not CborKind.Null })
        {
            log.Fail(StatusCodes.GeneralError, url, "Merkle trees have no reader yet");
            return;
        }
        var algorithm = data["alg"]?.AsText ?? claimAlgorithm;
        if (HashedUri.AlgorithmName(algorithm) is not { } name)
        {
            log.Fail(StatusCodes.AlgorithmUnsupported, url, algorithm);
            return;
        }
        if (MediaTypes.Detect(file) is not MediaTypes.Mp4)
        {
            log.Fail(StatusCodes.BmffHashMismatch, url, "the file is no MP4");
            return;
        }
        using var hash = IncrementalHash.CreateHash(name);
        foreach (var box in BmffContainer.TopLevel(file).Where(box => !excluded.Contains("/" + box.Type) && !BmffContainer.IsCarrier(file, box)))
            BmffContainer.AppendBox(hash, file, box, box.Range.Start, []);
        if (data["hash"]?.AsBytes is { } expected && expected.Span.SequenceEqual(hash.GetHashAndReset())) log.Success(StatusCodes.BmffHashMatch, url);
        else log.Fail(StatusCodes.BmffHashMismatch, url);
    }

    /// <summary>The types that are left out beside C2PA's own box, which must be; null where more is left out than that.</summary>
    private static HashSet<string>? Excluded(CborValue data)
    {
        var result = new HashSet<string>(StringComparer.Ordinal);
        var isStoreOut = false;
        foreach (var item in data["exclusions"]?.AsArray ?? [])
        {
            if (((string[])["length", "subset", "version", "flags", "exact"]).Any(name => item[name] is { Kind: not CborKind.Null })) return null;
            var path = item["xpath"]?.AsText;
            if (path == "/uuid" && IsStore(item["data"]?.AsArray)) isStoreOut = true;
            else if (path is not null && Excludable.Contains(path) && item["data"] is null or { Kind: CborKind.Null }) result.Add(path);
            else return null;
        }
        return isStoreOut ? result : null;
    }

    private static bool IsStore(IReadOnlyList<CborValue>? data) =>
        data is [var only] && only["offset"]?.AsInt64 == 8 && only["value"]?.AsBytes is { } value && value.Span.SequenceEqual(BmffContainer.ExtendedType);
}
