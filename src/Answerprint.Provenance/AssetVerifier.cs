using System.Security.Cryptography.X509Certificates;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Containers;
using Answerprint.Provenance.Verification;

namespace Answerprint.Provenance;

/// <summary>Verifies one file and turns every fault of it into a report.</summary>
internal static class AssetVerifier
{
    public static CredentialReport Verify(Stream file, X509Certificate2Collection roots, DateTimeOffset now)
    {
        var mediaType = MediaTypes.Detect(file);
        if (AssetContainer.For(mediaType) is not { } container)
            return new() { Outcome = CredentialOutcome.Unsupported, MediaType = mediaType, Summary = $"no reader for {mediaType ?? "this kind of file"} yet" };
        try
        {
            var layout = container.Scan(file);
            if (layout.StoreRanges.Count == 0) return new() { Outcome = CredentialOutcome.None, MediaType = mediaType, Summary = "no Content Credential" };
            if (layout.Store is not { } bytes) return Broken(mediaType, $"{layout.StoreRanges.Count} manifest stores in one file: none of them counts");
            return Verify(file, mediaType, layout, ManifestStore.Read(bytes), roots, now);
        }
        catch (CredentialFormatException e)
        {
            return Broken(mediaType, e.Message);
        }
    }

    private static CredentialReport Verify(Stream file, string? mediaType, ContainerLayout layout, ManifestStore store, X509Certificate2Collection roots, DateTimeOffset now)
    {
        var verifier = new StoreVerifier(store, roots, now);
        verifier.Verify();
        var log = verifier.Log;
        if (verifier.Active is { } claim) DataHashVerifier.Verify(file, layout.StoreRanges[0], store, claim, log);
        var isTrusted = log.IsIntact && log.Has(StatusCodes.CredentialTrusted);
        var lineage = verifier.Ingredients.Select(i => i.Manifest.Label).Append(store.Active.Label).ToHashSet(StringComparer.Ordinal);
        var manifests = store.Manifests.Select(m => ManifestReporter.Report(verifier, m, examine: lineage.Contains(m.Label))).ToList();
        return new()
        {
            Outcome = log.IsIntact ? CredentialOutcome.Valid : CredentialOutcome.Invalid,
            IsTrusted = isTrusted,
            MediaType = mediaType,
            Summary = Summarise(log, isTrusted, manifests[^1].Signer),
            Statuses = log.Statuses,
            Active = manifests[^1],
            Manifests = manifests,
        };
    }

    private static string Summarise(StatusLog log, bool isTrusted, ReportedSigner? signer)
    {
        if (log.Statuses.FirstOrDefault(s => s.Kind == StatusKind.Failure && s.Code != StatusCodes.CredentialUntrusted) is { } failure)
            return $"{failure.Code}{(failure.Explanation is { } why ? $": {why}" : string.Empty)}";
        return $"signed by {signer?.Subject}, {(isTrusted ? "trusted" : "whose certificate leads to no root given")}";
    }

    private static CredentialReport Broken(string? mediaType, string why) => new()
    {
        Outcome = CredentialOutcome.Invalid,
        MediaType = mediaType,
        Summary = why,
        Statuses = [new(StatusKind.Failure, StatusCodes.GeneralError, null, why)],
    };
}
