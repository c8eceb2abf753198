using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Imaging.Destruction;

/// <summary>Where a pixel of a clean plate's canvas is from. The numbers are written into files: they only grow.</summary>
public enum CleanPlateOrigin
{
    /// <summary>Frames show it beside the building.</summary>
    Plate = 0,

    /// <summary>The building hid it in the reference frame, and other frames show it.</summary>
    OtherFrame = 1,

    /// <summary>No frame shows it: it is filled from the rest of the canvas.</summary>
    Synthesised = 2,
}

/// <summary>
/// What is behind a building in a moving shot, once for all frames: the median of what frames show there, past the building; what none shows is filled by <see cref="LargeHoleFill"/> from those medians,
/// which have no grain and nothing that passes by. It is carried to each frame by the shot's motion, and takes that frame's own grain from where the filling was taken from.
/// </summary>
public sealed partial class CleanPlate
{
    /// <summary>What a filling costs that is taken from other rows, see <see cref="FillOptions.RowCost"/>: streets, eaves and horizons lie level.</summary>
    public const int RowCost = 1000;

    // A frame's pixel that is further from the canvas than this times the grain is no grain, but something that passes.
    private const float MostGrain = 4, LeastGrain = 0.012f;

    private readonly CollapseCanvas canvas;
    private readonly PixelBuffer<byte> building, near;
    private readonly float[] codes;
    private readonly int[] takenFrom;
    private readonly PlateGrain grain;
    private readonly ulong seed;

    private CleanPlate(CollapseCanvas canvas, PixelBuffer<byte> building, PixelBuffer<byte> near, float[] codes, int[] takenFrom, CleanPlateOrigin[] origins, PlateGrain grain, ulong seed) =>
        (this.canvas, this.building, this.near, this.codes, this.takenFrom, Origins, this.grain, this.seed) = (canvas, building, near, codes, takenFrom, origins, grain, seed);

    /// <summary>Where each pixel of the canvas is from, row-major.</summary>
    public IReadOnlyList<CleanPlateOrigin> Origins { get; }

    /// <summary>Makes the clean plate of a shot.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="sources">Frames to take from.</param>
    /// <param name="reference">Which of them is the reference frame; its grain is measured.</param>
    /// <param name="building">Where the building is seen on the canvas, 0 to 255, one channel.</param>
    /// <param name="seed">What grain is made from where none can be taken.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentException">The mask is not of the canvas's size, or covers so much that nothing is left.</exception>
    public static CleanPlate Make(CollapseCanvas canvas, IReadOnlyList<CleanPlateSource> sources, int reference, PixelBuffer<byte> building, ulong seed, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(building);
        if (building.Width != canvas.Width || building.Height != canvas.Height)
            throw new ArgumentException($"The mask has {building.Width} x {building.Height} pixels and the canvas {canvas.Width} x {canvas.Height}.", nameof(building));
        // Outlines are never exact: what lies close to the building is not taken for what is behind it.
        PixelBuffer<byte> near = Outline.Grow(building, Math.Clamp(canvas.PlateHeight / 150, 2, 16));
        int area = canvas.Width * canvas.Height;
        var codes = new float[3 * area];
        var origins = new CleanPlateOrigin[area];
        Parallel.For(0, canvas.Height, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, y => Gather(canvas, sources, building, near, codes, origins, y));
        var takenFrom = new int[area];
        Fill(canvas, codes, origins, takenFrom, threads, cancellationToken);
        CodedPlate first = sources[reference].Codes;
        return new CleanPlate(canvas, building, near, codes, takenFrom, origins, PlateGrain.Measure(first.Luma(), first.Width, first.Height), seed);
    }

    private static void Gather(CollapseCanvas canvas, IReadOnlyList<CleanPlateSource> sources, PixelBuffer<byte> building, PixelBuffer<byte> near, float[] codes, CleanPlateOrigin[] origins, int y)
    {
        Span<float> found = stackalloc float[3 * sources.Count], sorted = stackalloc float[sources.Count], colour = stackalloc float[3];
        for (int x = 0, i = y * canvas.Width; x < canvas.Width; x++, i++)
        {
            int count = 0;
            foreach (CleanPlateSource source in sources)
            {
                (double atX, double atY) = source.Background.Apply(x + 0.5, y + 0.5);
                if (!source.Shows(atX, atY) || IsNear(source.BuildingBack.Apply(atX, atY)))
                    continue;
                colour.Clear();
                PlaneSampler.AddCubic(source.Codes.Values, source.Codes.Width, source.Codes.Height, 3, atX, atY, 1, colour);
                colour.CopyTo(found[(3 * count++)..]);
            }
            origins[i] = count == 0 ? CleanPlateOrigin.Synthesised : building.Memory.Span[i] > 0 ? CleanPlateOrigin.OtherFrame : CleanPlateOrigin.Plate;
            for (int c = 0; c < 3 && count > 0; c++)
            {
                for (int k = 0; k < count; k++)
                    sorted[k] = found[3 * k + c];
                sorted[..count].Sort();
                codes[3 * i + c] = count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2] + sorted[count / 2 - 1]) / 2;
            }
        }

        bool IsNear((double X, double Y) place)
        {
            int column = (int)Math.Floor(place.X), row = (int)Math.Floor(place.Y);
            return column >= 0 && row >= 0 && column < canvas.Width && row < canvas.Height && near.Memory.Span[row * canvas.Width + column] > 0;
        }
    }

    /// <summary>Fills what no frame shows, and writes down from where.</summary>
    private static void Fill(CollapseCanvas canvas, float[] codes, CleanPlateOrigin[] origins, int[] takenFrom, int threads, CancellationToken cancellationToken)
    {
        PixelBuffer<byte> hole = new(PixelLayout.Interleaved(canvas.Width, canvas.Height, 1)), features = new(PixelLayout.Interleaved(canvas.Width, canvas.Height, 3));
        for (int i = 0; i < origins.Length; i++)
        {
            takenFrom[i] = i;
            hole.Memory.Span[i] = origins[i] == CleanPlateOrigin.Synthesised ? byte.MaxValue : (byte)0;
        }
        for (int i = 0; i < codes.Length; i++)
            features.Memory.Span[i] = (byte)(Math.Clamp(codes[i], 0, 1) * 255 + 0.5f);
        RepairField? field = LargeHoleFill.Fill(features, hole, new FillOptions { RowCost = RowCost, MaxDegreeOfParallelism = threads }, null, cancellationToken);
        if (field is null)
            return;
        SeamTones tones = SeamTones.Of(codes, hole, field);
        var plain = Picture.Create(new PixelBuffer<float>(codes, PixelLayout.Interleaved(canvas.Width, canvas.Height, 3)));
        ((Picture<float>)field.Apply(plain, [], threads, cancellationToken)).Pixels.Memory.Span.CopyTo(codes);
        tones.Add(codes, canvas.Width);
        for (int y = 0; y < field.Region.Height; y++)
        {
            for (int x = 0; x < field.Region.Width; x++)
            {
                int k = y * field.Region.Width + x;
                if (field.Field.Sources[k] != AttributionField.None)
                    takenFrom[(y + field.Region.Y) * canvas.Width + x + field.Region.X] = field.Field.Rows[k] * canvas.Width + field.Field.Columns[k];
            }
        }
    }
}
