using System.Globalization;

namespace Answerprint.Rules.Yaml;

/// <summary>Typed access to a mapping with a closed set of keys; a key outside the set is an error that names the nearest.</summary>
internal sealed class YamlFields
{
    private readonly YamlMapping _map;
    private readonly Dictionary<string, YamlNode> _byKey = new(StringComparer.Ordinal);

    public YamlFields(YamlNode node, string what, params string[] keys)
    {
        What = what;
        _map = node as YamlMapping ?? throw node.Error($"{what} must be a mapping, not {node.Kind}");
        foreach (var (key, value) in _map.Entries)
        {
            if (!keys.Contains(key.Text, StringComparer.Ordinal))
            {
                throw key.Error($"{what} has no field '{key.Text}'{Nearest.Hint(key.Text, keys)}");
            }

            _byKey.Add(key.Text, value);
        }
    }

    public string What { get; }

    public PolicyFormatException Error(string reason) => _map.Error(reason);

    public bool Has(string key) => Optional(key) is not null;

    public YamlNode? Optional(string key) => _byKey.TryGetValue(key, out var node) && node is not YamlScalar { IsNull: true } ? node : null;

    public YamlNode Required(string key) => Optional(key) ?? throw Error($"{What} needs '{key}'");

    public string Text(string key) => Text(Required(key), $"'{key}' of {What}");

    public string? TextOrNull(string key) => Optional(key) is { } node ? Text(node, $"'{key}' of {What}") : null;

    public string? AddressOrNull(string key) =>
        TextOrNull(key) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? text
        : throw Required(key).Error("an address must start with https://");

    public string Id(string key)
    {
        var node = Required(key);
        return Identifier(node, Text(node, $"'{key}' of {What}"));
    }

    public bool Bool(string key, bool? otherwise = null) => Optional(key) switch
    {
        null when otherwise is { } value => value,
        YamlScalar { Text: "true", Quoted: false } => true,
        YamlScalar { Text: "false", Quoted: false } => false,
        null => throw Error($"{What} needs '{key}'"),
        var node => throw node.Error($"'{key}' of {What} must be true or false"),
    };

    public DateOnly? Date(string key) => Optional(key) is not { } node ? null
        : DateOnly.TryParseExact(Text(node, key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : throw node.Error($"'{key}' of {What} must be a date such as 2026-08-02");

    public IReadOnlyList<YamlNode> Items(string key, int max) => Optional(key) is not { } node ? [] : List(node, $"'{key}' of {What}", max);

    public IReadOnlyList<string> Texts(string key) =>
        [.. Items(key, PolicyLimits.MaxListItems).Select(item => Text(item, $"an entry of '{key}' of {What}"))];

    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries(string key, int max)
    {
        if (Optional(key) is not { } node)
        {
            return [];
        }

        var map = node as YamlMapping ?? throw node.Error($"'{key}' of {What} must be a mapping, not {node.Kind}");
        return map.Entries.Count <= max ? map.Entries : throw node.Error($"'{key}' of {What} has {map.Entries.Count} entries; the limit is {max}");
    }

    public T Choice<T>(string key, params (string Name, T Value)[] choices) => Choice(Required(key), $"'{key}' of {What}", choices);

    public static T Choice<T>(YamlNode node, string what, params (string Name, T Value)[] choices)
    {
        var text = Text(node, what);
        foreach (var (name, value) in choices)
        {
            if (name == text)
            {
                return value;
            }
        }

        throw node.Error($"{what} is '{text}'; it must be one of {string.Join(", ", choices.Select(c => c.Name))}");
    }

    public static IReadOnlyList<YamlNode> List(YamlNode node, string what, int max)
    {
        var items = (node as YamlSequence ?? throw node.Error($"{what} must be a list, not {node.Kind}")).Items;
        return items.Count <= max ? items : throw node.Error($"{what} has {items.Count} entries; the limit is {max}");
    }

    public static string Text(YamlNode node, string what)
    {
        var scalar = node as YamlScalar ?? throw node.Error($"{what} must be text, not {node.Kind}");
        return scalar.Text.Trim().Length > 0 ? scalar.Text.Trim() : throw node.Error($"{what} is empty");
    }

    public static string Identifier(YamlNode node, string text) =>
        text.Length <= PolicyLimits.MaxIdLength && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
            ? text
            : throw node.Error(
                $"'{(text.Length > 40 ? text[..40] : text)}' is not an identifier: a letter, then letters, digits, '-', '.' or '_', " +
                $"at most {PolicyLimits.MaxIdLength}");
}
