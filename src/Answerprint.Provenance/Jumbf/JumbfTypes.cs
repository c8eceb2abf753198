using System.Text;

namespace Answerprint.Provenance.Jumbf;

/// <summary>Box types (ISO/IEC 19566-5) and the C2PA superbox type UUIDs, which are a four-character code and a fixed tail.</summary>
internal static class JumbfTypes
{
    public const string SuperBox = "jumb";
    public const string Description = "jumd";
    public const string Cbor = "cbor";
    public const string Json = "json";
    public const string ManifestStore = "c2pa";
    public const string Manifest = "c2ma";
    public const string UpdateManifest = "c2um";
    public const string AssertionStore = "c2as";
    public const string Claim = "c2cl";
    public const string Signature = "c2cs";

    public const int UuidLength = 16;

    private static ReadOnlySpan<byte> Tail => [0x00, 0x11, 0x00, 0x10, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>The type UUID of a four-character code, in the order it has on the wire.</summary>
    public static byte[] Uuid(string code) => [.. Encoding.ASCII.GetBytes(code), .. Tail];

    /// <summary>The four-character code of a type UUID, or null for a UUID of another family.</summary>
    public static string? Code(ReadOnlySpan<byte> uuid) =>
        uuid.Length == UuidLength && uuid[4..].SequenceEqual(Tail) ? Encoding.Latin1.GetString(uuid[..4]) : null;
}
