using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>A synthesised picture and how it came to be.</summary>
public sealed class GuidedResult
{
    private readonly Func<GuidedStatistics> measure;

    internal GuidedResult(PixelBuffer<byte> output, NearestNeighbourField field, GuidedMode mode, int levels, Func<GuidedStatistics> measure)
    {
        (Output, Field, Mode, Levels) = (output, field, mode, levels);
        this.measure = measure;
    }

    /// <summary>The picture in the style's channels, 8 bits.</summary>
    public PixelBuffer<byte> Output { get; }

    /// <summary>For each pixel the patch it was made of; source numbers are those of the sources given, distances those of the last search.</summary>
    public NearestNeighbourField Field { get; }

    /// <summary>How the output follows from the field; <see cref="FieldVote"/> makes it again, at any depth.</summary>
    public GuidedMode Mode { get; }

    /// <summary>Levels of the pyramid that were used.</summary>
    public int Levels { get; }

    /// <summary>Measures what was reached; a few percent of the work of the synthesis.</summary>
    public GuidedStatistics Measure() => measure();
}
