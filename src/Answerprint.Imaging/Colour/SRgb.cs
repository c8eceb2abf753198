namespace Answerprint.Imaging.Colour;

/// <summary>The transfer curve of IEC 61966-2-1 (sRGB), from tables that are the same bits on every machine.</summary>
public static class SRgb
{
    // Buckets keyed by a float's exponent and top mantissa bits; values below 2^-BucketExponents share the first bucket.
    private const int BucketShift = 14;
    private const int BucketExponents = 20;
    private const int FirstBucket = (127 - BucketExponents) << (23 - BucketShift);
    private const int BucketCount = (BucketExponents << (23 - BucketShift)) + 2;

    private static readonly float[] Linear8 = DecodeTable(255);
    private static readonly Lazy<float[]> LazyLinear16 = new(() => DecodeTable(65535));
    private static readonly Lazy<Encoder> LazyEncoder8 = new(() => new Encoder(255));
    private static readonly Lazy<Encoder> LazyEncoder16 = new(() => new Encoder(65535));

    /// <summary>Linear light 0..1 for each of the 256 codes.</summary>
    public static ReadOnlySpan<float> LinearOf8Bit => Linear8;

    /// <summary>Linear light 0..1 for each of the 65,536 codes.</summary>
    public static ReadOnlySpan<float> LinearOf16Bit => LazyLinear16.Value;

    /// <summary>Linear light of an 8-bit code, 0..1.</summary>
    public static float ToLinear(byte code) => Linear8[code];

    /// <summary>Linear light of a 16-bit code, 0..1.</summary>
    public static float ToLinear(ushort code) => LazyLinear16.Value[code];

    /// <summary>The nearest 8-bit code; values outside 0..1 are clamped and NaN becomes 0.</summary>
    public static byte To8Bit(float linear) => (byte)LazyEncoder8.Value.Encode(linear);

    /// <summary>The nearest 16-bit code; values outside 0..1 are clamped and NaN becomes 0.</summary>
    public static ushort To16Bit(float linear) => (ushort)LazyEncoder16.Value.Encode(linear);

    /// <summary>Linear light 0..1 of a signal 0..1.</summary>
    public static double Decode(double signal)
    {
        if (signal <= 0.04045)
            return signal / 12.92;
        double v = (signal + 0.055) / 1.055, root = Roots.Fifth(v * v);
        return v * v * root;
    }

    internal static Encoder Encoder8 => LazyEncoder8.Value;

    internal static Encoder Encoder16 => LazyEncoder16.Value;

    private static float[] DecodeTable(int max)
    {
        var table = new float[max + 1];
        for (int code = 0; code <= max; code++)
            table[code] = (float)Decode(code / (double)max);
        return table;
    }

    /// <summary>Finds the code whose interval holds a linear value: a guess by bucket, then steps over exact thresholds.</summary>
    internal sealed class Encoder
    {
        private readonly float[] thresholds;
        private readonly ushort[] guesses = new ushort[BucketCount];

        internal Encoder(int max)
        {
            // thresholds[k] is where code k + 1 begins; the last one is never reached.
            thresholds = new float[max + 1];
            for (int code = 0; code < max; code++)
                thresholds[code] = (float)Decode((code + 0.5) / max);
            thresholds[max] = float.PositiveInfinity;
            int found = 0;
            for (int bucket = 1; bucket < BucketCount; bucket++)
            {
                float low = BitConverter.Int32BitsToSingle((FirstBucket + bucket - 1) << BucketShift);
                while (low >= thresholds[found])
                    found++;
                guesses[bucket] = (ushort)found;
            }
        }

        internal int Encode(float linear)
        {
            if (!(linear > 0))
                return 0;
            if (linear >= 1)
                return thresholds.Length - 1;
            int bucket = Math.Max(0, (BitConverter.SingleToInt32Bits(linear) >> BucketShift) - FirstBucket + 1);
            int low = guesses[bucket], high = guesses[bucket + 1];
            while (low < high)
            {
                int middle = (low + high) >> 1;
                if (linear >= thresholds[middle])
                    low = middle + 1;
                else
                    high = middle;
            }
            return low;
        }
    }
}
