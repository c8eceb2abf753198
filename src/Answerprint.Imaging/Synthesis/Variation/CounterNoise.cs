using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Random numbers as a function of a key and a counter, so that work can be cut into any number of threads.</summary>
internal readonly struct CounterNoise(ulong seed, int stream)
{
    private readonly ulong key = CounterRandom.Mix(seed ^ CounterRandom.Mix((ulong)stream + 0x9E3779B97F4A7C15));

    /// <summary>64 random bits (the finaliser of Steele, Lea and Flood's SplitMix64, OOPSLA 2014).</summary>
    internal ulong Bits(ulong counter) => CounterRandom.Mix(key + counter * 0x9E3779B97F4A7C15);

    /// <summary>
    /// A normal deviate with a standard deviation of 255 search steps, in fine units. The sum of eight uniform bytes (Irwin-Hall):
    /// exact, bounded by 4.9 deviations.
    /// </summary>
    internal short Normal(ulong counter)
    {
        ulong bits = Bits(counter);
        const ulong Low = 0x00FF00FF00FF00FF;
        ulong pairs = (bits & Low) + (bits >> 8 & Low);
        int sum = (int)((pairs * 0x0001000100010001) >> 48);
        // 8 * (256^2 - 1) / 12 = 209.02 squared, so 255 * 16 / 209.02 = 19.52 = 1249 / 64.
        return (short)(((sum - 1020) * 1249) >> 6);
    }
}
