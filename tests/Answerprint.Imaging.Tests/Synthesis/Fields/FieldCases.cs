using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Tests.Synthesis.Fields;

/// <summary>Small features made from a seed, and the plainest way to compare patches of them.</summary>
internal static class FieldCases
{
    internal static FeatureImage Image(int width, int height, FeatureLayout layout, int seed, int margin = 0)
    {
        var random = new Random(seed);
        var image = new FeatureImage(width, height, layout, margin);
        for (int channel = 0; channel < layout.Channels; channel++)
        {
            // Soft blobs with noise: neither flat nor hopeless.
            double fx = 0.05 + random.NextDouble() * 0.4, fy = 0.05 + random.NextDouble() * 0.4, phase = random.NextDouble() * 6;
            var plane = new byte[width * height];
            for (int i = 0; i < plane.Length; i++)
                plane[i] = (byte)Math.Clamp(128 + 90 * Math.Sin(fx * (i % width) + fy * (i / width) + phase) + random.Next(-30, 31), 0, 255);
            image.SetChannel(channel, plane);
        }
        return image;
    }

    internal static FeatureLayout Layout(int channels, int seed)
    {
        var random = new Random(seed);
        int[] kinds = [21845, 65536, 10922, 0, 1];
        var weights = new int[channels];
        for (int i = 0; i < channels; i++)
            weights[i] = kinds[random.Next(kinds.Length)];
        weights[random.Next(channels)] = 65536;
        return new FeatureLayout(weights);
    }

    /// <summary>The definition: a weighted sum of squared differences; the target repeats its edge.</summary>
    internal static long Distance(FeatureImage target, FeatureImage source, int size, int tx, int ty, int sx, int sy)
    {
        long total = 0;
        int r = size / 2;
        for (int dy = -r; dy <= r; dy++)
            for (int dx = -r; dx <= r; dx++)
                for (int c = 0; c < target.Layout.Channels; c++)
                {
                    long d = target[Math.Clamp(tx + dx, 0, target.Width - 1), Math.Clamp(ty + dy, 0, target.Height - 1), c] - source[sx + dx, sy + dy, c];
                    total += d * d * target.Layout.Weights[c];
                }
        return total;
    }

    /// <summary>All allowed patches of all sources with their distance, nearest first, then in the order of the sheet.</summary>
    internal static List<FieldMatch> All(FeatureImage target, PatchSources sources, int x, int y)
    {
        var all = new List<FieldMatch>();
        for (int s = 0; s < sources.Count; s++)
            for (int sy = 0; sy < sources[s].Height; sy++)
                for (int sx = 0; sx < sources[s].Width; sx++)
                    if (sources.IsAllowed(s, sx, sy))
                        all.Add(new(s, sx, sy, Distance(target, sources[s], sources.PatchSize, x, y, sx, sy)));
        return [.. all.OrderBy(match => match.Distance).ThenBy(match => match.Source).ThenBy(match => match.Y).ThenBy(match => match.X)];
    }

    internal static IEnumerable<FieldMatch> Matches(NearestNeighbourField field)
    {
        for (int y = 0; y < field.Height; y++)
            for (int x = 0; x < field.Width; x++)
                for (int k = 0; k < field.Neighbours; k++)
                    yield return field[x, y, k];
    }
}
