namespace Answerprint.Provenance.Cbor;

/// <summary>The kinds of CBOR data item (RFC 8949, section 3) that a manifest can hold.</summary>
internal enum CborKind
{
    Integer,
    Bytes,
    Text,
    Array,
    Map,
    Tag,
    Float,
    Boolean,
    Null,
    Undefined,
    Simple,
}
