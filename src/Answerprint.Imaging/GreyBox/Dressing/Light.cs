using Answerprint.Imaging.Colour;

namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>Between 8-bit codes and linear light in 16 bits.</summary>
internal static class Light
{
    private static readonly int[] LinearOf = Enumerable.Range(0, 256).Select(code => (int)Math.Floor(SRgb.Decode(code / 255.0) * 65535 + 0.5)).ToArray();
    private static readonly byte[] CodeOf = Enumerable.Range(0, 65536).Select(value => SRgb.To8Bit(value / 65535f)).ToArray();

    internal static int Linear(byte code) => LinearOf[code];

    internal static byte Code(int linear) => CodeOf[linear];
}
