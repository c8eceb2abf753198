namespace Answerprint.Imaging.Quality;

/// <summary>How crisp, how smeared and how noisy a frame is, from differences between neighbouring pixels.</summary>
internal sealed class FocusMeasure
{
    private readonly double crisp;
    private readonly double across;
    private readonly double down;
    private readonly double grain;

    private FocusMeasure(double crisp, double across, double down, double grain)
    {
        (this.crisp, this.across, this.down, this.grain) = (crisp, across, down, grain);
    }

    internal static FocusMeasure Of(FrameAnalysis frame, SaliencyMap saliency)
    {
        (double across, double down) = Directions(frame);
        return new FocusMeasure(Crispness(frame, saliency), across, down, Grain(frame));
    }

    internal (double Value, string Reason) Sharpness()
    {
        double value = crisp / (crisp + 14);
        return (value, value > 0.68 ? "sharp" : value > 0.5 ? "fairly sharp" : value > 0.35 ? "soft" : "out of focus");
    }

    internal (double Value, string Reason) MotionBlur()
    {
        double low = Math.Min(across, down), high = Math.Max(across, down), ratio = high <= 0 ? 1 : low / high;
        double value = Math.Clamp((ratio - 0.70) / 0.22, 0, 1);
        return (value, value > 0.6 ? "no motion blur" : value > 0.25 ? "slight motion blur" : $"motion blur {(across < down ? "from side to side" : "up and down")}");
    }

    internal (double Value, string Reason) Noise()
    {
        double value = Math.Clamp(1 - (grain - 2) / 14, 0, 1);
        return (value, value > 0.7 ? "clean" : value > 0.35 ? "some grain" : "noisy");
    }

    /// <summary>Mean absolute Laplacian, in codes, of the crispest eighth of the cells, cells that matter counting more.</summary>
    private static double Crispness(FrameAnalysis frame, SaliencyMap saliency)
    {
        int[] detail = frame.Detail.Values;
        var order = new long[detail.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = detail[i] * (128L + saliency.Values.Values[i]) / 383;
        Array.Sort(order);
        long sum = 0;
        int count = Math.Max(1, order.Length / 8);
        for (int i = order.Length - count; i < order.Length; i++)
            sum += order[i];
        return sum / (16.0 * count);
    }

    /// <summary>
    /// Along each axis: what difference of one pixel there is for a difference of four. Sharp edges keep more of it; smear along an axis
    /// takes it away there only.
    /// </summary>
    private static (double Across, double Down) Directions(FrameAnalysis frame)
    {
        long fineX = 0, fineY = 0, coarseX = 0, coarseY = 0;
        int width = frame.Width;
        for (int y = 0; y < frame.Height - 4; y++)
        {
            for (int x = 0, i = y * width; x < width - 4; x++, i++)
            {
                int value = frame.Luma[i], dx = Math.Abs(frame.Luma[i + 4] - value), dy = Math.Abs(frame.Luma[i + 4 * width] - value);
                // Only edges say something; grain would always look sharp.
                if (dx > 24)
                {
                    coarseX += dx;
                    fineX += Largest(frame.Luma, i, 1);
                }
                if (dy > 24)
                {
                    coarseY += dy;
                    fineY += Largest(frame.Luma, i, width);
                }
            }
        }
        return (coarseX == 0 ? 0 : fineX / (double)coarseX, coarseY == 0 ? 0 : fineY / (double)coarseY);
    }

    private static int Largest(byte[] luma, int start, int step)
    {
        int largest = 0;
        for (int k = 0; k < 4; k++, start += step)
            largest = Math.Max(largest, Math.Abs(luma[start + step] - luma[start]));
        return largest;
    }

    /// <summary>Mean absolute Laplacian, in codes, of the quietest tenth of the cells that are neither black nor white.</summary>
    private static double Grain(FrameAnalysis frame)
    {
        var quiet = new List<int>();
        for (int i = 0; i < frame.Detail.Values.Length; i++)
        {
            if (frame.CellLuma.Values[i] is > 24 * 16 and < 235 * 16)
                quiet.Add(frame.Detail.Values[i]);
        }
        if (quiet.Count == 0)
            return 0;
        quiet.Sort();
        return quiet[quiet.Count / 10] / 16.0;
    }
}
