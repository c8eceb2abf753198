using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>
/// Where people look: how much each part of a frame stands out from its surroundings in brightness and colour at four scales
/// (after Itti, Koch, Niebur 1998), how much it is in focus, and whether it is a patch of skin colour; integers only.
/// </summary>
public sealed class SaliencyMap
{
    private static readonly int[] Scales = [3, 6, 12, 24];

    private readonly Plane values;
    private readonly Plane detail;

    private SaliencyMap(Plane values, Plane detail, Plane skin, int frameWidth, int frameHeight)
    {
        (this.values, this.detail, Skin, FrameWidth, FrameHeight) = (values, detail, skin, frameWidth, frameHeight);
        Subject = FindSubject();
    }

    /// <summary>Cells per row.</summary>
    public int Width => values.Width;

    /// <summary>Cells per column.</summary>
    public int Height => values.Height;

    /// <summary>Width of the frame that was looked at, in pixels.</summary>
    public int FrameWidth { get; }

    /// <summary>Height of the frame that was looked at, in pixels.</summary>
    public int FrameHeight { get; }

    /// <summary>The cells that hold the main subject: the smallest rectangle around the strongest area with most of the salience.</summary>
    public PixelRect Subject { get; }

    /// <summary>Salience of a cell, 0..255.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The cell is outside the map.</exception>
    public byte this[int x, int y] => new PixelRect(0, 0, Width, Height).Contains(x, y)
        ? (byte)values[x, y]
        : throw new ArgumentOutOfRangeException(nameof(x), (x, y), $"Must lie inside {Width} x {Height}.");

    internal Plane Values => values;

    internal Plane Detail => detail;

    /// <summary>0..255: patches that are likely faces or hands.</summary>
    internal Plane Skin { get; }

    /// <summary>The map of a frame.</summary>
    /// <param name="frame">RGB, about 480 pixels wide.</param>
    /// <param name="subjects">Rectangles known to matter, such as faces that a detector found, in pixels of the frame.</param>
    /// <exception cref="ArgumentException">The frame has fewer than three channels.</exception>
    public static SaliencyMap Create(PixelView<byte> frame, IReadOnlyList<PixelRect>? subjects = null) =>
        Create(FrameAnalysis.Create(frame), subjects ?? []);

    internal static SaliencyMap Create(FrameAnalysis frame, IReadOnlyList<PixelRect> subjects)
    {
        Plane contrast = CentreSurround(frame).Normalise(32), focus = frame.Detail.Blur(2).Normalise(24);
        Plane skin = SkinPatches(frame);
        var sum = new Plane(frame.Columns, frame.Rows);
        for (int y = 0; y < frame.Rows; y++)
        {
            for (int x = 0; x < frame.Columns; x++)
            {
                int weight = 4 * contrast[x, y] + 3 * focus[x, y] + 6 * skin[x, y];
                sum[x, y] = weight * CentrePrior(x, y, frame.Columns, frame.Rows) / 255;
            }
        }
        Plane smooth = sum.Blur(1).Normalise(64);
        foreach (PixelRect subject in subjects)
            Mark(smooth, subject, frame);
        var result = new Plane(frame.Columns, frame.Rows);
        smooth.Values.CopyTo(result.Values, 0);
        return new SaliencyMap(result, frame.Detail, skin, frame.Width, frame.Height);
    }

    private static Plane CentreSurround(FrameAnalysis frame)
    {
        var sum = new Plane(frame.Columns, frame.Rows);
        foreach (int scale in Scales)
        {
            for (int y = 0; y < frame.Rows; y++)
            {
                for (int x = 0; x < frame.Columns; x++)
                {
                    sum[x, y] += Difference(frame.CellLuma, x, y, scale)
                        + 2 * Difference(frame.CellBlue, x, y, scale) + 2 * Difference(frame.CellRed, x, y, scale);
                }
            }
        }
        return sum;
    }

