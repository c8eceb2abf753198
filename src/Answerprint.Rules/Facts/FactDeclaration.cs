namespace Answerprint.Rules.Facts;

/// <summary>One fact that a pack expects.</summary>
/// <param name="Name">Dotted camelCase name, such as <c>talent.replica</c>.</param>
/// <param name="Kind">The type.</param>
/// <param name="Values">The allowed values of an enum or of a list's entries; empty where any text is allowed.</param>
/// <param name="IsTerritory">
/// True where text must be a territory: two capital letters (ISO 3166-1, or <c>EU</c>), a subdivision (ISO 3166-2) such as <c>US-CA</c>, or <c>worldwide</c>.
/// </param>
/// <param name="Text">What the fact means, for people.</param>
public sealed record FactDeclaration(string Name, FactKind Kind, IReadOnlyList<string> Values, bool IsTerritory, string Text)
{
    /// <summary>Says why a value does not fit, or returns null where it fits; an unknown value always fits.</summary>
    public string? Misfit(FactValue value)
    {
        if (value.IsUnknown)
        {
            return null;
        }

        if (value.Kind != Kind && !(Kind is FactKind.Enum && value.Kind is FactKind.Text))
        {
            return $"'{Name}' must be {Describe()}, not {value}";
        }

        if (Kind is FactKind.List && value.Items.Count > PolicyLimits.MaxListItems)
        {
            return $"'{Name}' has {value.Items.Count} entries; the limit is {PolicyLimits.MaxListItems}";
        }

        var texts = Kind is FactKind.List ? value.Items : Kind is FactKind.Enum or FactKind.Text ? [value.Text!] : [];
        return texts.Select(MisfitText).FirstOrDefault(reason => reason is not null);
    }

    /// <summary>The type in words, such as <c>one of run, release</c>.</summary>
    public string Describe() => Kind switch
    {
        FactKind.Bool => "true or false",
        FactKind.Number => "a number",
        FactKind.Enum => $"one of {string.Join(", ", Values)}",
        FactKind.Text => "text",
        _ => Values.Count > 0 ? $"a list of {string.Join(", ", Values)}" : IsTerritory ? "a list of territories" : "a list of texts",
    };

    internal string? MisfitText(string text)
    {
        if (Values.Count > 0 && !Values.Contains(text, StringComparer.Ordinal))
        {
            return $"'{text}' is not a value of '{Name}'{Yaml.Nearest.Hint(text, Values)}";
        }

        if (text.Length > PolicyLimits.MaxStringLength)
        {
            return $"'{Name}' has {text.Length} characters; the limit is {PolicyLimits.MaxStringLength}";
        }

        return IsTerritory && !IsTerritoryCode(text) ? $"'{text}' in '{Name}' is not a territory: expected such as FR, EU, US-CA or worldwide" : null;
    }

    private static bool IsTerritoryCode(string text) =>
        text == "worldwide" ||
        (text.Length >= 2 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]) && (text.Length == 2 || IsSubdivision(text.AsSpan(2))));

    private static bool IsSubdivision(ReadOnlySpan<char> text) =>
        text.Length is >= 2 and <= 4 && text[0] == '-' && text[1..].IndexOfAnyExceptInRange('0', 'Z') < 0 && !text[1..].ContainsAnyInRange(':', '@');
}
