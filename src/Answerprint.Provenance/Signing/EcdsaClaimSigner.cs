using System.Security.Cryptography;

namespace Answerprint.Provenance.Signing;

/// <summary>Signs with a P-256 key held by this process.</summary>
public sealed class EcdsaClaimSigner : ClaimSigner
{
    private readonly ECDsa key;

    /// <summary>Takes over the key, which must be on P-256.</summary>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    public EcdsaClaimSigner(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.KeySize != 256) throw new ArgumentException($"The key has {key.KeySize} bits; ES256 needs one on P-256.", nameof(key));
        this.key = key;
    }

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> toBeSigned)
    {
        var signature = new byte[SignatureLength];
        key.SignData(toBeSigned, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return signature;
    }

    /// <summary>The private key as PKCS #8 PEM; keep it where only the program can read it.</summary>
    public string ExportKeyPem() => key.ExportPkcs8PrivateKeyPem();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) key.Dispose();
        base.Dispose(disposing);
    }
}