    private static int Difference(Plane plane, int x, int y, int scale)
    {
        int inner = scale / 3;
        return Math.Abs(plane.Mean(x - inner, y - inner, x + inner + 1, y + inner + 1) - plane.Mean(x - scale, y - scale, x + scale + 1, y + scale + 1));
    }

    /// <summary>Skin colour that is not all around: a face, not a wall of brick.</summary>
    private static Plane SkinPatches(FrameAnalysis frame)
    {
        var result = new Plane(frame.Columns, frame.Rows);
        for (int y = 0; y < frame.Rows; y++)
        {
            for (int x = 0; x < frame.Columns; x++)
            {
                int here = frame.Skin.Mean(x - 2, y - 2, x + 3, y + 3), around = frame.Skin.Mean(x - 22, y - 22, x + 23, y + 23);
                // Faces have features; walls and skies of that colour do not.
                int features = Math.Min(255, frame.Detail.Mean(x - 3, y - 3, x + 4, y + 4) * 2);
                result[x, y] = Math.Clamp(4 * (here - around) / 3, 0, 255) * (64 + features * 3 / 4) / 255;
            }
        }
        return result;
    }

    /// <summary>255 in the middle to about 50 in the corners, less again at the left and right edge: people look in the middle first, and film-makers know it.</summary>
    private static int CentrePrior(int x, int y, int columns, int rows)
    {
        long dx = 2L * x + 1 - columns, dy = 2L * y + 1 - rows;
        long distance = dx * dx * 1000 / ((long)columns * columns) + dy * dy * 1000 / ((long)rows * rows);
        int prior = 255 - (int)(distance * 105 / 1000), edge = Math.Min(x + 1, columns - x), rim = Math.Max(1, columns / 10);
        return edge >= rim ? prior : prior * (rim + edge) / (2 * rim);
    }

    private static void Mark(Plane plane, PixelRect subject, FrameAnalysis frame)
    {
        PixelRect cells = subject.Rescale(frame.Width, frame.Height, plane.Width, plane.Height);
        for (int y = cells.Y; y < cells.Bottom; y++)
            plane.Values.AsSpan(y * plane.Width + cells.X, cells.Width).Fill(255);
    }

    /// <summary>Grows a rectangle from the strongest spot, side by side, while what it gains is denser than half its own density.</summary>
    private PixelRect FindSubject()
    {
        (int x, int y) = Peak();
        int left = Math.Max(0, x - 3), right = Math.Min(Width, x + 4), top = Math.Max(0, y - 3), bottom = Math.Min(Height, y + 4);
        while (true)
        {
            int own = values.Mean(left, top, right, bottom);
            ReadOnlySpan<int> gains =
            [
                left > 0 ? values.Mean(left - 2, top, left, bottom) : 0,
                right < Width ? values.Mean(right, top, right + 2, bottom) : 0,
                top > 0 ? values.Mean(left, top - 2, right, top) : 0,
                bottom < Height ? values.Mean(left, bottom, right, bottom + 2) : 0,
            ];
            int best = 0;
            for (int side = 1; side < 4; side++)
                best = gains[side] > gains[best] ? side : best;
            if (gains[best] * 20 < own * 11 || gains[best] < 40)
                return new PixelRect(left, top, right - left, bottom - top);
            left -= best == 0 ? Math.Min(2, left) : 0;
            right += best == 1 ? Math.Min(2, Width - right) : 0;
            top -= best == 2 ? Math.Min(2, top) : 0;
            bottom += best == 3 ? Math.Min(2, Height - bottom) : 0;
        }
    }

    private (int X, int Y) Peak()
    {
        int bestX = Width / 2, bestY = Height / 2, best = -1;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int mean = values.Mean(x - 6, y - 6, x + 7, y + 7);
                if (mean > best)
                    (bestX, bestY, best) = (x, y, mean);
            }
        }
        return (bestX, bestY);
    }
}
