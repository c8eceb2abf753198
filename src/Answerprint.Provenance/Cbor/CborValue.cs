using System.Diagnostics.CodeAnalysis;

namespace Answerprint.Provenance.Cbor;

/// <summary>One CBOR data item (RFC 8949), immutable; what is absent or of another kind reads as null, so that callers judge instead of catching.</summary>
internal sealed class CborValue
{
    private readonly object? payload;
    private readonly Int128 number;
    private readonly ReadOnlyMemory<byte> bytes;

    private CborValue(CborKind kind, object? payload = null, Int128 number = default, ReadOnlyMemory<byte> bytes = default)
    {
        Kind = kind;
        this.payload = payload;
        this.number = number;
        this.bytes = bytes;
    }

    public static CborValue Null { get; } = new(CborKind.Null);

    public static CborValue Undefined { get; } = new(CborKind.Undefined);

    public CborKind Kind { get; }

    /// <summary>The integer, or the tag number of a tag, or the value of a simple item.</summary>
    public Int128 Number => number;

    public ReadOnlyMemory<byte>? AsBytes => Kind == CborKind.Bytes ? bytes : default(ReadOnlyMemory<byte>?);

    public string? AsText => Kind == CborKind.Text ? (string)payload! : null;

    public long? AsInt64 => Kind == CborKind.Integer && number >= long.MinValue && number <= long.MaxValue ? (long)number : null;

    public bool? AsBoolean => Kind == CborKind.Boolean ? number != 0 : null;

    public double? AsDouble => Kind == CborKind.Float ? (double)payload! : null;

    public IReadOnlyList<CborValue>? AsArray => Kind == CborKind.Array ? (IReadOnlyList<CborValue>)payload! : null;

    public IReadOnlyList<KeyValuePair<CborValue, CborValue>>? AsMap =>
        Kind == CborKind.Map ? (IReadOnlyList<KeyValuePair<CborValue, CborValue>>)payload! : null;

    /// <summary>The content of a tag, whatever its number.</summary>
    public CborValue? Tagged => Kind == CborKind.Tag ? (CborValue)payload! : null;

    /// <summary>The value under a text key of a map, or null.</summary>
    public CborValue? this[string key] => Find(k => k.AsText == key);

    /// <summary>The value under an integer key of a map, or null.</summary>
    public CborValue? this[long key] => Find(k => k.AsInt64 == key);

    public static CborValue Integer(Int128 value) => new(CborKind.Integer, number: value);

    public static CborValue Bytes(ReadOnlyMemory<byte> value) => new(CborKind.Bytes, bytes: value);

    [return: NotNullIfNotNull(nameof(value))]
    public static CborValue? Text(string? value) => value is null ? null : new(CborKind.Text, value);

    public static CborValue Boolean(bool value) => new(CborKind.Boolean, number: value ? 1 : 0);

    public static CborValue Float(double value) => new(CborKind.Float, value);

    public static CborValue Simple(int value) => new(CborKind.Simple, number: value);

    public static CborValue Tag(ulong tag, CborValue content) => new(CborKind.Tag, content, tag);

    public static CborValue Array(IReadOnlyList<CborValue> items) => new(CborKind.Array, items);

    public static CborValue Map(IReadOnlyList<KeyValuePair<CborValue, CborValue>> entries) => new(CborKind.Map, entries);

    /// <summary>A map with text keys; entries whose value is null are left out.</summary>
    public static CborValue Map(params ReadOnlySpan<(string Key, CborValue? Value)> entries)
    {
        var kept = new List<KeyValuePair<CborValue, CborValue>>(entries.Length);
        foreach (var (key, value) in entries)
        {
            if (value is not null) kept.Add(new(Text(key), value));
        }
        return Map(kept);
    }

    /// <summary>An RFC 3339 date and time under tag 0 (RFC 8949, section 3.4.1), in UTC to the second.</summary>
    public static CborValue DateTime(DateTimeOffset value) => Tag(0, Text(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")));

    private CborValue? Find(Predicate<CborValue> wanted)
    {
        if (AsMap is not { } entries) return null;
        foreach (var (key, value) in entries)
        {
            if (wanted(key)) return value;
        }
        return null;
    }
}
