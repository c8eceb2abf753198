using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>Another frame of a locked-off shot: the same view at another time.</summary>
/// <param name="Features">Features of the same size and channels as those of the frame that is repaired.</param>
/// <param name="Mask">What must not be taken from it, 128 and more; null for nothing.</param>
public sealed record ShotFrame(PixelBuffer<byte> Features, PixelBuffer<byte>? Mask = null);

/// <summary>
/// Fills a hole of a locked-off shot with what other frames show at the same place. Which frame a pixel comes from is decided like offsets
/// are: by how well the frame agrees around the hole, and by seams that show least. What no frame shows is filled from the picture.
/// </summary>
public static class ShotFill
{
    /// <summary>Most other frames.</summary>
    public const int MaxFrames = 16;

    private const int Margin = 24;
    private const int ContextRadius = 4;
    private const int Sweeps = 3;
    private const int Hidden = -1;

    /// <summary>The field of a fill; source 0 is the frame itself, 1 and up are the others in their order.</summary>
    /// <param name="features">Features of the frame that is repaired.</param>
    /// <param name="mask">What is filled, 128 and more.</param>
    /// <param name="others">Aligned frames, 1 to <see cref="MaxFrames"/>.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Hears the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops it within a fraction of a second.</param>
    /// <returns>The field; null when the mask is empty.</returns>
    /// <exception cref="ArgumentException">Sizes or channels differ, or there is nothing to fill from.</exception>
    public static RepairField? Fill(
        PixelBuffer<byte> features, PixelBuffer<byte> mask, IReadOnlyList<ShotFrame> others, FillOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (others.Count is < 1 or > MaxFrames)
            throw new ArgumentException($"There are {others.Count} other frames; 1 to {MaxFrames} are possible.");
        int width = features.Width, height = features.Height;
        byte[] hole = HoleMask.Of(mask, width, height);
        if (!hole.AsSpan().Contains((byte)1))
            return null;
        int[][] barred = [.. others.Select(other => Array.ConvertAll(Barred(other, features), b => b == 0 ? 0 : Hidden))];
        var chosen = new int[hole.Length];
        Array.Fill(chosen, -1);
        (int[] partOf, List<PixelRect> windows) = HoleParts.Of(hole, width, height);
        for (int i = 0; i < hole.Length; i++)
        {
            // What no frame shows is known nowhere.
            if (hole[i] != 0 && Array.TrueForAll(barred, b => b[i] != 0))
                partOf[i] = Hidden;
        }
        for (int part = 1; part <= windows.Count; part++)
        {
            Choose(features, others, barred, partOf, part, chosen, options, cancellationToken);
            progress?.Report(0.5 * part / windows.Count);
        }
        RepairField field = Complete(features, hole, others, chosen, options, cancellationToken);
        progress?.Report(1);
        return field;
    }

    private static byte[] Barred(ShotFrame other, PixelBuffer<byte> features)
    {
        if ((other.Features.Width, other.Features.Height, other.Features.Channels) != (features.Width, features.Height, features.Channels))
            throw new ArgumentException($"A frame of {other.Features.Width} x {other.Features.Height} with {other.Features.Channels} channels does not lie on one of {features.Width} x {features.Height} with {features.Channels}.");
        return other.Mask is null ? new byte[features.Width * features.Height] : HoleMask.Of(other.Mask, features.Width, features.Height);
    }

    /// <summary>Decides for one part of the hole which frame each pixel comes from. The frames lie below each other in one level, so that a frame is an offset.</summary>
    private static void Choose(
        PixelBuffer<byte> features, IReadOnlyList<ShotFrame> others, int[][] barred, int[] partOf, int part, int[] chosen, FillOptions options, CancellationToken cancellationToken)
    {
        int width = features.Width;
        PixelRect window = Bounds(partOf, part, width, features.Height);
        // All of the part may be hidden.
        if (window.IsEmpty)
            return;
        RepairLevel[] frames = [RepairLevel.Create(features, window, partOf, part),
            .. others.Select((other, k) => RepairLevel.Create(other.Features, window, barred[k], part))];
        RepairLevel stack = RepairLevel.Stack(frames);
        var labels = new OffsetLabels(stack, Enumerable.Range(1, others.Count).Select(k => new Offset(0, k * window.Height)), others.Count, ContextRadius, 0);
        labels.Weigh(options.MaxDegreeOfParallelism, cancellationToken);
        labels.StartFromContext(cancellationToken);
        for (int sweep = 0; sweep < Sweeps && labels.Sweep(0, options.MaxDegreeOfParallelism, cancellationToken) > 0; sweep++)
        {
        }
        for (int i = 0; i < labels.Pixels.Length; i++)
            chosen[(window.Y + labels.Pixels[i] / window.Width) * width + window.X + labels.Pixels[i] % window.Width] = labels.Labels[i];
    }

    private static PixelRect Bounds(int[] partOf, int part, int width, int height)
    {
        int left = width, right = 0, top = height, bottom = 0;
        for (int i = 0; i < partOf.Length; i++)
        {
            if (partOf[i] != part)
                continue;
            (left, right) = (Math.Min(left, i % width), Math.Max(right, i % width + 1));
            (top, bottom) = (Math.Min(top, i / width), i / width + 1);
        }
        return right == 0 ? default : new PixelRect(left - Margin, top - Margin, right - left + 2 * Margin, bottom - top + 2 * Margin).Intersect(new PixelRect(0, 0, width, height));
    }

    /// <summary>Fills what no frame shows from the picture as it then is, and writes down where everything came from: one source pixel each.</summary>
    private static RepairField Complete(PixelBuffer<byte> features, byte[] hole, IReadOnlyList<ShotFrame> others, int[] chosen, FillOptions options, CancellationToken cancellationToken)
    {
        int width = features.Width, height = features.Height, channels = features.Channels;
        var composed = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, channels));
        var rest = new byte[hole.Length];
        for (int i = 0; i < hole.Length; i++)
        {
            int x = i % width, y = i / width;
            PixelBuffer<byte> from = chosen[i] < 0 ? features : others[chosen[i]].Features;
            from.View.PackedRow(y).Slice(x * channels, channels).CopyTo(composed.Memory.Span[(i * channels)..]);
            rest[i] = (byte)(hole[i] != 0 && chosen[i] < 0 ? 1 : 0);
        }
        (RepairFieldBuilder? filled, _) = HoleFill.Fill(composed, rest, new FillOptions { PatchSize = 1, Offsets = options.Offsets, MaxDegreeOfParallelism = options.MaxDegreeOfParallelism }, null, cancellationToken);
        ushort[] sources = new ushort[hole.Length], columns = new ushort[hole.Length], rows = new ushort[hole.Length];
        for (int i = 0; i < hole.Length; i++)
        {
            int match = rest[i] != 0 ? filled!.Matches[i] : i;
            (sources[i], columns[i], rows[i]) = hole[i] == 0 ? (AttributionField.None, (ushort)0, (ushort)0) : ((ushort)(chosen[match] + 1), (ushort)(match % width), (ushort)(match / width));
        }
        return new RepairField(width, height, 0, 0, new PixelRect(0, 0, width, height), new AttributionField(width, height, sources, columns, rows, AttributionField.PlainWindow(1)));
    }
}
