namespace Answerprint.Imaging.Resampling;

/// <summary>Integer codes as fractions of their greatest, for alpha and for images that store light as it is.</summary>
internal static class LinearRamp
{
    private static readonly float[] Ramp8 = Create(255);
    private static readonly Lazy<float[]> Ramp16 = new(() => Create(65535));

    internal static ReadOnlySpan<float> Of8Bit => Ramp8;

    internal static ReadOnlySpan<float> Of16Bit => Ramp16.Value;

    /// <summary>The nearest code; values outside 0..1 are clamped and NaN becomes 0.</summary>
    internal static int Encode(float value, int max) => value > 0 ? value < 1 ? (int)((double)value * max + 0.5) : max : 0;

    private static float[] Create(int max)
    {
        var table = new float[max + 1];
        for (int code = 0; code <= max; code++)
            table[code] = code / (float)max;
        return table;
    }
}
