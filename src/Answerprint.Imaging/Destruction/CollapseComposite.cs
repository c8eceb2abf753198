using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>
/// Puts frames together in scene light: plate or clean plate, shadow, building, dust, foreground, grain. A frame comes back in the plate's own samples, and what nothing touched is the plate's to the bit.
/// </summary>
public sealed class CollapseComposite
{
    // A surface that still shows its own place in the plate, to this share of a pixel, has not moved: the plate itself is sharper than its picture of it.
    private const float SamePlace = 0.6f;

    // What stands and covers this much of a pixel shows the plate there, which has its rim already.
    private const float Rim = 0.25f;

    // Beyond the outline the form has cracks where the plate shows none: they are not seen before they have moved this many pixels.
    private const float Beyond = 2.5f;

    // Above this share of cover nothing of the plate is left that an eye could find.
    private const float Opaque = 0.996f;

    private readonly PlateCurve curve;
    private readonly PlateGrain grain;
    private readonly ulong seed;
    private readonly int threads;

    /// <summary>Prepares a shot: the grain of its first frame is measured.</summary>
    /// <param name="plate">A frame of the plate with red, green and blue.</param>
    /// <param name="curve">How its samples relate to light.</param>
    /// <param name="seed">What grain is made from.</param>
    /// <param name="threads">Threads, 1 or more; frames do not depend on it.</param>
    /// <exception cref="ArgumentException">The plate is not in colour.</exception>
    public CollapseComposite(Picture plate, PlateCurve curve, ulong seed, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(plate);
        if (plate.ColourChannels != 3)
            throw new ArgumentException($"The plate has {plate.Channels} channels; it must have red, green and blue.", nameof(plate));
        (this.curve, this.seed, this.threads) = (curve, seed, threads);
        var luma = new Luma(curve);
        plate.Apply(luma);
        grain = PlateGrain.Measure(luma.Values, plate.Width, plate.Height);
    }

    /// <summary>One finished frame, in samples like the plate's.</summary>
    /// <param name="matter">The frame's plate, clean plate and masks.</param>
    /// <param name="layers">What was rendered.</param>
    /// <param name="dust">Linear red, green, blue times alpha, and alpha; empty for none.</param>
    /// <param name="frame">Its number, which grain changes with.</param>
    /// <param name="account">How its pixels came about.</param>
    /// <param name="parts">Takes the frame's parts; null for none.</param>
    /// <exception cref="ArgumentException">What is given differs in size or depth.</exception>
    public Picture Make(CollapseMatter matter, CollapseLayers layers, ReadOnlyMemory<float> dust, int frame, out CollapseAccount account, CollapseParts? parts = null)
    {
        ArgumentNullException.ThrowIfNull(matter);
        ArgumentNullException.ThrowIfNull(layers);
        Picture plate = matter.Plate;
        int area = plate.Width * plate.Height;
        foreach ((int width, int height) in ((int, int)[])[(matter.Clean.Width, matter.Clean.Height), (matter.Building.Width, matter.Building.Height), (matter.Foreground.Width, matter.Foreground.Height)])
        {
            if (width != plate.Width || height != plate.Height)
                throw new ArgumentException($"The plate is {plate.Width} x {plate.Height} and its clean plate or a mask {width} x {height}; they must be the same.", nameof(matter));
        }
        if (matter.Clean.Depth != plate.Depth || matter.Clean.Channels != plate.Channels)
            throw new ArgumentException($"The plate has {plate.Channels} channels of {plate.Depth} and the clean plate {matter.Clean.Channels} of {matter.Clean.Depth}.", nameof(matter));
        if (layers.Depth.Length != area || (!dust.IsEmpty && dust.Length != 4 * area))
            throw new ArgumentException($"What was rendered has another size than the plate's {plate.Width} x {plate.Height}.", nameof(layers));
        if (parts is not null && (parts.Width != plate.Width || parts.Height != plate.Height))
            throw new ArgumentException($"The parts are {parts.Width} x {parts.Height}; the plate is {plate.Width} x {plate.Height}.", nameof(parts));
        var work = new Work(this, matter, layers, dust, Soften(layers.Shadow, plate.Width, plate.Height), frame, parts);
        Picture made = plate.Apply(work);
        account = work.Account;
        return made;
    }

