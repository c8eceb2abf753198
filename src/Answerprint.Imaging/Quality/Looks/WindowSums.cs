namespace Answerprint.Imaging.Quality.Looks;

/// <summary>Sums over any rectangle of a 48 x 48 grid in four reads (summed-area table, Crow 1984).</summary>
internal sealed class WindowSums
{
    private const int Stride = LookGrid.Side + 1;
    private readonly int[] table = new int[Stride * Stride];

    internal WindowSums(ReadOnlySpan<byte> luma)
    {
        for (int y = 0; y < LookGrid.Side; y++)
        {
            int line = 0;
            for (int x = 0; x < LookGrid.Side; x++)
            {
                line += luma[y * LookGrid.Side + x];
                table[(y + 1) * Stride + x + 1] = table[y * Stride + x + 1] + line;
            }
        }
    }

    /// <summary>The means of count x count cells of a window, in sixteenths of a code. A cell takes whole grid cells, at least one.</summary>
    internal void Sample(Window window, int count, Span<int> means)
    {
        for (int row = 0; row < count; row++)
        {
            int top = window.Y + row * window.Height / count, bottom = Math.Max(top + 1, window.Y + (row + 1) * window.Height / count);
            for (int column = 0; column < count; column++)
            {
                int left = window.X + column * window.Width / count, right = Math.Max(left + 1, window.X + (column + 1) * window.Width / count);
                int sum = table[bottom * Stride + right] - table[top * Stride + right] - table[bottom * Stride + left] + table[top * Stride + left];
                means[row * count + column] = 16 * sum / ((bottom - top) * (right - left));
            }
        }
    }
}
