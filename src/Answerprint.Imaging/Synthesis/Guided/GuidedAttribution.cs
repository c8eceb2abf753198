using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>Says of a synthesis what every pixel was made from.</summary>
public static class GuidedAttribution
{
    /// <summary>The map of a result: copied pixels in copy mode; in blend mode the whole weighted list follows from the field.</summary>
    /// <param name="result">What was synthesised.</param>
    /// <param name="sources">One entry for each source of the synthesis, in its order.</param>
    /// <exception cref="ArgumentException">There are not as many entries as sources, or a size differs.</exception>
    public static AttributionMap Attribute(this GuidedResult result, IReadOnlyList<AttributionSource> sources)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(sources);
        NearestNeighbourField field = result.Field;
        if (sources.Count != field.Sources.Count)
            throw new ArgumentException($"There are {sources.Count} entries for {field.Sources.Count} sources.", nameof(sources));
        for (int i = 0; i < sources.Count; i++)
            if (sources[i].Width != field.Sources[i].Width || sources[i].Height != field.Sources[i].Height)
                throw new ArgumentException($"Entry {i + 1} has {sources[i].Width} x {sources[i].Height} pixels, its source has {field.Sources[i].Width} x {field.Sources[i].Height}.", nameof(sources));
        int pixels = field.Width * field.Height;
        ushort[] numbers = new ushort[pixels], columns = new ushort[pixels], rows = new ushort[pixels];
        for (int i = 0; i < pixels; i++)
        {
            (int source, int x, int y) = field.Sources.Locate(field.Positions[i * field.Neighbours]);
            (numbers[i], columns[i], rows[i]) = ((ushort)source, (ushort)x, (ushort)y);
        }
        ushort[] window = AttributionField.PlainWindow(result.Mode == GuidedMode.Copy ? 1 : field.Sources.PatchSize);
        var layer = AttributionLayer.Synthesised(0, 0, new AttributionField(field.Width, field.Height, numbers, columns, rows, window));
        return new AttributionMap(field.Width, field.Height, sources, [layer]);
    }
}
