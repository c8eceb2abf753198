using System.Runtime.CompilerServices;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>Sums over rectangles in four look-ups (Crow, SIGGRAPH 1984).</summary>
internal static class BoxSums
{
    /// <summary>Sums from the top left corner; one row and one column more than the values.</summary>
    internal static int[] Of(ReadOnlySpan<byte> values, int width, int height)
    {
        var sums = new int[(width + 1) * (height + 1)];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0, sum = 0; x < width; x++)
            {
                sum += values[y * width + x];
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + sum;
            }
        }
        return sums;
    }

    /// <summary>The sum over columns left to before right and rows top to before bottom.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Sum(ReadOnlySpan<int> sums, int width, int left, int top, int right, int bottom) =>
        sums[bottom * (width + 1) + right] - sums[top * (width + 1) + right] - sums[bottom * (width + 1) + left] + sums[top * (width + 1) + left];
}
