using Answerprint.Imaging.Colour;

namespace Answerprint.Imaging.Quality.Looks;

/// <summary>The mean colour of each of 6 x 6 places, in OKLab: lightness in hundredths, a and b in three hundredths from 128.</summary>
internal static class ColourLayout
{
    internal const int Size = 3 * Places * Places + Padding;

    private const int Places = 6;
    private const int Cell = LookGrid.Side / Places;

    // Rounds the part up to 16 bytes.
    private const int Padding = 4;

    internal static void Write(LookGrid grid, Span<byte> target)
    {
        Span<int> sums = stackalloc int[3];
        for (int place = 0; place < Places * Places; place++)
        {
            sums.Clear();
            int left = place % Places * Cell, top = place / Places * Cell;
            for (int y = top; y < top + Cell; y++)
            {
                for (int x = left; x < left + Cell; x++)
                {
                    for (int channel = 0; channel < 3; channel++)
                        sums[channel] += grid.Rgb[3 * (y * LookGrid.Side + x) + channel];
                }
            }
            OkLab mean = OkLab.FromRgb(new Rgb24(Mean(sums[0]), Mean(sums[1]), Mean(sums[2])));
            target[3 * place] = Code(100 * mean.L);
            target[3 * place + 1] = Code(128 + 300 * mean.A);
            target[3 * place + 2] = Code(128 + 300 * mean.B);
        }
        target[(3 * Places * Places)..].Clear();
    }

    internal static void Mirror(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int place = 0; place < Places * Places; place++)
            source.Slice(3 * place, 3).CopyTo(target[(3 * (place / Places * Places + Places - 1 - place % Places))..]);
    }

    private static byte Mean(int sum) => (byte)((sum + Cell * Cell / 2) / (Cell * Cell));

    private static byte Code(double value) => (byte)Math.Clamp((int)Math.Floor(value + 0.5), 0, 255);
}
