using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Answerprint.Rules.Canonical;

/// <summary>Writes canonical JSON (RFC 8785) for values whose numbers have at most 15 significant digits and six decimals.</summary>
internal static class CanonicalJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static byte[] Serialize<T>(T value)
    {
        var builder = new StringBuilder();
        Write(builder, JsonSerializer.SerializeToNode(value, Options));
        return Encoding.UTF8.GetBytes(builder.ToString());
    }

    private static void Write(StringBuilder to, JsonNode? node)
    {
        switch (node)
        {
            case null:
                to.Append("null");
                break;
            case JsonObject obj:
                WriteObject(to, obj);
                break;
            case JsonArray array:
                to.Append('[');
                for (var i = 0; i < array.Count; i++)
                {
                    to.Append(i > 0 ? "," : "");
                    Write(to, array[i]);
                }

                to.Append(']');
                break;
            default:
                WriteValue(to, node.AsValue());
                break;
        }
    }

    // RFC 8785 3.2.3: members sorted by their UTF-16 code units, which is what ordinal comparison does.
    private static void WriteObject(StringBuilder to, JsonObject obj)
    {
        to.Append('{');
        var first = true;
        foreach (var (name, value) in obj.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            to.Append(first ? "" : ",");
            first = false;
            WriteString(to, name);
            to.Append(':');
            Write(to, value);
        }

        to.Append('}');
    }

    private static void WriteValue(StringBuilder to, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                WriteString(to, value.GetValue<string>());
                break;
            case JsonValueKind.Number:
                var number = decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
                to.Append(number.ToString("0.######", CultureInfo.InvariantCulture));
                break;
            default:
                to.Append(value.ToJsonString());
                break;
        }
    }

    private static void WriteString(StringBuilder to, string text)
    {
        to.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => to.Append("\\\""),
                '\\' => to.Append("\\\\"),
                '\b' => to.Append("\\b"),
                '\t' => to.Append("\\t"),
                '\n' => to.Append("\\n"),
                '\f' => to.Append("\\f"),
                '\r' => to.Append("\\r"),
                < ' ' => to.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => to.Append(c),
            };
        }

        to.Append('"');
    }
}
