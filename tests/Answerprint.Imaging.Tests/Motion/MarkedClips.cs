using System.Text.Json;
using Answerprint.Imaging.Motion;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Motion;

/// <summary>Boundaries that a person marked, and how well a detector meets them.</summary>
internal sealed record MarkedClip(string File, int Frames, IReadOnlyList<MarkedBoundary> Boundaries)
{
    private readonly Lazy<List<byte[]>> decoded = new(() => [.. Footage.Decode(SharedData.Footage(File), Detection.Width, Detection.Height)]);

    /// <summary>Its small frames, decoded once.</summary>
    internal List<byte[]> Decoded => decoded.Value;

    internal static IReadOnlyList<MarkedClip> All { get; } = Load();

    private static IReadOnlyList<MarkedClip> Load()
    {
        using Stream json = typeof(MarkedClip).Assembly.GetManifestResourceStream("marked-boundaries.json")!;
        return JsonSerializer.Deserialize<Document>(json, JsonSerializerOptions.Web)!.Clips;
    }

    private sealed record Document(string Note, IReadOnlyList<MarkedClip> Clips);
}

internal sealed record MarkedBoundary(int Frame, double Seconds, string Kind);

internal static class Detection
{
    internal const int Width = 96;
    internal const int Height = 54;

    internal static IReadOnlyList<ShotBoundary> Run(IEnumerable<byte[]> frames, int width = Width, int height = Height, Func<int, long>? pts = null)
    {
        var detector = new ShotDetector();
        var found = new List<ShotBoundary>();
        int index = 0;
        foreach (byte[] frame in frames)
        {
            int channels = frame.Length / (width * height);
            found.AddRange(detector.Push(new PixelView<byte>(frame, PixelLayout.Interleaved(width, height, channels)), pts?.Invoke(index) ?? index));
            index++;
        }
        found.AddRange(detector.Finish());
        return found;
    }

    internal static IReadOnlyList<ShotBoundary> Run(MarkedClip clip) => Run(clip.Decoded);

    /// <summary>F1 of cuts that hit the marked frame exactly.</summary>
    internal static double F1(IEnumerable<int> marked, IEnumerable<int> found)
    {
        var truth = marked.ToHashSet();
        int hits = found.Count(truth.Contains), all = found.Count();
        return truth.Count + all == 0 ? 1 : 2.0 * hits / (truth.Count + all);
    }
}
