using Answerprint.Imaging.Colour;

namespace Answerprint.Imaging.Destruction;

/// <summary>Samples of one type and curve as light and back.</summary>
internal sealed class PlateCodec<T>
    where T : unmanaged
{
    private readonly PlateCurve curve;
    private readonly float[] table;

    internal PlateCodec(PlateCurve curve)
    {
        this.curve = curve;
        table = new float[typeof(T) == typeof(byte) ? 256 : typeof(T) == typeof(float) ? 0 : 65536];
        for (int code = 0; code < table.Length; code++)
        {
            float signal = typeof(T) == typeof(Half) ? (float)BitConverter.UInt16BitsToHalf((ushort)code) : code / (table.Length - 1f);
            table[code] = Known(curve.ToLinear(signal));
        }
    }

    internal float ToLinear(T sample)
    {
        if (typeof(T) == typeof(byte))
            return table[(byte)(object)sample];
        if (typeof(T) == typeof(ushort))
            return table[(ushort)(object)sample];
        if (typeof(T) == typeof(Half))
            return table[BitConverter.HalfToUInt16Bits((Half)(object)sample)];
        return Known(curve.ToLinear((float)(object)sample));
    }

    internal T FromLinear(float light)
    {
        float signal = curve.FromLinear(light);
        if (typeof(T) == typeof(byte))
            return (T)(object)(byte)(Math.Clamp(signal, 0, 1) * 255 + 0.5f);
        if (typeof(T) == typeof(ushort))
            return (T)(object)(ushort)(Math.Clamp(signal, 0, 1) * 65535 + 0.5f);
        if (typeof(T) == typeof(Half))
            return (T)(object)(Half)Math.Clamp(signal, -65504, 65504);
        return (T)(object)signal;
    }

    // Not a number, or endless: a plate may hold it, and keeps it where nothing touches it; light that is mixed must be a number.
    private static float Known(float light) => float.IsNaN(light) ? 0 : Math.Clamp(light, -65504, 65504);
}
