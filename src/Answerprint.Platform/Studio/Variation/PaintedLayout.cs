using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Studio.Variation;

/// <summary>What a person painted of a layout. What is left bare is middle grey, or transparent, and leans nowhere.</summary>
internal static class PaintedLayout
{
    private const byte Bare = 128;
    private const byte Seen = 128;

    /// <summary>The share that is painted, 0 to 1, to a millionth.</summary>
    public static double ShareOf(Picture layout)
    {
        var features = layout.Features();
        var samples = features.Memory.Span;
        long painted = 0;
        for (var i = 0; i < samples.Length; i += features.Channels)
        {
            if (layout.HasAlpha && samples[i + layout.ColourChannels] < Seen) continue;
            if (samples.Slice(i, layout.ColourChannels).ContainsAnyExcept(Bare)) painted++;
        }
        return Math.Round((double)painted / ((long)layout.Width * layout.Height), 6);
    }
}
