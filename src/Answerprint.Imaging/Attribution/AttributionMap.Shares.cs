namespace Answerprint.Imaging.Attribution;

public sealed partial class AttributionMap
{
    /// <summary>What each source gave, largest first; integers throughout, so that the weights add to the pixels exactly.</summary>
    public IReadOnlyList<AttributionShare> Shares()
    {
        var totals = new Dictionary<(AttributionKind Kind, int Source), long>();
        var left = new int[Width];
        var sums = new long[Layers.Count];
        long uncovered = 0;
        for (int y = 0; y < Height; y++)
        {
            Array.Fill(left, PixelWeight);
            for (int i = Layers.Count - 1; i >= 0; i--)
            {
                if (Layers[i].Field is not null)
                    TakeFieldRow(Layers[i], y, left, totals);
                else
                    sums[i] += TakeRow(Layers[i], y, left);
            }
            foreach (int rest in left)
                uncovered += rest;
        }
        for (int i = 0; i < sums.Length; i++)
            Add(totals, (Layers[i].Kind, Layers[i].Source), sums[i]);
        Add(totals, (AttributionKind.NotAttributable, AttributionLayer.NoSource), uncovered);
        var ordered = totals.OrderByDescending(t => t.Value).ThenBy(t => t.Key.Kind).ThenBy(t => t.Key.Source).ToArray();
        int[] parts = Colour.Shares.PartsPerMillion(Array.ConvertAll(ordered, t => t.Value));
        return [.. ordered.Select((t, i) => new AttributionShare(t.Key.Kind, t.Key.Source, t.Value, parts[i]))];
    }

    private static void Add(Dictionary<(AttributionKind, int), long> totals, (AttributionKind, int) key, long weight)
    {
        if (weight > 0)
            totals[key] = totals.GetValueOrDefault(key) + weight;
    }

    private static long TakeRow(AttributionLayer layer, int y, Span<int> left)
    {
        Pixels.PixelRect region = layer.Region;
        if (y < region.Y || y >= region.Bottom)
            return 0;
        long taken = 0;
        Span<int> row = left.Slice(region.X, region.Width);
        if (layer.Coverage.IsEmpty)
        {
            foreach (int rest in row)
                taken += rest;
            row.Clear();
            return taken;
        }
        ReadOnlySpan<byte> coverage = layer.Coverage.Span.Slice((y - region.Y) * region.Width, region.Width);
        for (int x = 0; x < row.Length; x++)
        {
            int weight = Part(row[x], coverage[x]);
            taken += weight;
            row[x] -= weight;
        }
        return taken;
    }

    private void TakeFieldRow(AttributionLayer layer, int y, Span<int> left, Dictionary<(AttributionKind, int), long> totals)
    {
        Pixels.PixelRect region = layer.Region;
        if (y < region.Y || y >= region.Bottom)
            return;
        AttributionField field = layer.Field!;
        Span<int> row = left.Slice(region.X, region.Width);
        var parts = new List<Contribution>();
        int radius = field.PatchSize / 2, known = AttributionField.None, from = y - region.Y;
        long run = 0;
        for (int x = 0; x < row.Length; x++)
        {
            int source = field.Sources[from * field.Width + x];
            if (source == AttributionField.None || row[x] == 0)
                continue;
            int weight = row[x];
            row[x] = 0;
            if (radius > 0 && !OnlySource(field, x, from, radius, (ushort)source))
            {
                parts.Clear();
                field.AddTo(parts, layer.Kind, x, from, weight, Sources);
                foreach (Contribution part in parts)
                    Add(totals, (layer.Kind, part.Source), part.Weight);
                continue;
            }
            if (source != known)
            {
                Flush(totals, layer.Kind, known, run);
                (known, run) = (source, 0);
            }
            run += weight;
        }
        Flush(totals, layer.Kind, known, run);
    }

    private static void Flush(Dictionary<(AttributionKind, int), long> totals, AttributionKind kind, int source, long weight)
    {
        if (source != AttributionField.None)
            Add(totals, (kind, source), weight);
    }

    /// <summary>Whether all patches that reach a pixel come from one source.</summary>
    private static bool OnlySource(AttributionField field, int x, int y, int radius, ushort source)
    {
        int left = Math.Max(0, x - radius), right = Math.Min(field.Width, x + radius + 1);
        for (int row = Math.Max(0, y - radius); row < Math.Min(field.Height, y + radius + 1); row++)
        {
            if (field.Sources.Slice(row * field.Width + left, right - left).ContainsAnyExcept(source, AttributionField.None))
                return false;
        }
        return true;
    }
}
