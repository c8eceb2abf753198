using System.Globalization;
using System.Text.Json;

namespace Answerprint.Platform.Media.Probing;

/// <summary>Reads one object of ffprobe's JSON, in which numbers come as numbers or as text and anything may be absent.</summary>
internal sealed class ProbedStream(JsonElement source)
{
    private readonly JsonElement element = source.Clone();

    public int Index => (int)Number("index");

    public string Kind => Text("codec_type") ?? "";

    public string Codec => Text("codec_name") ?? "unknown";

    public string? Language => Tag("language") is { } code && code != "und" ? code : null;

    public bool IsAttachedPicture =>
        element.TryGetProperty("disposition", out var disposition)
        && disposition.TryGetProperty("attached_pic", out var attached)
        && attached.ValueKind == JsonValueKind.Number && attached.GetInt32() == 1;

    /// <summary>"mov,mp4,m4a,3gp,3g2,mj2" is called "mp4", "matroska,webm" is called "matroska".</summary>
    public string FormatName => Text("format_name") switch
    {
        null => "unknown",
        var name when name.StartsWith("mov,", StringComparison.Ordinal) => "mp4",
        var name => name.Split(',')[0],
    };

    /// <summary>The display matrix's turn; FFmpeg states it anticlockwise.</summary>
    public int RotationClockwise
    {
        get
        {
            if (!element.TryGetProperty("side_data_list", out var list) || list.ValueKind != JsonValueKind.Array) return 0;
            foreach (var side in list.EnumerateArray())
                if (side.TryGetProperty("rotation", out var rotation) && rotation.TryGetDouble(out var degrees))
                    return ((((int)Math.Round(-degrees / 90) * 90) % 360) + 360) % 360;
            return 0;
        }
    }

    public string? Text(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public string? Tag(string name) =>
        element.TryGetProperty("tags", out var tags) && tags.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public long Number(string name)
    {
        if (!element.TryGetProperty(name, out var value)) return 0;
        if (value.ValueKind == JsonValueKind.Number) return value.TryGetInt64(out var number) ? number : 0;
        return long.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
    }

    public double Seconds(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds) && seconds is > -1e9 and < 1e9
            ? seconds
            : 0;
}
