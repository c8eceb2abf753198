using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>How much the outputs of a generator differ from each other (Rott Shaham, Dekel, Michaeli, SinGAN, ICCV 2019).</summary>
public static class GenerationDiversity
{
    /// <summary>
    /// The standard deviation of each pixel's brightness over the outputs, averaged over the pixels, divided by the standard deviation of the
    /// reference's brightness: 0 when all outputs are equal, about 1 when they are as unlike as the reference's own pixels.
    /// </summary>
    /// <param name="outputs">At least two images of one size.</param>
    /// <param name="reference">What they were made from, of any size.</param>
    /// <exception cref="ArgumentException">There are fewer than two outputs, or their sizes differ, or the reference is flat.</exception>
    public static double Measure(IReadOnlyList<PixelBuffer<byte>> outputs, PixelView<byte> reference)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        if (outputs.Count < 2)
            throw new ArgumentException("Diversity needs two outputs or more.", nameof(outputs));
        int[][] lumas = new int[outputs.Count][];
        for (int i = 0; i < lumas.Length; i++)
        {
            QualityInput.RequireAlike(outputs[0].View, outputs[i].View);
            lumas[i] = QualityInput.Luma(outputs[i].View);
        }
        double spread = 0;
        var column = new int[lumas.Length];
        for (int pixel = 0; pixel < lumas[0].Length; pixel++)
        {
            for (int i = 0; i < column.Length; i++)
                column[i] = lumas[i][pixel];
            spread += Deviation(column);
        }
        double own = Deviation(QualityInput.Luma(reference));
        return own > 0 ? spread / lumas[0].Length / own : throw new ArgumentException("A flat reference has no diversity to compare with.", nameof(reference));
    }

    private static double Deviation(int[] values)
    {
        long sum = 0;
        foreach (int value in values)
            sum += value;
        double mean = sum / (double)values.Length, squares = 0;
        foreach (int value in values)
            squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / values.Length);
    }
}
