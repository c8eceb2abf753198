using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Colour;

/// <summary>One colour of a palette.</summary>
/// <param name="Colour">The colour.</param>
/// <param name="PartsPerMillion">Its share of the image; a palette's shares add to exactly 1,000,000.</param>
public readonly record struct Swatch(Rgb24 Colour, int PartsPerMillion);

/// <summary>
/// The colours that describe an image: k-means in OKLab over a histogram of 5 bits a channel, seeded by greatest weighted distance
/// (Katsavounidis, Kuo, Zhang 1994), so that the same image always gives the same palette.
/// </summary>
public static class Palette
{
    private const int Bits = 5;
    private const int Rounds = 24;
    private const int MaxSwatches = 16;

    /// <summary>The palette of an RGB image, largest share first; fewer swatches when it has fewer colours.</summary>
    /// <param name="image">Interleaved or planar 8-bit image of 3 or more channels; the first three are R, G, B.</param>
    /// <param name="count">Swatches wanted, 1 to 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of range.</exception>
    /// <exception cref="ArgumentException">The image has fewer than three channels.</exception>
    public static IReadOnlyList<Swatch> Extract(PixelView<byte> image, int count = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxSwatches);
        if (image.Channels < 3)
            throw new ArgumentException($"A palette needs three channels; the image has {image.Channels}.", nameof(image));
        Bin[] bins = Histogram(image);
        OkLab[] centres = Seed(bins, count);
        var owner = new int[bins.Length];
        for (int round = 0; round < Rounds && Assign(bins, centres, owner) | round == 0; round++)
            Update(bins, centres, owner);
        _ = Assign(bins, centres, owner);
        return Describe(bins, centres, owner);
    }

    private readonly record struct Bin(OkLab Colour, long Weight);

    private static Bin[] Histogram(PixelView<byte> image)
    {
        var sums = new long[4 << (3 * Bits)];
        int stride = image.Layout.PixelStride;
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> r = image.Row(y, 0), g = image.Row(y, 1), b = image.Row(y, 2);
            for (int i = 0; i < r.Length; i += stride)
            {
                int cell = ((r[i] >> (8 - Bits)) << (2 * Bits) | (g[i] >> (8 - Bits)) << Bits | b[i] >> (8 - Bits)) * 4;
                sums[cell]++;
                sums[cell + 1] += r[i];
                sums[cell + 2] += g[i];
                sums[cell + 3] += b[i];
            }
        }
        var bins = new List<Bin>();
        for (int cell = 0; cell < sums.Length; cell += 4)
        {
            long n = sums[cell];
            if (n > 0)
                bins.Add(new Bin(OkLab.FromRgb(new Rgb24(Mean(sums[cell + 1], n), Mean(sums[cell + 2], n), Mean(sums[cell + 3], n))), n));
        }
        return [.. bins];
    }

    private static byte Mean(long sum, long count) => (byte)((2 * sum + count) / (2 * count));

    private static OkLab[] Seed(Bin[] bins, int count)
    {
        // The heaviest colour first; then always the one that stands out most, its weight damped by a square root.
        var centres = new List<OkLab> { bins.MaxBy(b => b.Weight).Colour };
        var nearest = Array.ConvertAll(bins, b => b.Colour.DistanceSquared(centres[0]));
        while (centres.Count < count)
        {
            int best = -1;
            double bestScore = 0;
            for (int i = 0; i < bins.Length; i++)
            {
                double score = nearest[i] * Math.Sqrt(bins[i].Weight);
                if (score > bestScore)
                    (best, bestScore) = (i, score);
            }
            if (best < 0)
                break;
            centres.Add(bins[best].Colour);
            for (int i = 0; i < bins.Length; i++)
                nearest[i] = Math.Min(nearest[i], bins[i].Colour.DistanceSquared(bins[best].Colour));
        }
        return [.. centres];
    }

    private static bool Assign(Bin[] bins, OkLab[] centres, int[] owner)
    {
        bool moved = false;
        for (int i = 0; i < bins.Length; i++)
        {
            int best = 0;
            double bestDistance = double.MaxValue;
            for (int c = 0; c < centres.Length; c++)
            {
                double distance = bins[i].Colour.DistanceSquared(centres[c]);
                if (distance < bestDistance)
                    (best, bestDistance) = (c, distance);
            }
            moved |= owner[i] != best;
            owner[i] = best;
        }
        return moved;
    }

    private static void Update(Bin[] bins, OkLab[] centres, int[] owner)
    {
        for (int c = 0; c < centres.Length; c++)
        {
            double l = 0, a = 0, b = 0;
            long weight = 0;
            for (int i = 0; i < bins.Length; i++)
            {
                if (owner[i] != c)
                    continue;
                l += bins[i].Colour.L * bins[i].Weight;
                a += bins[i].Colour.A * bins[i].Weight;
                b += bins[i].Colour.B * bins[i].Weight;
                weight += bins[i].Weight;
            }
            if (weight > 0)
                centres[c] = new OkLab(l / weight, a / weight, b / weight);
        }
    }

    private static Swatch[] Describe(Bin[] bins, OkLab[] centres, int[] owner)
    {
        var weights = new long[centres.Length];
        for (int i = 0; i < bins.Length; i++)
            weights[owner[i]] += bins[i].Weight;
        int[] parts = Shares.PartsPerMillion(weights);
        return [.. Enumerable.Range(0, centres.Length)
            .Where(c => weights[c] > 0)
            .OrderByDescending(c => weights[c]).ThenBy(c => c)
            .Select(c => new Swatch(centres[c].ToRgb(), parts[c]))];
    }
}
