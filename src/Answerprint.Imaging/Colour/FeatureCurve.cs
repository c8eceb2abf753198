namespace Answerprint.Imaging.Colour;

/// <summary>
/// How a sample of any depth becomes the 8 bits that patches are compared in. Linear light up to diffuse white takes the codes 0 to 207
/// by the curve of sRGB; each stop above takes eight more, so that highlights up to six stops over white still differ.
/// </summary>
public static class FeatureCurve
{
    /// <summary>The code of diffuse white, linear 1.0.</summary>
    public const int White = 207;

    // Eight codes a stop: so many bits of the mantissa count.
    private const int StopBits = 3;

    private static readonly Lazy<byte[]> Halves = new(() =>
    {
        var table = new byte[65536];
        for (int bits = 0; bits < table.Length; bits++)
            table[bits] = EncodeLinear((float)BitConverter.UInt16BitsToHalf((ushort)bits));
        return table;
    });

    /// <summary>The 8-bit code of a sample: bytes stay, 16 bits keep their high byte, half and float are linear light.</summary>
    public static byte Encode<T>(T sample)
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
            return (byte)(object)sample;
        if (typeof(T) == typeof(ushort))
            return (byte)((ushort)(object)sample >> 8);
        if (typeof(T) == typeof(Half))
            return Halves.Value[BitConverter.HalfToUInt16Bits((Half)(object)sample)];
        return EncodeLinear((float)(object)sample);
    }

    /// <summary>The code of linear light, 0..255; NaN and what is below 0 are 0, infinity is 255.</summary>
    public static byte EncodeLinear(float linear)
    {
        if (!(linear > 0))
            return 0;
        if (linear <= 1)
            return (byte)((SRgb.To8Bit(linear) * White + 127) / 255);
        // Exponent and mantissa read as one number rise like log2, in straight pieces: exact, without a library's logarithm.
        int codes = (BitConverter.SingleToInt32Bits(linear) - BitConverter.SingleToInt32Bits(1f)) >> (23 - StopBits);
        return (byte)Math.Min(255, White + codes);
    }
}