    /// <summary>The parts of a frame before the fall: the building stands, and the plate is the finished frame.</summary>
    /// <param name="matter">The frame's plate, clean plate and masks.</param>
    public CollapseParts Standing(CollapseMatter matter)
    {
        ArgumentNullException.ThrowIfNull(matter);
        int width = matter.Plate.Width, height = matter.Plate.Height;
        var layers = new CollapseLayers(new float[4 * width * height], new float[width * height], new float[width * height], new float[3 * width * height]);
        Array.Fill(layers.Shadow, 1);
        ReadOnlySpan<byte> seen = matter.Building.Memory.Span;
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i++)
            {
                if (seen[i] == 0)
                    continue;
                layers.Colour[4 * i + 3] = 1;
                (layers.Rest[3 * i], layers.Rest[3 * i + 1]) = ((x + 0.5f) / width, 1 - (y + 0.5f) / height);
            }
        }
        var parts = new CollapseParts(width, height);
        // Without a foreground: it is the plate's, as the building is.
        var open = matter with { Foreground = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 1)) };
        Make(open, layers, default, 0, out _, parts);
        for (int i = 0; i < matter.Foreground.Memory.Length; i++)
            parts.Set(CollapseParts.MatteForeground, i, matter.Foreground.Memory.Span[i] / 255f);
        return parts;
    }

    /// <summary>Few samples make shadows speckled: a mean over 5 x 5 pixels.</summary>
    internal float[] Soften(float[] shadow, int width, int height)
    {
        var across = new float[shadow.Length];
        var result = new float[shadow.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, height, options, y =>
        {
            for (int x = 0; x < width; x++)
                across[y * width + x] = Mean(shadow, y * width, 1, x, width);
        });
        Parallel.For(0, height, options, y =>
        {
            for (int x = 0; x < width; x++)
                result[y * width + x] = Mean(across, x, width, y, height);
        });
        return result;
    }

    private static float Mean(float[] values, int start, int step, int at, int length)
    {
        float sum = 0;
        for (int k = -2; k <= 2; k++)
            sum += Math.Clamp(values[start + step * Math.Clamp(at + k, 0, length - 1)], 0, 1);
        return sum / 5;
    }

    private enum Origin
    {
        Plate,
        Clean,
        Blended,
        Rendered,
    }

    /// <summary>One frame, whatever its samples are.</summary>
    private sealed class Work(CollapseComposite shot, CollapseMatter matter, CollapseLayers layers, ReadOnlyMemory<float> dust, float[] shadow, int frame, CollapseParts? parts) : IPictureOperation
    {
        public CollapseAccount Account { get; private set; }

        public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
            where T : unmanaged
        {
            PixelBuffer<T> clean = ((Picture<T>)matter.Clean).Pixels;
            PixelBuffer<T> result = image.Crop(new PixelRect(0, 0, image.Width, image.Height));
            var codec = new PlateCodec<T>(shot.curve);
            var counts = new int[image.Height, 4];
            Parallel.For(0, image.Height, new ParallelOptions { MaxDegreeOfParallelism = shot.threads }, y =>
            {
                for (int x = 0; x < image.Width; x++)
                    counts[y, (int)MakePixel(codec, image, clean, result, x, y)]++;
            });
            var sums = new int[4];
            for (int y = 0; y < image.Height; y++)
            {
                for (int k = 0; k < 4; k++)
                    sums[k] += counts[y, k];
            }
            Account = new CollapseAccount(sums[(int)Origin.Plate], sums[(int)Origin.Clean], sums[(int)Origin.Blended], sums[(int)Origin.Rendered]);
            return result;
        }

        private Origin MakePixel<T>(PlateCodec<T> codec, PixelBuffer<T> plate, PixelBuffer<T> clean, PixelBuffer<T> result, int x, int y)
            where T : unmanaged
        {
            int i = y * plate.Width + x;
            ReadOnlySpan<float> cloud = dust.Span;
            float front = matter.Foreground.Memory.Span[i] / 255f, gone = matter.Building.Memory.Span[i] / 255f, open = 1 - front, alpha = layers.Colour[4 * i + 3] * open;
            float moved = MathF.Max(MathF.Abs(layers.Rest[3 * i] * plate.Width - x - 0.5f), MathF.Abs((1 - layers.Rest[3 * i + 1]) * plate.Height - y - 0.5f));
            bool inner = layers.Rest[3 * i + 2] >= 0.01f;
            bool stands = gone == 0 ? alpha > 0 && moved < (inner ? Beyond : SamePlace) : alpha > Rim && moved < SamePlace && !inner;
            if (stands)
                (alpha, gone) = (0, 0);
            float veil = cloud.IsEmpty ? 0 : cloud[4 * i + 3], shade = 1 - (1 - shadow[i]) * open * (1 - gone);
            if (alpha < 0.002f && veil < 0.002f && shade > 0.998f && gone is 0 or 1)
            {
                if (parts is not null)
                    TakeApart(codec, plate, clean, x, y, stands, 0, 1, 0);
                if (gone == 0)
                    return Origin.Plate;
                for (int c = 0; c < 3; c++)
                    result[x, y, c] = clean[x, y, c];
                return Origin.Clean;
            }
            float added = Math.Clamp(alpha + veil, 0, 1);
            if (parts is not null)
                TakeApart(codec, plate, clean, x, y, stands, alpha, shade, veil);
            for (int c = 0; c < 3; c++)
            {
                float light = gone == 1 ? 0 : codec.ToLinear(plate[x, y, c]) * (1 - gone);
                if (gone > 0)
                    light += codec.ToLinear(clean[x, y, c]) * gone;
                light = light * shade * (1 - alpha) + (alpha > 0 ? layers.Colour[4 * i + c] * open : 0);
                if (veil > 0)
                    light = light * (1 - veil) + cloud[4 * i + c];
                float grained = shot.Grained(light, added, x, y, frame, c);
                result[x, y, c] = codec.FromLinear(grained);
                parts?.Set(CollapseParts.Frame + c, i, grained);
                parts?.Set(CollapseParts.Grain + c, i, grained - light);
            }
            return 1 - (1 - alpha) * (1 - veil) > Opaque ? Origin.Rendered : Origin.Blended;
        }

        /// <summary>What a pixel was made from. What stands is the plate's own: in the parts it covers what is behind it wholly, so that the plate comes back.</summary>
        private void TakeApart<T>(PlateCodec<T> codec, PixelBuffer<T> plate, PixelBuffer<T> clean, int x, int y, bool stands, float alpha, float shade, float veil)
            where T : unmanaged
        {
            int i = y * plate.Width + x;
            float hole = matter.Building.Memory.Span[i] / 255f, open = 1 - matter.Foreground.Memory.Span[i] / 255f;
            for (int c = 0; c < 3; c++)
            {
                float own = codec.ToLinear(plate[x, y, c]), behind = hole > 0 ? own * (1 - hole) + codec.ToLinear(clean[x, y, c]) * hole : own;
                parts!.Set(CollapseParts.Clean + c, i, behind);
                parts.Set(CollapseParts.Building + c, i, stands ? own * shade : alpha > 0 ? layers.Colour[4 * i + c] * open : 0);
                parts.Set(CollapseParts.Dust + c, i, veil > 0 ? dust.Span[4 * i + c] : 0);
                parts.Set(CollapseParts.Frame + c, i, stands ? own : behind);
            }
            parts!.Set(CollapseParts.Building + 3, i, stands ? 1 : alpha);
            parts.Set(CollapseParts.MatteBuilding, i, stands ? 1 : alpha);
            parts.Set(CollapseParts.Dust + 3, i, veil);
            parts.Set(CollapseParts.Shadow, i, stands ? 1 : shade);
            parts.Set(CollapseParts.MatteForeground, i, 1 - open);
            parts.Set(CollapseParts.MatteHole, i, hole);
        }
    }

    // Grain is measured and added where it looks alike in dark and light: in the codes of sRGB, carried on above 1.
    private float Grained(float light, float share, int x, int y, int frame, int channel)
    {
        if (share <= 0)
            return light;
        float code = PlateCurve.SRgb.FromLinear(light);
        return PlateCurve.SRgb.ToLinear(code + share * grain.At(code) * PlateGrain.Noise(x, y, frame, seed + (ulong)channel));
    }

    private sealed class Luma(PlateCurve curve) : IPictureOperation
    {
        public float[] Values { get; private set; } = [];

        public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
            where T : unmanaged
        {
            Values = new float[image.Width * image.Height];
            var codec = new PlateCodec<T>(curve);
            for (int y = 0, i = 0; y < image.Height; y++)
            {
                for (int x = 0; x < image.Width; x++, i++)
                    Values[i] = (Code(image[x, y, 0]) + 2 * Code(image[x, y, 1]) + Code(image[x, y, 2])) / 4;
            }
            return image;

            float Code(T sample) => PlateCurve.SRgb.FromLinear(codec.ToLinear(sample));
        }
    }
}
