using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Answerprint.Web.Tests.Accounts;

/// <summary>An authenticator in software: one ES256 passkey, attestation "none" (W3C Web Authentication Level 3, 6.1 and 6.5).</summary>
internal sealed class SoftwareAuthenticator : IDisposable
{
    private const byte UserPresent = 1, UserVerified = 4, AttestedData = 64;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] credentialId = RandomNumberGenerator.GetBytes(32);
    private string userHandle = "";
    private uint signCount;

    public JsonObject Register(JsonElement options, string origin)
    {
        userHandle = options.GetProperty("user").GetProperty("id").GetString()!;
        var client = ClientData("webauthn.create", options, origin);
        var data = AuthenticatorData(options.GetProperty("rp").GetProperty("id").GetString()!, UserPresent | UserVerified | AttestedData, Attested());
        // CBOR: { "fmt": "none", "attStmt": {}, "authData": bytes }
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x59, .. Length(data), .. data];
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    public JsonObject SignIn(JsonElement options, string origin, bool breakSignature = false)
    {
        var client = ClientData("webauthn.get", options, origin);
        signCount++;
        var data = AuthenticatorData(options.GetProperty("rpId").GetString()!, UserPresent | UserVerified, []);
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (breakSignature) signature = key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(signature),
            ["userHandle"] = userHandle,
        });
    }

    public void Dispose() => key.Dispose();

    private JsonObject Credential(JsonObject response) => new()
    {
        ["id"] = Base64Url.EncodeToString(credentialId),
        ["rawId"] = Base64Url.EncodeToString(credentialId),
        ["type"] = "public-key",
        ["authenticatorAttachment"] = "platform",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    };

    private static byte[] ClientData(string type, JsonElement options, string origin) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type,
        ["challenge"] = options.GetProperty("challenge").GetString(),
        ["origin"] = origin,
        ["crossOrigin"] = false,
    }.ToJsonString());

    private byte[] AuthenticatorData(string rpId, int flags, byte[] attested)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, signCount);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(rpId)), (byte)flags, .. counter, .. attested];
    }

    /// <summary>AAGUID, credential id and the public key as a COSE_Key: { 1: 2, 3: -7, -1: 1, -2: x, -3: y }.</summary>
    private byte[] Attested()
    {
        var point = key.ExportParameters(false).Q;
        return [.. new byte[16], .. Length(credentialId), .. credentialId, 0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }

    private static byte[] Length(byte[] data) => [(byte)(data.Length >> 8), (byte)data.Length];
}
