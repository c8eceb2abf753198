using System.Security.Cryptography.X509Certificates;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Containers;
using Answerprint.Provenance.Signing;
using Answerprint.Provenance.Verification;

namespace Answerprint.Provenance;

/// <summary>Content Credentials (C2PA 2.2) in JPEG, PNG and MP4 files: sign, verify, and take a manifest store out.</summary>
public static class ContentCredential
{
    /// <summary>Copies a file with a new signed manifest in it; a manifest that it already carries becomes its parent's history.</summary>
    /// <param name="input">The file; seekable, read from its start.</param>
    /// <param name="output">Receives the signed file; only written to. Not the input.</param>
    /// <param name="mediaType">What the caller takes the file for; its first bytes must agree.</param>
    /// <param name="manifest">What the manifest is to say.</param>
    /// <param name="identity">Who signs.</param>
    /// <param name="now">When.</param>
    /// <exception cref="NotSupportedException">There is no writer for the media type yet.</exception>
    /// <exception cref="CredentialFormatException">The file is malformed or truncated, is of another type, or the store would be too large; nothing is written.</exception>
    /// <exception cref="ArgumentException">The definition contradicts itself or the file, or the certificate is not valid now; nothing is written.</exception>
    public static SigningResult Sign(Stream input, Stream output, string mediaType, ManifestDefinition manifest, SigningIdentity identity, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(identity);
        if (ReferenceEquals(input, output)) throw new ArgumentException("Input and output are one stream.", nameof(output));
        return AssetSigner.Sign(input, output, mediaType, manifest, identity, now);
    }

    /// <summary>Verifies the credential of a file. Never throws for what the file holds: that is in the report.</summary>
    /// <param name="file">The file; seekable, read from its start.</param>
    /// <param name="roots">The trust anchors; with none, a file can be valid but not trusted.</param>
    /// <param name="now">The moment at which certificates must be valid; time stamps are not read.</param>
    public static CredentialReport Verify(Stream file, X509Certificate2Collection roots, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(roots);
        return AssetVerifier.Verify(file, roots, now);
    }

    /// <summary>The manifest store that a file carries, unverified, to take along as an ingredient's history; null when it carries none, or several.</summary>
    /// <param name="file">The file; seekable, read from its start.</param>
    /// <exception cref="NotSupportedException">There is no reader for the media type yet.</exception>
    /// <exception cref="CredentialFormatException">The file is malformed.</exception>
    public static byte[]? ExtractManifestStore(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var mediaType = MediaTypes.Detect(file);
        var container = AssetContainer.For(mediaType) ?? throw new NotSupportedException($"no reader for {mediaType ?? "this kind of file"} yet");
        return container.Scan(file).Store;
    }
}
