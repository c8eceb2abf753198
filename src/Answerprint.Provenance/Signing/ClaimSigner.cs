namespace Answerprint.Provenance.Signing;

/// <summary>Holds a private key that signs claims with ES256 (RFC 9053, section 2.1); a key store that never gives its key out is another subclass.</summary>
public abstract class ClaimSigner : IDisposable
{
    /// <summary>Bytes of an ES256 signature: r and s, 32 bytes each.</summary>
    public const int SignatureLength = 64;

    /// <summary>Signs the bytes: ECDSA on P-256 over their SHA-256, as r then s, <see cref="SignatureLength"/> bytes in all.</summary>
    public abstract byte[] Sign(ReadOnlySpan<byte> toBeSigned);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the key.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
