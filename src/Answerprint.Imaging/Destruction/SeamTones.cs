using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Imaging.Destruction;

/// <summary>
/// Levels the pieces that a filling was taken in: sky that was taken from where it is brighter ends in a step. What is added is smooth within a piece, and takes up what two pieces differ by at the same place
/// where that is little: after the membranes of gradient-domain editing (Perez, Gangnet and Blake 2003), but a difference that is large is an edge of the picture, and stays.
/// </summary>
public sealed class SeamTones
{
    // Cells that are solved for; a larger hole is solved in cells of more pixels.
    private const int MostCells = 60_000, MostSteps = 600;

    // Of the codes of sRGB: a difference of this is trusted by 60 percent; nothing is changed by more than the largest.
    private const float Trusted = 0.05f, Largest = 0.14f;

    // What holds a seam together against what keeps a piece as it is.
    private const float Seam = 3, Anchor = 2e-4f;

    private readonly PixelRect region;
    private readonly float[] added;

    private SeamTones(PixelRect region, float[] added) => (this.region, this.added) = (region, added);

    /// <summary>The largest change, as a share of white in the codes of sRGB.</summary>
    public float Most => added.Length == 0 ? 0 : added.Max(Math.Abs);

    /// <summary>Finds what is to be added.</summary>
    /// <param name="picture">The picture that was filled, in colour.</param>
    /// <param name="curve">How its samples relate to light.</param>
    /// <param name="hole">What was filled: above 0, one channel.</param>
    /// <param name="field">Where from; copied from the picture itself, at its own place.</param>
    /// <exception cref="ArgumentException">The mask or the field has another size.</exception>
    public static SeamTones Of(Picture picture, PlateCurve curve, PixelBuffer<byte> hole, RepairField field)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Of(CodedPlate.Of(picture, curve).Values, hole, field);
    }

    internal static SeamTones Of(float[] codes, PixelBuffer<byte> hole, RepairField field)
    {
        ArgumentNullException.ThrowIfNull(hole);
        ArgumentNullException.ThrowIfNull(field);
        if (hole.Width != field.Width || hole.Height != field.Height || codes.Length != 3 * field.Width * field.Height)
            throw new ArgumentException($"The mask is {hole.Width} x {hole.Height} and the field {field.Width} x {field.Height}.", nameof(field));
        int missing = hole.Memory.Span.Length - hole.Memory.Span.Count((byte)0), cell = 1;
        while (missing / ((long)cell * cell) > MostCells)
            cell++;
        var cells = new SeamCells(codes, hole, field, cell);
        float[] solved = Solved(cells);
        return new SeamTones(field.Region, Spread(cells, solved, hole, field));
    }

    /// <summary>The filled picture, levelled; pixels that were not filled stay to the bit.</summary>
    /// <param name="filled">The filled picture.</param>
    /// <param name="curve">How its samples relate to light.</param>
    /// <param name="hole">What was filled: above 0.</param>
    public Picture Apply(Picture filled, PlateCurve curve, PixelBuffer<byte> hole)
    {
        ArgumentNullException.ThrowIfNull(filled);
        ArgumentNullException.ThrowIfNull(hole);
        return filled.Apply(new Work(this, curve, hole));
    }

    internal void Add(float[] codes, int width)
    {
        for (int y = 0, i = 0; y < region.Height; y++)
        {
            for (int x = 0; x < region.Width; x++, i++)
            {
                for (int c = 0; c < 3; c++)
                    codes[3 * ((y + region.Y) * width + x + region.X) + c] += added[3 * i + c];
            }
        }
    }

    /// <summary>Conjugate gradients over all cells, each colour by itself.</summary>
    private static float[] Solved(SeamCells cells)
    {
        int count = cells.Count;
        var result = new float[3 * count];
        Parallel.For(0, 3, colour =>
        {
            (var x, var r, var p, var q, var scaled) = (new double[count], new double[count], new double[count], new double[count], new double[count]);
            for (int i = 0; i < count; i++)
                r[i] = cells.Wanted(i, colour, Seam);
            double start = 0, rho = 0;
            for (int step = 0; step < MostSteps; step++)
            {
                double before = rho;
                rho = 0;
                for (int i = 0; i < count; i++)
                    rho += r[i] * (scaled[i] = r[i] / (Anchor + cells.Held(i, Seam)));
                start = step == 0 ? rho : start;
                if (rho <= 1e-8 * start || rho <= double.Epsilon)
                    break;
                for (int i = 0; i < count; i++)
                    p[i] = scaled[i] + (step == 0 ? 0 : rho / before * p[i]);
                double turned = 0;
                for (int i = 0; i < count; i++)
                    turned += p[i] * (q[i] = Anchor * p[i] + cells.Pull(p, i, Seam));
                double length = rho / turned;
                for (int i = 0; i < count; i++)
                    (x[i], r[i]) = (x[i] + length * p[i], r[i] - length * q[i]);
            }
            for (int i = 0; i < count; i++)
                result[3 * i + colour] = Math.Clamp((float)x[i], -Largest, Largest);
        });
        return result;
    }

    /// <summary>For every pixel: between the cells around it that are of its piece, and then the mean over the patches that the filling is a mean of.</summary>
    private static float[] Spread(SeamCells cells, float[] solved, PixelBuffer<byte> hole, RepairField field)
    {
        PixelRect region = field.Region;
        var plain = new float[3 * region.Area];
        for (int y = 0, i = 0; y < region.Height; y++)
        {
            for (int x = 0; x < region.Width; x++, i++)
            {
                if (field.Field.Sources[i] != AttributionField.None && hole.Memory.Span[(y + region.Y) * hole.Width + x + region.X] != 0)
                    cells.Sample(solved, x + region.X, y + region.Y, plain.AsSpan(3 * i, 3));
            }
        }
        int radius = field.Field.PatchSize / 2;
        if (radius == 0)
            return plain;
        var mean = new float[plain.Length];
        Parallel.For(0, region.Height, y =>
        {
            Span<float> sum = stackalloc float[3];
            for (int x = 0; x < region.Width; x++)
            {
                int i = y * region.Width + x, count = 0;
                if (field.Field.Sources[i] == AttributionField.None)
                    continue;
                sum.Clear();
                for (int v = Math.Max(0, y - radius); v <= Math.Min(region.Height - 1, y + radius); v++)
                {
                    for (int u = Math.Max(0, x - radius); u <= Math.Min(region.Width - 1, x + radius); u++)
                    {
                        int k = v * region.Width + u;
                        if (field.Field.Sources[k] == AttributionField.None)
                            continue;
                        for (int c = 0; c < 3; c++)
                            sum[c] += plain[3 * k + c];
                        count++;
                    }
                }
                for (int c = 0; c < 3; c++)
                    mean[3 * i + c] = sum[c] / count;
            }
        });
        return mean;
    }

    private sealed class Work(SeamTones tones, PlateCurve curve, PixelBuffer<byte> hole) : IPictureOperation
    {
        public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
            where T : unmanaged
        {
            PixelBuffer<T> result = image.Crop(new PixelRect(0, 0, image.Width, image.Height));
            var codec = new PlateCodec<T>(curve);
            PixelRect region = tones.region;
            for (int y = region.Y, i = 0; y < region.Bottom; y++)
            {
                for (int x = region.X; x < region.Right; x++, i++)
                {
                    for (int c = 0; c < 3 && hole[x, y, 0] > 0; c++)
                    {
                        float added = tones.added[3 * i + c];
                        if (added != 0)
                            result[x, y, c] = codec.FromLinear(PlateCurve.SRgb.ToLinear(PlateCurve.SRgb.FromLinear(codec.ToLinear(image[x, y, c])) + added));
                    }
                }
            }
            return result;
        }
    }

    internal static float Trust(float difference) => MathF.Exp(-difference * difference / (2 * Trusted * Trusted));
}
