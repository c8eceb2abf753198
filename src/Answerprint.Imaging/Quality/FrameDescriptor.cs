namespace Answerprint.Imaging.Quality;

/// <summary>What a frame looks like at a glance: colours by place (8 x 6) and colours overall (64 bins); frames are compared by it.</summary>
public sealed class FrameDescriptor
{
    private const int Columns = 8;
    private const int Rows = 6;
    private const int Bins = 64;

    private readonly byte[] layout = new byte[3 * Columns * Rows];
    private readonly int[] histogram = new int[Bins];

    private FrameDescriptor()
    {
    }

    internal static FrameDescriptor Create(FrameAnalysis frame)
    {
        var descriptor = new FrameDescriptor();
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                int left = column * frame.Columns / Columns, right = Math.Max(left + 1, (column + 1) * frame.Columns / Columns);
                int top = row * frame.Rows / Rows, bottom = Math.Max(top + 1, (row + 1) * frame.Rows / Rows), at = 3 * (row * Columns + column);
                descriptor.layout[at] = (byte)(frame.CellLuma.Mean(left, top, right, bottom) / 16);
                descriptor.layout[at + 1] = (byte)(frame.CellBlue.Mean(left, top, right, bottom) / 16 + 128);
                descriptor.layout[at + 2] = (byte)(frame.CellRed.Mean(left, top, right, bottom) / 16 + 128);
            }
        }
        int cells = frame.CellLuma.Values.Length;
        for (int i = 0; i < cells; i++)
        {
            int luma = Math.Clamp(frame.CellLuma.Values[i] >> 10, 0, 3);
            descriptor.histogram[luma << 4 | Chroma(frame.CellBlue.Values[i]) << 2 | Chroma(frame.CellRed.Values[i])]++;
        }
        for (int bin = 0; bin < Bins; bin++)
            descriptor.histogram[bin] = (int)(descriptor.histogram[bin] * 65_536L / cells);
        return descriptor;
    }

    /// <summary>0 for the same look to 1 for nothing in common.</summary>
    public double DistanceTo(FrameDescriptor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int place = 0, colours = 0;
        for (int i = 0; i < layout.Length; i++)
            place += Math.Abs(layout[i] - other.layout[i]) * (i % 3 == 0 ? 1 : 2);
        for (int bin = 0; bin < Bins; bin++)
            colours += Math.Abs(histogram[bin] - other.histogram[bin]);
        // Cells that differ by 60 codes on average are as different as pictures get.
        return 0.6 * Math.Min(1, place / (60.0 * 3 * Columns * Rows)) + 0.4 * Math.Min(1, colours / 131_072.0);
    }

    private static int Chroma(int value) => value < -12 * 16 ? 0 : value < 0 ? 1 : value < 12 * 16 ? 2 : 3;
}
