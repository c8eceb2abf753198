namespace Answerprint.Imaging.Colour;

/// <summary>How the samples of a plate relate to scene light. The numbers are written into job files: they only grow.</summary>
public enum PlateCurve
{
    /// <summary>Proportional to light, any value.</summary>
    Linear = 0,

    /// <summary>IEC 61966-2-1.</summary>
    SRgb = 1,

    /// <summary>The camera's curve of ITU-R BT.709, which BT.601 and BT.2020 share.</summary>
    Rec709 = 2,

    /// <summary>Printing density of Cineon and DPX: 10 bits, white at 685, black at 95, 0.002 densities a code, film gamma 0.6 (Kodak 1995).</summary>
    Cineon = 3,

    /// <summary>Perceptual quantizer, SMPTE ST 2084; 100 cd/m2 are 1.</summary>
    Pq = 4,

    /// <summary>Hybrid log-gamma, ARIB STD-B67; scene light, its reference white at 75 % of the signal is 1.</summary>
    Hlg = 5,

    /// <summary>ACEScct, AMPAS S-2016-001.</summary>
    AcesCct = 6,
}

/// <summary>Signals as light and back. Signals count 0 to 1; values beyond are carried on by the same formula, odd about 0.</summary>
public static class PlateCurves
{
    // BT.709.
    private const float Alpha = 1.09929682f, Beta = 0.018053968f;

    // Cineon: light per code, and what black is below.
    private const float CineonSlope = 1023 * 0.002f / 0.6f, CineonWhite = 685f / 1023, CineonBlack = 95f / 1023;
    private static readonly float CineonOffset = MathF.Pow(10, (CineonBlack - CineonWhite) * CineonSlope);

    // ST 2084.
    private const float M1 = 0.1593017578125f, M2 = 78.84375f, C1 = 0.8359375f, C2 = 18.8515625f, C3 = 18.6875f;

    // ARIB STD-B67, and what 75 % of the signal is in its own scale of 0 to 1.
    private const float A = 0.17883277f, B = 0.28466892f, C = 0.55991073f;
    private static readonly float HlgWhite = (MathF.Exp((0.75f - C) / A) + B) / 12;

    /// <summary>Light of a signal.</summary>
    public static float ToLinear(this PlateCurve curve, float signal) => curve switch
    {
        PlateCurve.SRgb => MathF.Abs(signal) <= 0.04045f ? signal / 12.92f : Odd(signal, MathF.Pow((MathF.Abs(signal) + 0.055f) / 1.055f, 2.4f)),
        PlateCurve.Rec709 => MathF.Abs(signal) < 4.5f * Beta ? signal / 4.5f : Odd(signal, MathF.Pow((MathF.Abs(signal) + Alpha - 1) / Alpha, 1 / 0.45f)),
        PlateCurve.Cineon => (MathF.Pow(10, (signal - CineonWhite) * CineonSlope) - CineonOffset) / (1 - CineonOffset),
        PlateCurve.Pq => Odd(signal, PqToLinear(MathF.Abs(signal))),
        PlateCurve.Hlg => Odd(signal, HlgToLinear(MathF.Abs(signal)) / HlgWhite),
        PlateCurve.AcesCct => signal <= 0.155251141552511f ? (signal - 0.0729055341958355f) / 10.5402377416545f : MathF.Pow(2, signal * 17.52f - 9.72f),
        _ => signal,
    };

    /// <summary>Signal of light.</summary>
    public static float FromLinear(this PlateCurve curve, float light) => curve switch
    {
        PlateCurve.SRgb => MathF.Abs(light) <= 0.0031308f ? light * 12.92f : Odd(light, 1.055f * MathF.Pow(MathF.Abs(light), 1 / 2.4f) - 0.055f),
        PlateCurve.Rec709 => MathF.Abs(light) < Beta ? light * 4.5f : Odd(light, Alpha * MathF.Pow(MathF.Abs(light), 0.45f) - (Alpha - 1)),
        PlateCurve.Cineon => CineonWhite + MathF.Log10(Math.Max(light * (1 - CineonOffset) + CineonOffset, 1e-7f)) / CineonSlope,
        PlateCurve.Pq => Odd(light, PqFromLinear(MathF.Abs(light))),
        PlateCurve.Hlg => Odd(light, HlgFromLinear(MathF.Abs(light) * HlgWhite)),
        PlateCurve.AcesCct => light <= 0.0078125f ? 10.5402377416545f * light + 0.0729055341958355f : (MathF.Log2(light) + 9.72f) / 17.52f,
        _ => light,
    };

    private static float PqToLinear(float signal)
    {
        float power = MathF.Pow(signal, 1 / M2);
        return 100 * MathF.Pow(Math.Max(power - C1, 0) / (C2 - C3 * power), 1 / M1);
    }

    private static float PqFromLinear(float light)
    {
        float power = MathF.Pow(light / 100, M1);
        return MathF.Pow((C1 + C2 * power) / (1 + C3 * power), M2);
    }

    private static float HlgToLinear(float signal) => signal <= 0.5f ? signal * signal / 3 : (MathF.Exp((signal - C) / A) + B) / 12;

    private static float HlgFromLinear(float light) => light <= 1f / 12 ? MathF.Sqrt(3 * light) : A * MathF.Log(12 * light - B) + C;

    private static float Odd(float sign, float value) => sign < 0 ? -value : value;
}
