using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>A plate's red, green and blue in the codes of sRGB, 0 to 1 and beyond: where medians, fills and cubics look alike in dark and light, whatever the plate's samples are.</summary>
internal sealed class CodedPlate(float[] values, int width, int height)
{
    internal float[] Values => values;

    internal int Width => width;

    internal int Height => height;

    internal static CodedPlate Of(Picture plate, PlateCurve curve)
    {
        var work = new Work(curve);
        plate.Apply(work);
        return new CodedPlate(work.Values, plate.Width, plate.Height);
    }

    internal bool Holds(double x, double y) => x >= 0.5 && y >= 0.5 && x <= width - 0.5 && y <= height - 0.5;

    internal float[] Luma()
    {
        var luma = new float[width * height];
        for (int i = 0; i < luma.Length; i++)
            luma[i] = (values[3 * i] + 2 * values[3 * i + 1] + values[3 * i + 2]) / 4;
        return luma;
    }

    private sealed class Work(PlateCurve curve) : IPictureOperation
    {
        public float[] Values { get; private set; } = [];

        public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
            where T : unmanaged
        {
            Values = new float[3 * image.Width * image.Height];
            var codec = new PlateCodec<T>(curve);
            for (int y = 0, i = 0; y < image.Height; y++)
            {
                for (int x = 0; x < image.Width; x++)
                {
                    for (int c = 0; c < 3; c++, i++)
                        Values[i] = PlateCurve.SRgb.FromLinear(codec.ToLinear(image[x, y, c]));
                }
            }
            return image;
        }
    }
}
