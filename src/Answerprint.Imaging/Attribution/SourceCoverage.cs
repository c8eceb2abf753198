using System.Collections;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Attribution;

/// <summary>How much of a source an output took: the source pixels that have weight in at least one output pixel.</summary>
/// <param name="Source">Index into the map's sources.</param>
/// <param name="Used">Source pixels with weight.</param>
/// <param name="Pixels">All pixels of the source.</param>
public sealed record SourceCoverage(int Source, long Used, long Pixels)
{
    /// <summary>Used over all, 0 to 1.</summary>
    public double Share => Pixels == 0 ? 0 : (double)Used / Pixels;

    /// <summary>The coverage of every source that a layer takes pixels from, in the order of the map. What a layer above hides counts as used.</summary>
    public static IReadOnlyList<SourceCoverage> Of(AttributionMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var used = new Dictionary<int, BitArray>();
        foreach (AttributionLayer layer in map.Layers)
        {
            if (layer.Field is { } field)
                Mark(map, field, used);
            else if (!layer.Crop.IsEmpty)
                Mark(map, layer.Source, layer.Crop, used);
        }
        return [.. used.OrderBy(u => u.Key).Select(u => new SourceCoverage(u.Key, CountOf(u.Value), (long)map.Sources[u.Key].Width * map.Sources[u.Key].Height))];
    }

    private static BitArray Bits(AttributionMap map, int source, Dictionary<int, BitArray> used)
    {
        if (!used.TryGetValue(source, out BitArray? bits))
            used[source] = bits = new BitArray(map.Sources[source].Width * map.Sources[source].Height);
        return bits;
    }

    private static void Mark(AttributionMap map, int source, PixelRect crop, Dictionary<int, BitArray> used)
    {
        BitArray bits = Bits(map, source, used);
        int width = map.Sources[source].Width;
        for (int y = crop.Y; y < crop.Bottom; y++)
        {
            for (int x = crop.X; x < crop.Right; x++)
                bits[y * width + x] = true;
        }
    }

    private static void Mark(AttributionMap map, AttributionField field, Dictionary<int, BitArray> used)
    {
        int radius = field.PatchSize / 2;
        for (int y = 0, i = 0; y < field.Height; y++)
        {
            for (int x = 0; x < field.Width; x++, i++)
            {
                int source = field.Sources[i];
                if (source == AttributionField.None)
                    continue;
                BitArray bits = Bits(map, source, used);
                int width = map.Sources[source].Width, height = map.Sources[source].Height;
                for (int dy = -radius; dy <= radius; dy++)
                {
                    for (int dx = -radius; dx <= radius; dx++)
                    {
                        int sx = field.Columns[i] + dx, sy = field.Rows[i] + dy, ox = x + dx, oy = y + dy;
                        bool brings = (uint)ox < (uint)field.Width && (uint)oy < (uint)field.Height && field.Covers(ox, oy)
                            && (uint)sx < (uint)width && (uint)sy < (uint)height && field.Window[radius + dx] != 0 && field.Window[radius + dy] != 0;
                        if (brings)
                            bits[sy * width + sx] = true;
                    }
                }
            }
        }
    }

    private static long CountOf(BitArray bits)
    {
        var words = new int[(bits.Length + 31) / 32];
        bits.CopyTo(words, 0);
        return words.Sum(word => (long)int.PopCount(word));
    }
}
