using System.Numerics;
using System.Text.Json;

namespace Answerprint.Imaging.GreyBox;

/// <summary>A JSON object at a place in a scene; what it says of its members it says with that place.</summary>
internal readonly struct SceneNode(JsonElement element, string place)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement.Clone();

    /// <summary>Reads a whole document.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="name">What it is, in one word for messages.</param>
    /// <param name="most">Most bytes of it.</param>
    /// <param name="read">Makes of its root what is wanted; the root is gone afterwards.</param>
    /// <exception cref="SceneFormatException">It is too long, no JSON, or what <paramref name="read"/> finds wrong.</exception>
    internal static T Document<T>(ReadOnlyMemory<byte> utf8, string name, int most, Func<SceneNode, T> read)
    {
        if (utf8.Length > most)
            throw new SceneFormatException($"A {name} of {utf8.Length} bytes is beyond the limit of {most}.");
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return read(new SceneNode(document.RootElement, name));
        }
        catch (JsonException error)
        {
            throw new SceneFormatException($"The {name} is not JSON: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // Text that is no Unicode shows only when it is read.
            throw new SceneFormatException($"The {name} holds text that cannot be read: {error.Message}", error);
        }
    }

    internal SceneFormatException Fault(string words) => new($"{place} {words}.");

    internal SceneNode Child(string name) => Find(name) is { } found ? new SceneNode(Require(found, JsonValueKind.Object, name), $"{place}.{name}") : throw Fault($"has no '{name}'");

    /// <summary>A member that may be missing, and then has only usual values.</summary>
    internal SceneNode Optional(string name) => Find(name) is { } found ? new SceneNode(Require(found, JsonValueKind.Object, name), $"{place}.{name}") : new SceneNode(Nothing, $"{place}.{name}");

    /// <summary>Places in a picture, each two numbers; none when the member is missing.</summary>
    internal Vector2[] Places(string name, int most)
    {
        if (Find(name) is not { } found)
            return [];
        int count = Require(found, JsonValueKind.Array, name).GetArrayLength();
        if (count > most)
            throw Fault($"has {count} points as '{name}'; the limit is {most}");
        var result = new Vector2[count];
        int at = 0;
        foreach (JsonElement point in found.EnumerateArray())
        {
            if (Require(point, JsonValueKind.Array, name).GetArrayLength() != 2)
                throw Fault($"needs two numbers for each point of '{name}'");
            result[at++] = new Vector2((float)Value(Require(point[0], JsonValueKind.Number, name), name, -65536, 65536), (float)Value(Require(point[1], JsonValueKind.Number, name), name, -65536, 65536));
        }
        return result;
    }

    internal IEnumerable<SceneNode> List(string name, int most)
    {
        if (Find(name) is not { } found)
            return [];
        int count = Require(found, JsonValueKind.Array, name).GetArrayLength();
        if (count > most)
            throw Fault($"has {count} {name}; the limit is {most}");
        string at = place;
        SceneNode self = this;
        return [.. found.EnumerateArray().Select((item, i) => new SceneNode(self.Require(item, JsonValueKind.Object, $"{name}[{i}]"), $"{at}.{name}[{i}]"))];
    }

    /// <summary>A number within bounds, to a thousandth.</summary>
    internal double Number(string name, double low, double high, double usual) =>
        Find(name) is { } found ? Value(Require(found, JsonValueKind.Number, name), name, low, high) : usual;

    internal Vector3D Point(string name, Vector3D usual)
    {
        if (Find(name) is not { } found)
            return usual;
        if (Require(found, JsonValueKind.Array, name).GetArrayLength() != 3)
            throw Fault($"needs three numbers as '{name}'");
        return new Vector3D(Coordinate(found[0], name), Coordinate(found[1], name), Coordinate(found[2], name));
    }

    internal string Name(string name, string usual)
    {
        if (Find(name) is not { } found)
            return usual;
        string text = Require(found, JsonValueKind.String, name).GetString()!.Trim();
        return text.Length <= SceneLimits.MaxName && !text.Any(char.IsControl) ? text : throw Fault($"has a '{name}' that is longer than {SceneLimits.MaxName} characters or holds control characters");
    }

    internal T Choice<T>(string name, T usual)
        where T : struct, Enum
    {
        string text = Name(name, usual.ToString());
        return Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value) && !int.TryParse(text, out _) ? value
            : throw Fault($"has the {name} '{text}'; known are {string.Join(", ", Enum.GetNames<T>().Select(known => known.ToLowerInvariant()))}");
    }

    private double Coordinate(JsonElement found, string name) => Value(Require(found, JsonValueKind.Number, name), name, -SceneLimits.MaxCoordinate, SceneLimits.MaxCoordinate);

    private double Value(JsonElement found, string name, double low, double high) =>
        found.TryGetDouble(out double value) && value >= low && value <= high ? Math.Round(value * 1000) / 1000
            : throw Fault($"has '{name}' {found.GetRawText()[..Math.Min(24, found.GetRawText().Length)]}, which is not {low} to {high}");

    private JsonElement Require(JsonElement found, JsonValueKind kind, string name) =>
        found.ValueKind == kind ? found : throw Fault($"has '{name}' that is {found.ValueKind} and not {kind}");

    private JsonElement? Find(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found
        : element.ValueKind == JsonValueKind.Object ? null : throw Fault("is not an object");
}
