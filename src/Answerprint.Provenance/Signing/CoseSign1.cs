using System.Security.Cryptography.X509Certificates;
using Answerprint.Provenance.Cbor;

namespace Answerprint.Provenance.Signing;

/// <summary>A COSE_Sign1 message with detached payload (RFC 9052, section 4.2), as claim signatures are (C2PA 2.2, section 13.2).</summary>
/// <param name="Protected">The protected header as it was signed.</param>
/// <param name="Algorithm">COSE algorithm number, for example -7 for ES256.</param>
/// <param name="Chain">DER certificates, the leaf first.</param>
/// <param name="Unprotected">The unprotected header.</param>
/// <param name="Signature">The signature.</param>
internal sealed record CoseSign1(
    ReadOnlyMemory<byte> Protected, long Algorithm, IReadOnlyList<ReadOnlyMemory<byte>> Chain, CborValue Unprotected, ReadOnlyMemory<byte> Signature)
{
    public const long Es256 = -7;

    /// <summary>Most certificates in one signature.</summary>
    public const int MaxCertificates = 10;

    private const ulong Tag = 18;
    private const long AlgorithmHeader = 1;
    private const long ChainHeader = 33;
    private const string ChainHeaderText = "x5chain";

    /// <summary>Signs a claim with ES256.</summary>
    public static byte[] Sign(SigningIdentity identity, ReadOnlyMemory<byte> claim)
    {
        var header = ProtectedHeader(identity.Chain);
        return Encode(header, identity.Signer.Sign(ToBeSigned(header, claim)));
    }

    /// <summary>A message of the same length as <see cref="Sign"/>'s, for laying out a file before it is signed.</summary>
    public static byte[] Placeholder(SigningIdentity identity) => Encode(ProtectedHeader(identity.Chain), new byte[ClaimSigner.SignatureLength]);

    /// <summary>Reads a message, or says in words why it is none.</summary>
    /// <exception cref="CredentialFormatException">The bytes are not well-formed CBOR.</exception>
    public static (CoseSign1? Message, string? Fault) Read(ReadOnlyMemory<byte> encoded)
    {
        var item = CborReader.Read(encoded);
        if (item.Kind != CborKind.Tag || item.Number != Tag || item.Tagged?.AsArray is not { Count: 4 } parts) return (null, "not a tagged COSE_Sign1");
        if (parts[0].AsBytes is not { } header || parts[1].AsMap is null || parts[3].AsBytes is not { } signature) return (null, "COSE_Sign1 with a part of the wrong kind");
        if (parts[2].Kind != CborKind.Null) return (null, "payload is not detached");
        var headers = CborReader.Read(header);
        if (headers[AlgorithmHeader]?.AsInt64 is not { } algorithm) return (null, "no algorithm in the protected header");
        var (chain, fault) = ReadChain(headers, parts[1]);
        return fault is null ? (new(header, algorithm, chain, parts[1], signature), null) : (null, fault);
    }

    /// <summary>The Sig_structure of RFC 9052, section 4.4.</summary>
    public static byte[] ToBeSigned(ReadOnlyMemory<byte> protectedHeader, ReadOnlyMemory<byte> payload) => CborWriter.Encode(CborValue.Array(
        [CborValue.Text("Signature1"), CborValue.Bytes(protectedHeader), CborValue.Bytes(default), CborValue.Bytes(payload)]));

    private static byte[] ProtectedHeader(IReadOnlyList<X509Certificate2> chain)
    {
        var certificates = chain.Select(c => CborValue.Bytes(c.RawDataMemory)).ToList();
        return CborWriter.Encode(CborValue.Map(new List<KeyValuePair<CborValue, CborValue>>
        {
            new(CborValue.Integer(AlgorithmHeader), CborValue.Integer(Es256)),
            new(CborValue.Integer(ChainHeader), certificates.Count == 1 ? certificates[0] : CborValue.Array(certificates)),
        }));
    }

    private static byte[] Encode(byte[] header, byte[] signature) => CborWriter.Encode(CborValue.Tag(Tag, CborValue.Array(
        [CborValue.Bytes(header), CborValue.Map(), CborValue.Null, CborValue.Bytes(signature)])));

    /// <summary>Exactly one credential in the union of both headers (C2PA 2.2, section 14.2), under 33 or the older text label.</summary>
    private static (IReadOnlyList<ReadOnlyMemory<byte>> Chain, string? Fault) ReadChain(CborValue inner, CborValue outer)
    {
        if ((inner[ChainHeader] is not null && outer[ChainHeader] is not null) || (inner[ChainHeaderText] is not null && outer[ChainHeaderText] is not null))
            return ([], "a certificate chain in both headers");
        var value = inner[ChainHeader] ?? outer[ChainHeader] ?? inner[ChainHeaderText] ?? outer[ChainHeaderText];
        if (value?.AsBytes is { } single) return ([single], null);
        if (value?.AsArray is not { Count: > 0 and <= MaxCertificates } several) return ([], $"no certificate chain of 1 to {MaxCertificates}");
        var chain = new List<ReadOnlyMemory<byte>>(several.Count);
        foreach (var certificate in several)
        {
            if (certificate.AsBytes is not { } der) return ([], "a certificate that is no byte string");
            chain.Add(der);
        }
        return (chain, null);
    }
}
