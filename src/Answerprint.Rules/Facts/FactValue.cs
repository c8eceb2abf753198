using System.Globalization;

namespace Answerprint.Rules.Facts;

/// <summary>The value of a fact, or <see cref="Unknown"/>.</summary>
public sealed class FactValue : IEquatable<FactValue>
{
    private FactValue(FactKind? kind, bool truth, decimal number, string? text, IReadOnlyList<string> items) =>
        (KnownKind, Truth, Number, Text, Items) = (kind, truth, number, text, items);

    /// <summary>A fact that nobody has given; it is never treated as false.</summary>
    public static FactValue Unknown { get; } = new(null, false, 0, null, []);

    /// <summary>True where the value is not known.</summary>
    public bool IsUnknown => KnownKind is null;

    /// <summary>The kind; <see cref="FactKind.Text"/> for an enum value, which only a declaration can tell from text.</summary>
    /// <exception cref="InvalidOperationException">The value is unknown.</exception>
    public FactKind Kind => KnownKind ?? throw new InvalidOperationException("an unknown fact has no kind");

    /// <summary>The boolean; false for other kinds.</summary>
    public bool Truth { get; }

    /// <summary>The number; 0 for other kinds.</summary>
    public decimal Number { get; }

    /// <summary>The text; null for other kinds.</summary>
    public string? Text { get; }

    /// <summary>The entries of a list, sorted and without repetition; empty for other kinds.</summary>
    public IReadOnlyList<string> Items { get; }

    private FactKind? KnownKind { get; }

    /// <summary>A boolean value.</summary>
    public static FactValue Of(bool truth) => new(FactKind.Bool, truth, 0, null, []);

    /// <summary>A text or enum value.</summary>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    public static FactValue Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(FactKind.Text, false, 0, text, []);
    }

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than 15 significant digits or six decimals.</exception>
    public static FactValue Of(decimal number)
    {
        if (!IsExact(number))
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "a number fact has at most 15 significant digits and six decimals");
        }

        return new(FactKind.Number, false, number, null, []);
    }

    /// <summary>A list value; entries are sorted and repetitions dropped.</summary>
    /// <exception cref="ArgumentNullException">The list or an entry is null.</exception>
    public static FactValue Of(IEnumerable<string> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var sorted = items.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return Array.IndexOf(sorted, null) < 0
            ? new(FactKind.List, false, 0, null, sorted)
            : throw new ArgumentNullException(nameof(items), "a list holds a null entry");
    }

    /// <inheritdoc/>
    public bool Equals(FactValue? other) =>
        other is not null && KnownKind == other.KnownKind && Truth == other.Truth && Number == other.Number && Text == other.Text &&
        Items.SequenceEqual(other.Items, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FactValue);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(KnownKind, Truth, Number, Text, Items.Count);

    /// <summary>The value in words: <c>yes</c>, <c>no</c>, the text, the entries, or <c>unknown</c>.</summary>
    public override string ToString() => KnownKind switch
    {
        null => "unknown",
        FactKind.Bool => Truth ? "yes" : "no",
        FactKind.Number => Number.ToString("0.######", CultureInfo.InvariantCulture),
        FactKind.List => Items.Count == 0 ? "none" : string.Join(", ", Items),
        _ => Text!,
    };

    internal static bool TryParseNumber(string text, out decimal number)
    {
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        number = 0;
        return text.Length <= 24 && decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out number) && IsExact(number);
    }

    // Such a number is the same in decimal, in JSON and in the double that RFC 8785 goes by.
    private static bool IsExact(decimal number) =>
        Math.Abs(number) < 1_000_000_000_000_000m && decimal.Round(number, 6) == number &&
        Math.Abs(number).ToString("0.######", CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).TrimStart('0').Length <= 15;
}
