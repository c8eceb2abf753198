using Answerprint.Imaging.Colour;

namespace Answerprint.Imaging.Resampling;

/// <summary>
/// For each output position along one axis, which source samples it takes and how much of each. Weights are whole multiples of
/// 2^-22 that add to exactly 1, so that flat areas stay flat and every processor uses the same numbers.
/// </summary>
internal sealed class FilterWeights
{
    private const int One = 1 << 22;

    private FilterWeights(int[] firsts, float[] weights, int taps)
    {
        Firsts = firsts;
        Weights = weights;
        Taps = taps;
    }

    /// <summary>First source sample of each output position.</summary>
    internal int[] Firsts { get; }

    /// <summary>Taps for each output position, one run after the other.</summary>
    internal float[] Weights { get; }

    /// <summary>Samples that each output position reads.</summary>
    internal int Taps { get; }

    internal static double Support(ResampleKernel kernel) => kernel == ResampleKernel.Mitchell ? 2 : 3;

    /// <summary>The weights for source samples offset .. offset + length - 1 becoming <paramref name="outputs"/> samples; nothing outside is read.</summary>
    internal static FilterWeights Create(ResampleKernel kernel, int offset, int length, int outputs)
    {
        double scale = length / (double)outputs, stretch = Math.Max(1, scale), radius = Support(kernel) * stretch;
        int taps = Math.Min(length, (int)Math.Ceiling(2 * radius) + 1);
        var firsts = new int[outputs];
        var weights = new float[outputs * taps];
        var exact = new double[taps];
        for (int i = 0; i < outputs; i++)
        {
            double centre = (i + 0.5) * scale - 0.5;
            int first = Math.Clamp((int)Math.Ceiling(centre - radius), 0, length - taps);
            for (int tap = 0; tap < taps; tap++)
                exact[tap] = Evaluate(kernel, (first + tap - centre) / stretch);
            firsts[i] = offset + first;
            Quantise(exact, weights.AsSpan(i * taps, taps));
        }
        return new FilterWeights(firsts, weights, taps);
    }

    private static void Quantise(ReadOnlySpan<double> exact, Span<float> weights)
    {
        double sum = 0;
        int largest = 0, rest = One;
        for (int tap = 0; tap < exact.Length; tap++)
        {
            sum += exact[tap];
            if (exact[tap] > exact[largest])
                largest = tap;
        }
        for (int tap = 0; tap < exact.Length; tap++)
        {
            int units = (int)Math.Floor(exact[tap] / sum * One + 0.5);
            rest -= units;
            weights[tap] = units / (float)One;
        }
        // What rounding left over goes to the strongest tap; both are multiples of 2^-22 below 2, hence exact in a float.
        weights[largest] += rest / (float)One;
    }

    private static double Evaluate(ResampleKernel kernel, double x)
    {
        x = Math.Abs(x);
        if (kernel == ResampleKernel.Mitchell)
            return x < 1 ? (7 * x * x * x - 12 * x * x + 16.0 / 3) / 6
                : x < 2 ? (-7.0 / 3 * x * x * x + 12 * x * x - 20 * x + 32.0 / 3) / 6
                : 0;
        if (x >= 3)
            return 0;
        double angle = Math.PI * x;
        return x < 1e-9 ? 1 : 3 * Roots.SinPi(x) * Roots.SinPi(x / 3) / (angle * angle);
    }
}
