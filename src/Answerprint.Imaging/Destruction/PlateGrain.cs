using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Destruction;

/// <summary>The grain of a plate, so that what is added has it too: spread of the finest detail in its quietest blocks, for dark to light tones.</summary>
public sealed class PlateGrain
{
    private const int Block = 8, Tones = 8;

    // Among so many blocks that show nothing but grain the quietest looks this much quieter than all of them together.
    private const int Blocks = 20;
    private const float Luck = 0.86f;

    private readonly float[] spread = new float[Tones];

    private PlateGrain()
    {
    }

    /// <summary>Measures a plate: for each tone the quietest of twenty blocks, since most show more than grain (Immerkaer 1996's operator, which sees no slopes).</summary>
    /// <param name="luma">Encoded luma, 0 to 1, row-major.</param>
    /// <param name="width">Width in pixels, 10 or more.</param>
    /// <param name="height">Height in pixels, 10 or more.</param>
    public static PlateGrain Measure(ReadOnlySpan<float> luma, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, Block + 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, Block + 2);
        var found = new List<float>[Tones];
        for (int tone = 0; tone < Tones; tone++)
            found[tone] = [];
        for (int top = 1; top + Block < height; top += Block)
        {
            for (int left = 1; left + Block < width; left += Block)
            {
                (float mean, float rough) = Look(luma, width, left, top);
                found[Math.Clamp((int)(mean * Tones), 0, Tones - 1)].Add(rough);
            }
        }
        var result = new PlateGrain();
        float known = 0;
        for (int tone = 0; tone < Tones; tone++)
        {
            found[tone].Sort();
            if (found[tone].Count >= Blocks)
                known = found[tone][found[tone].Count / Blocks] / Luck;
            result.spread[tone] = known;
        }
        // Tones darker than any that were seen have the grain of the darkest one seen.
        float first = result.spread.FirstOrDefault(value => value > 0);
        for (int tone = 0; tone < Tones && result.spread[tone] == 0; tone++)
            result.spread[tone] = first;
        return result;
    }

    /// <summary>Standard deviation of grain at a tone of 0 to 1, in the same encoding.</summary>
    public float At(float tone) => spread[Math.Clamp((int)(tone * Tones), 0, Tones - 1)];

    /// <summary>Grain of deviation 1 at a pixel of a frame: the sum of four hashed numbers.</summary>
    public static float Noise(int x, int y, int frame, ulong seed)
    {
        ulong value = CounterRandom.Mix(seed ^ ((ulong)(uint)frame << 40) ^ ((ulong)(uint)y << 20) ^ (uint)x);
        float sum = (value & 0xFFFF) + ((value >> 16) & 0xFFFF) + ((value >> 32) & 0xFFFF) + (value >> 48);
        return (sum / 65536 - 2) * 1.7320508f;
    }

    private static (float Mean, float Rough) Look(ReadOnlySpan<float> luma, int width, int left, int top)
    {
        float mean = 0, rough = 0;
        for (int y = top; y < top + Block; y++)
        {
            for (int x = left; x < left + Block; x++)
            {
                int i = y * width + x;
                mean += luma[i];
                rough += MathF.Abs(4 * luma[i] - 2 * (luma[i - 1] + luma[i + 1] + luma[i - width] + luma[i + width]) + luma[i - width - 1] + luma[i - width + 1] + luma[i + width - 1] + luma[i + width + 1]);
            }
        }
        // The operator's own gain is 6; a mean absolute deviation is sqrt(2 / pi) of the standard one.
        return (mean / (Block * Block), rough / (Block * Block) * 1.2533141f / 6);
    }
}
