using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>Structural similarity (Wang, Bovik, Sheikh, Simoncelli, IEEE TIP 2004).</summary>
public static class Ssim
{
    private const int Radius = 5;
    private const double Deviation = 1.5, C1 = 0.01 * 0.01 * 255 * 255, C2 = 0.03 * 0.03 * 255 * 255;

    /// <summary>
    /// The mean over brightness (Rec. 601), with a Gaussian window of 11 x 11 and deviation 1.5; only windows that lie wholly inside count.
    /// From -1 to 1, 1 for equal images.
    /// </summary>
    /// <exception cref="ArgumentException">The images differ in size or channels, or are smaller than the window.</exception>
    public static double Measure(PixelView<byte> first, PixelView<byte> second)
    {
        QualityInput.RequireAlike(first, second);
        int width = first.Width, height = first.Height;
        if (Math.Min(width, height) <= 2 * Radius)
            throw new ArgumentException($"An image of {width} x {height} is smaller than the window of {2 * Radius + 1} pixels.", nameof(first));
        double[] a = Scaled(QualityInput.Luma(first)), b = Scaled(QualityInput.Luma(second));
        double[] meanA = Blur(a, width, height), meanB = Blur(b, width, height);
        double[] squareA = Blur(Product(a, a), width, height), squareB = Blur(Product(b, b), width, height), cross = Blur(Product(a, b), width, height);
        double sum = 0;
        for (int i = 0; i < meanA.Length; i++)
        {
            double ab = meanA[i] * meanB[i], aa = meanA[i] * meanA[i], bb = meanB[i] * meanB[i];
            sum += (2 * ab + C1) * (2 * (cross[i] - ab) + C2) / ((aa + bb + C1) * (squareA[i] - aa + squareB[i] - bb + C2));
        }
        return sum / meanA.Length;
    }

    private static double[] Scaled(int[] luma) => Array.ConvertAll(luma, value => value / 1000.0);

    private static double[] Product(double[] a, double[] b)
    {
        var product = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
            product[i] = a[i] * b[i];
        return product;
    }

    /// <summary>Weighted means of all windows that lie inside, row by row.</summary>
    private static double[] Blur(double[] image, int width, int height)
    {
        Span<double> window = stackalloc double[2 * Radius + 1];
        double total = 0;
        for (int i = 0; i < window.Length; i++)
            total += window[i] = Math.Exp(-(i - Radius) * (i - Radius) / (2 * Deviation * Deviation));
        int wide = width - 2 * Radius, high = height - 2 * Radius;
        var rows = new double[wide * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < wide; x++)
            {
                double sum = 0;
                for (int i = 0; i < window.Length; i++)
                    sum += window[i] * image[y * width + x + i];
                rows[y * wide + x] = sum / total;
            }
        }
        var result = new double[wide * high];
        for (int y = 0; y < high; y++)
        {
            for (int x = 0; x < wide; x++)
            {
                double sum = 0;
                for (int i = 0; i < window.Length; i++)
                    sum += window[i] * rows[(y + i) * wide + x];
                result[y * wide + x] = sum / total;
            }
        }
        return result;
    }
}
