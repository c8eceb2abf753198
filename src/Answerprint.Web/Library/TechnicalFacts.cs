using System.Text.Json;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Library;

/// <summary>What the probe and the analysis found in an asset.</summary>
public sealed record TechnicalFacts(IReadOnlyList<(string Key, string Value)> Facts, long Frames, IReadOnlyList<TechnicalFacts.Boundary> Boundaries, TechnicalFacts.Sound? Loudness)
{
    // Said elsewhere on the page, or of use to programs only.
    private static readonly HashSet<string> Hidden = ["streamIndex", "codedWidth", "codedHeight", "displayWidth", "displayHeight", "uprightWidth", "uprightHeight", "durationTicks", "duration", "timeBase", "frameRate", "frameCount", "startTimecode", "containerStart", "orientation", "pages"];

    public int Shots => Boundaries.Count + 1;

    /// <summary>One boundary between shots.</summary>
    public sealed record Boundary(string Kind, int StartFrame, int EndFrame, double StartSeconds, double EndSeconds, double Confidence);

    /// <summary>Loudness by EBU R 128.</summary>
    public sealed record Sound(IReadOnlyList<double> MomentaryLufs, double? IntegratedLufs, double? RangeLu, double? TruePeakDbtp);

    internal static async Task<TechnicalFacts> LoadAsync(AnswerprintDb db, BlobStore blobs, Asset asset, CancellationToken cancellationToken)
    {
        var (boundaries, sound) = (new List<Boundary>(), (Sound?)null);
        var analysis = await db.Set<Rendition>().AsNoTracking().FirstOrDefaultAsync(made => made.AssetId == asset.Id && made.Kind == RenditionKind.Analysis, cancellationToken);
        if (analysis is not null && blobs.Exists(analysis.BlobSha256))
        {
            await using var file = blobs.OpenRead(analysis.BlobSha256);
            using var document = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            boundaries = document.RootElement.TryGetProperty("boundaries", out var found) ? found.Deserialize<List<Boundary>>(JsonSerializerOptions.Web)! : [];
            sound = SoundIn(document.RootElement);
        }
        return new(Measures(asset).Concat(Probed(asset)).ToList(), asset.Frames, boundaries, sound);
    }

    private static IEnumerable<(string, string)> Measures(Asset asset)
    {
        if (asset.Width > 0) yield return ("Picture", $"{asset.Width} × {asset.Height}");
        if (asset.FrameRate.Length > 0 && Platform.Media.Contracts.Rational.TryParse(asset.FrameRate, out var rate))
        {
            yield return ("Frame rate", $"{rate.ToDouble():0.###} frames/s");
            if (asset.Frames > 1) yield return ("Length", $"{Words.Clock(asset.Frames / rate.ToDouble())}, {asset.Frames:N0} frames");
        }
        if (asset.StartTimecode.Length > 0) yield return ("Start timecode", asset.StartTimecode);
        yield return ("File", $"{asset.FileName}, {Words.Size(asset.Length)}");
    }

    private static IEnumerable<(string, string)> Probed(Asset asset)
    {
        using var document = JsonDocument.Parse(asset.ProbeJson);
        if (document.RootElement.ValueKind != JsonValueKind.Object) yield break;
        foreach (var field in document.RootElement.EnumerateObject())
        {
            if (Hidden.Contains(field.Name) || Text(field) is not { Length: > 0 } value) continue;
            yield return (Words.Spaced(field.Name), value);
        }
    }

    private static string? Text(JsonProperty field) => field.Value.ValueKind switch
    {
        JsonValueKind.String => field.Value.GetString(),
        JsonValueKind.Number when field.Value.TryGetDouble(out var number) => number == 0 ? null : field.Value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.Array when field.Value.GetArrayLength() > 0 => string.Join("; ", field.Value.EnumerateArray().Select(Track)),
        _ => null,
    };

    /// <summary>A sound or subtitle track in a line.</summary>
    private static string Track(JsonElement track)
    {
        if (track.ValueKind != JsonValueKind.Object) return track.ToString();
        string? Of(string name) => track.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
        var parts = new[] { Of("codec"), Of("layout") ?? (Of("channels") is { } channels ? $"{channels} channels" : null), Of("sampleRate") is { } hertz ? $"{hertz} Hz" : null, Of("language") };
        return string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static Sound? SoundIn(JsonElement analysis)
    {
        if (!analysis.TryGetProperty("loudness", out var loudness) || loudness.ValueKind != JsonValueKind.Object) return null;
        if (!loudness.TryGetProperty("momentaryLufs", out var curve) || curve.ValueKind != JsonValueKind.Array || curve.GetArrayLength() < 2) return null;
        double? Number(string name) => loudness.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
        return new Sound([.. curve.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : -120)], Number("integratedLufs"), Number("rangeLu"), Number("truePeakDbtp"));
    }
}
