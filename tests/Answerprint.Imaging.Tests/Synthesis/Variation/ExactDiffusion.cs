using System.Numerics;

namespace Answerprint.Imaging.Tests.Synthesis.Variation;

/// <summary>
/// The published sampler word for word, in floating point and by brute force: every noisy patch against every patch of the reference,
/// full softmax, ten steps a level, a Gaussian fold. Slow, and only for one small RGB reference of the result's size.
/// </summary>
internal static class ExactDiffusion
{
    private const int Patch = 15;
    private const int Steps = 10;

    internal static byte[] Sample(byte[] reference, int width, int height, int seed)
    {
        var random = new Random(seed);
        int shorter = Math.Min(width, height);
        var sides = new List<int> { shorter };
        while (sides[^1] > 24)
            sides.Add(Math.Max(24, (sides[^1] + 1) / 2));
        float[] full = Array.ConvertAll(reference, code => code / 127.5f - 1);
        float[]? coarse = null;
        int coarseWidth = 0, coarseHeight = 0;
        for (int level = sides.Count - 1; level >= 0; level--)
        {
            int w = (int)Math.Round(width * sides[level] / (double)shorter), h = (int)Math.Round(height * sides[level] / (double)shorter);
            float[] source = Resize(full, width, height, w, h);
            var state = new float[source.Length];
            for (int i = 0; i < state.Length; i++)
                state[i] = (float)Normal(random);
            float[] clean = state;
            for (int step = Steps; step >= 1; step--)
            {
                double alpha = (1 - 1e-4) * (Steps - step) / (Steps - 1), sigma = 1 - alpha;
                clean = Denoise(state, source, w, h, (float)alpha, (float)sigma);
                if (step == 1)
                    break;
                double nextAlpha = (1 - 1e-4) * (Steps - step + 1) / (Steps - 1), nextSigma = 1 - nextAlpha;
                float[] held = clean;
                if (coarse is not null)
                {
                    float[] low = Resize(Resize(clean, w, h, coarseWidth, coarseHeight), coarseWidth, coarseHeight, w, h);
                    float[] kept = Resize(coarse, coarseWidth, coarseHeight, w, h);
                    held = [.. clean.Select((value, i) => value - low[i] + kept[i])];
                }
                for (int i = 0; i < state.Length; i++)
                    state[i] = (float)(nextAlpha * held[i] + nextSigma * (state[i] - alpha * clean[i]) / sigma);
            }
            (coarse, coarseWidth, coarseHeight) = (clean, w, h);
        }
        return [.. coarse!.Select(value => (byte)Math.Clamp(Math.Round((value + 1) * 127.5), 0, 255))];
    }

    private static float[] Denoise(float[] state, float[] source, int width, int height, float alpha, float sigma)
    {
        float[][] patches = Patches(source, width, height), queries = Patches(state, width, height);
        int wide = width - Patch + 1;
        var sums = new double[state.Length];
        var weights = new double[width * height];
        Parallel.For(0, queries.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, q => queries[q] = Mean(queries[q], patches, alpha, sigma));
        for (int q = 0; q < queries.Length; q++)
        {
            int left = q % wide, top = q / wide;
            for (int y = 0; y < Patch; y++)
            {
                for (int x = 0; x < Patch; x++)
                {
                    double dx = (x - 7) / 7.0, dy = (y - 7) / 7.0, weight = Math.Exp(-(dx * dx + dy * dy) / (2 * 0.2 * 0.2));
                    int at = (top + y) * width + left + x;
                    weights[at] += weight;
                    for (int c = 0; c < 3; c++)
                        sums[3 * at + c] += weight * queries[q][3 * (y * Patch + x) + c];
                }
            }
        }
        return [.. sums.Select((sum, i) => (float)(sum / weights[i / 3]))];
    }

    private static float[] Mean(float[] query, float[][] patches, float alpha, float sigma)
    {
        var distances = new double[patches.Length];
        for (int p = 0; p < patches.Length; p++)
            distances[p] = Distance(query, patches[p], alpha);
        double least = distances.Min(), total = 0;
        var mean = new float[query.Length];
        for (int p = 0; p < patches.Length; p++)
        {
            double weight = Math.Exp(-(distances[p] - least) / (2.0 * sigma * sigma));
            if (weight < 1e-6)
                continue;
            total += weight;
            AddScaled(mean, patches[p], (float)weight);
        }
        return [.. mean.Select(value => (float)(value / total))];
    }

    private static void AddScaled(float[] sum, float[] patch, float weight)
    {
        int i = 0;
        for (; i <= sum.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sum, i) + new Vector<float>(patch, i) * weight).CopyTo(sum, i);
        for (; i < sum.Length; i++)
            sum[i] += patch[i] * weight;
    }

    private static float Distance(float[] query, float[] patch, float alpha)
    {
        var sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= query.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> difference = new Vector<float>(query, i) - new Vector<float>(patch, i) * alpha;
            sum += difference * difference;
        }
        float result = Vector.Sum(sum);
        for (; i < query.Length; i++)
            result += (query[i] - alpha * patch[i]) * (query[i] - alpha * patch[i]);
        return result;
    }

    private static float[][] Patches(float[] image, int width, int height)
    {
        var patches = new List<float[]>();
        for (int y = 0; y <= height - Patch; y++)
        {
            for (int x = 0; x <= width - Patch; x++)
            {
                var patch = new float[3 * Patch * Patch];
                for (int row = 0; row < Patch; row++)
                    Array.Copy(image, 3 * ((y + row) * width + x), patch, 3 * row * Patch, 3 * Patch);
                patches.Add(patch);
            }
        }
        return [.. patches];
    }

    private static float[] Resize(float[] image, int width, int height, int toWidth, int toHeight)
    {
        float[] narrow = Axis(image, width, toWidth, height, step: 3, toStep: 3, line: 3 * width, toLine: 3 * toWidth);
        return Axis(narrow, height, toHeight, toWidth, step: 3 * toWidth, toStep: 3 * toWidth, line: 3, toLine: 3);
    }

    private static float[] Axis(float[] image, int length, int to, int count, int step, int toStep, int line, int toLine)
    {
        var result = new float[3 * to * count];
        double stretch = Math.Max(1, length / (double)to);
        Span<double> sum = stackalloc double[3];
        for (int n = 0; n < count; n++)
        {
            for (int i = 0; i < to; i++)
            {
                double centre = (i + 0.5) * length / to - 0.5, total = 0;
                sum.Clear();
                for (int j = Math.Max(0, (int)(centre - 2 * stretch)); j <= Math.Min(length - 1, (int)Math.Ceiling(centre + 2 * stretch)); j++)
                {
                    double t = Math.Abs(j - centre) / stretch;
                    double weight = t < 1 ? 1.5 * t * t * t - 2.5 * t * t + 1 : t < 2 ? -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2 : 0;
                    total += weight;
                    for (int c = 0; c < 3; c++)
                        sum[c] += weight * image[n * line + j * step + c];
                }
                for (int c = 0; c < 3; c++)
                    result[n * toLine + i * toStep + c] = (float)(sum[c] / total);
            }
        }
        return result;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
