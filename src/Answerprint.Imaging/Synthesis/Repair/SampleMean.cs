namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>A weighted mean of samples of one type.</summary>
internal struct SampleMean<T>
    where T : unmanaged
{
    private long sum;
    private double realSum;
    private long weights;

    internal void Add(T sample, long weight)
    {
        weights += weight;
        if (typeof(T) == typeof(byte))
            sum += (byte)(object)sample * weight;
        else if (typeof(T) == typeof(ushort))
            sum += (ushort)(object)sample * weight;
        else if (typeof(T) == typeof(Half))
            realSum += (double)(Half)(object)sample * weight;
        else
            realSum += (double)(float)(object)sample * weight;
    }

    /// <summary>Rounded down for integers, to the nearest for floats.</summary>
    internal readonly T Value =>
        typeof(T) == typeof(byte) ? (T)(object)(byte)(sum / weights)
        : typeof(T) == typeof(ushort) ? (T)(object)(ushort)(sum / weights)
        : typeof(T) == typeof(Half) ? (T)(object)(Half)(realSum / weights)
        : (T)(object)(float)(realSum / weights);
}
