using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// Brings a picture to another shape without scaling it: where it must become smaller, strips that matter least are taken out; where it
/// must become larger, it is continued beyond its frame. What stays keeps its size and shape.
/// </summary>
public static class Retargeting
{
    /// <summary>Most pixels of a picture that is brought to another shape: each takes some 150 bytes on the way.</summary>
    public const long MaxPixels = 24_000_000;

    private const int SaliencyWidth = 480;

    // What every pixel is worth, besides how much it is looked at: 255 at most.
    private const int BaseWeight = 16;

    /// <summary>The field of a new shape.</summary>
    /// <param name="features">What patches are compared in, see <see cref="Picture.Features"/>.</param>
    /// <param name="width">Wanted width, in pixels of the picture.</param>
    /// <param name="height">Wanted height.</param>
    /// <param name="options">How.</param>
    /// <param name="subjects">Rectangles known to matter, such as faces, in pixels of the picture.</param>
    /// <param name="progress">Hears the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops it within a fraction of a second.</param>
    /// <returns>The field over the whole output; null when the picture has that size already.</returns>
    /// <exception cref="ArgumentException">A side is below 1, or the output is beyond the limits.</exception>
    public static RepairField? Retarget(
        PixelBuffer<byte> features, int width, int height, FillOptions options, IReadOnlyList<PixelRect>? subjects = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (width < 1 || height < 1 || width > AttributionLimits.MaxDimension || height > AttributionLimits.MaxDimension || (long)width * height > FrameExtension.MaxPixels)
            throw new ArgumentException($"A picture of {width} x {height} pixels is not within 1 and {AttributionLimits.MaxDimension} a side and {FrameExtension.MaxPixels} in all.");
        if ((width, height) == (features.Width, features.Height))
            return null;
        if (Math.Max((long)features.Width * features.Height, (long)width * height) > MaxPixels)
            throw new ArgumentException($"A picture of {features.Width} x {features.Height} pixels is brought to {width} x {height}, beyond the limit of {MaxPixels} pixels; make it smaller first.");
        var state = RetargetState.Create(features, Weights(features, subjects ?? []));
        Narrow(state, width, cancellationToken);
        progress?.Report(0.25);
        state.Transpose();
        Narrow(state, height, cancellationToken);
        state.Transpose();
        progress?.Report(0.5);
        int[] origins = Widen(state, features, width, height, options, cancellationToken);
        progress?.Report(1);
        return Field(origins, features.Width, width, height, options.PatchSize);
    }

    /// <summary>Takes out strips until the picture is as narrow as wanted: each time the one that loses least a column, of all, half, a quarter or an eighth of what is left.</summary>
    private static void Narrow(RetargetState state, int width, CancellationToken cancellationToken)
    {
        while (state.Width > width)
        {
            int left = state.Width - width, taken = 0;
            int[]? best = null;
            long loss = 0;
            for (int part = 1; part <= 8; part *= 2)
            {
                int count = (left + part - 1) / part;
                if (count == taken)
                    continue;
                (int[] cut, long lost) = StripCut.Find(state, count, cancellationToken);
                if (best is null || lost * taken < loss * count)
                    (best, loss, taken) = (cut, lost, count);
            }
            state.Remove(best!, taken);
        }
    }

    /// <summary>Continues the picture to its full size; gives the index in the first picture of each pixel.</summary>
    private static int[] Widen(RetargetState state, PixelBuffer<byte> features, int width, int height, FillOptions options, CancellationToken cancellationToken)
    {
        if ((state.Width, state.Height) == (width, height))
            return state.Origins;
        int left = (width - state.Width) / 2, top = (height - state.Height) / 2;
        var now = new PixelBuffer<byte>(PixelLayout.Interleaved(state.Width, state.Height, features.Channels));
        Span<byte> samples = now.Memory.Span;
        ReadOnlySpan<byte> from = features.Memory.Span;
        for (int i = 0; i < state.Origins.Length; i++)
        {
            int at = features.Layout.IndexOf(state.Origins[i] % features.Width, state.Origins[i] / features.Width, 0);
            from.Slice(at, features.Channels).CopyTo(samples[(i * features.Channels)..]);
        }
        (PixelBuffer<byte> canvas, byte[] hole) = FrameExtension.Canvas(now, left, top, width, height);
        (RepairFieldBuilder? field, _) = HoleFill.Fill(canvas, hole, options, null, cancellationToken);
        var origins = new int[width * height];
        for (int i = 0; i < origins.Length; i++)
        {
            int match = field!.Matches[i] is >= 0 and var found ? found : i;
            origins[i] = state.Origins[(match / width - top) * state.Width + match % width - left];
        }
        return origins;
    }

    private static RepairField Field(int[] origins, int sourceWidth, int width, int height, int patchSize)
    {
        ushort[] sources = new ushort[origins.Length], columns = new ushort[origins.Length], rows = new ushort[origins.Length];
        for (int i = 0; i < origins.Length; i++)
            (columns[i], rows[i]) = ((ushort)(origins[i] % sourceWidth), (ushort)(origins[i] / sourceWidth));
        var field = new AttributionField(width, height, sources, columns, rows, AttributionField.PlainWindow(patchSize));
        return new RepairField(width, height, 0, 0, new PixelRect(0, 0, width, height), field);
    }

    /// <summary>How much each pixel matters: where people look, and what is known to be a subject.</summary>
    private static int[] Weights(PixelBuffer<byte> features, IReadOnlyList<PixelRect> subjects)
    {
        int width = Math.Min(SaliencyWidth, features.Width), height = Math.Max(1, (int)((long)features.Height * width / features.Width));
        var weights = new int[features.Width * features.Height];
        Array.Fill(weights, BaseWeight);
        if (width < 16 || height < 16)
            return weights;
        PixelBuffer<byte> small = Shrink(features, width, height);
        var map = SaliencyMap.Create(small.View, [.. subjects.Select(s => s.Rescale(features.Width, features.Height, width, height))]);
        for (int y = 0, i = 0; y < features.Height; y++)
        {
            int row = (int)((long)y * map.Height / features.Height);
            for (int x = 0; x < features.Width; x++, i++)
                weights[i] += map[(int)((long)x * map.Width / features.Width), row];
        }
        return weights;
    }

    private static PixelBuffer<byte> Shrink(PixelBuffer<byte> features, int width, int height)
    {
        var small = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
        for (int y = 0; y < height; y++)
        {
            int top = (int)((long)y * features.Height / height), bottom = Math.Max(top + 1, (int)((y + 1L) * features.Height / height));
            for (int x = 0; x < width; x++)
            {
                int left = (int)((long)x * features.Width / width), right = Math.Max(left + 1, (int)((x + 1L) * features.Width / width));
                for (int c = 0; c < 3; c++)
                {
                    long sum = 0;
                    for (int sy = top; sy < bottom; sy++)
                    {
                        ReadOnlySpan<byte> row = features.View.PackedRow(sy);
                        for (int sx = left; sx < right; sx++)
                            sum += row[sx * features.Channels + (features.Channels < 3 ? 0 : c)];
                    }
                    small[x, y, c] = (byte)(sum / ((bottom - top) * (right - left)));
                }
            }
        }
        return small;
    }
}
