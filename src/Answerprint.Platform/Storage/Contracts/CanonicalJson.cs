using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Answerprint.Platform.Storage.Contracts;

/// <summary>JSON in the one form that RFC 8785 (JSON Canonicalization Scheme) gives it, so that equal documents have equal hashes.</summary>
public static class CanonicalJson
{
    private const long LargestExactInteger = 1L << 53;

    // RFC 8785 escapes only what JSON must escape.
    private static readonly JsonSerializerOptions Strings = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a document.</summary>
    /// <exception cref="ArgumentException">A number is not finite, or is an integer beyond 2^53, which other readers would round.</exception>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null: text.Append("null"); break;
            case JsonObject map: WriteObject(text, map); break;
            case JsonArray list: WriteArray(text, list); break;
            default: WriteValue(text, node.AsValue()); break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonObject map)
    {
        text.Append('{');
        var first = true;
        foreach (var (name, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!first) text.Append(',');
            first = false;
            text.Append(Quote(name)).Append(':');
            Write(text, value);
        }
        text.Append('}');
    }

    private static void WriteArray(StringBuilder text, JsonArray list)
    {
        text.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) text.Append(',');
            Write(text, list[i]);
        }
        text.Append(']');
    }

    private static void WriteValue(StringBuilder text, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String: text.Append(Quote(value.ToString())); break;
            case JsonValueKind.True: text.Append("true"); break;
            case JsonValueKind.False: text.Append("false"); break;
            default: text.Append(Number(value)); break;
        }
    }

    private static string Quote(string value)
    {
        var quoted = JsonSerializer.Serialize(value, Strings);
        // The relaxed encoder still escapes what the scheme leaves as it is.
        return quoted.Contains("\\u", StringComparison.Ordinal) ? QuoteExactly(value) : quoted;
    }

    private static string QuoteExactly(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return text.Append('"').ToString();
    }

    private static string Number(JsonValue value)
    {
        var raw = value.ToJsonString();
        if (long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return Math.Abs(integer) <= LargestExactInteger
                ? integer.ToString(CultureInfo.InvariantCulture)
                : throw new ArgumentException($"the integer {integer} is beyond 2^53 and has no canonical JSON form; write it as a string");
        }
        var number = double.Parse(raw, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number)) throw new ArgumentException($"the number {raw} is not finite and has no JSON form");
        return EcmaScript(number);
    }

    /// <summary>ECMAScript's Number::toString, which RFC 8785 prescribes.</summary>
    private static string EcmaScript(double number)
    {
        if (number == 0) return "0";
        var parts = Math.Abs(number).ToString("E16", CultureInfo.InvariantCulture);
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var (digits, exponent) = DigitsOf(shortest, parts);
        var sign = number < 0 ? "-" : "";
        if (exponent is > 21 or < -5)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return $"{sign}{mantissa}e{(exponent > 0 ? "+" : "-")}{Math.Abs(exponent - 1)}";
        }
        if (exponent <= 0) return $"{sign}0.{new string('0', -exponent)}{digits}";
        return digits.Length <= exponent
            ? $"{sign}{digits}{new string('0', exponent - digits.Length)}"
            : $"{sign}{digits[..exponent]}.{digits[exponent..]}";
    }

    /// <summary>The shortest digits d1 d2 ... and the exponent n with value = 0.d1d2... * 10^n.</summary>
    private static (string Digits, int Exponent) DigitsOf(string shortest, string scientific)
    {
        var mantissa = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('0');
        var power = int.Parse(scientific[(scientific.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        return (mantissa, power + 1);
    }
}
