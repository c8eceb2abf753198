using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>Makes a picture larger: what lies beyond its frame is made from the picture, as a hole is filled.</summary>
public static class FrameExtension
{
    /// <summary>Most pixels of the larger picture.</summary>
    public const long MaxPixels = AttributionLimits.MaxFieldEntries;

    /// <summary>The field of an extension.</summary>
    /// <param name="features">What patches are compared in, see <see cref="Picture.Features"/>.</param>
    /// <param name="left">Columns to add on the left, 0 or more.</param>
    /// <param name="top">Rows to add above.</param>
    /// <param name="right">Columns to add on the right.</param>
    /// <param name="bottom">Rows to add below.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Hears the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops it within a fraction of a second.</param>
    /// <returns>The field over the larger picture; null when nothing is added.</returns>
    /// <exception cref="ArgumentException">A side is negative, or the larger picture is beyond the limit.</exception>
    public static RepairField? Extend(
        PixelBuffer<byte> features, int left, int top, int right, int bottom, FillOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (left < 0 || top < 0 || right < 0 || bottom < 0)
            throw new ArgumentException($"An extension by {left}, {top}, {right}, {bottom} pixels has a negative side.");
        long width = (long)left + features.Width + right, height = (long)top + features.Height + bottom;
        if (width > AttributionLimits.MaxDimension || height > AttributionLimits.MaxDimension || width * height > MaxPixels)
            throw new ArgumentException($"A picture of {width} x {height} pixels is beyond the limit of {AttributionLimits.MaxDimension} a side and {MaxPixels} in all.");
        (PixelBuffer<byte> canvas, byte[] hole) = Canvas(features, left, top, (int)width, (int)height);
        (RepairFieldBuilder? field, int radius) = HoleFill.Fill(canvas, hole, options, progress, cancellationToken);
        return field?.Build(radius, left, top);
    }

    /// <summary>Where a picture lies in a larger or smaller frame: half of what is added or cut on either side, or all of it on one.</summary>
    /// <param name="from">Pixels that there are.</param>
    /// <param name="to">Pixels that are wanted.</param>
    /// <param name="anchor">0 keeps the first edge in place, 1 the middle, 2 the last edge.</param>
    /// <returns>Pixels added before and after; negative when cut.</returns>
    public static (int Before, int After) Share(int from, int to, int anchor)
    {
        int before = anchor switch { 0 => 0, 1 => (to - from) / 2, _ => to - from };
        return (before, to - from - before);
    }

    internal static (PixelBuffer<byte> Canvas, byte[] Hole) Canvas(PixelBuffer<byte> features, int left, int top, int width, int height)
    {
        var canvas = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, features.Channels));
        var hole = new byte[width * height];
        Array.Fill(hole, (byte)1);
        for (int y = 0; y < features.Height; y++)
        {
            features.View.PackedRow(y).CopyTo(canvas.Memory.Span[canvas.Layout.IndexOf(left, top + y, 0)..]);
            hole.AsSpan((top + y) * width + left, features.Width).Clear();
        }
        return (canvas, hole);
    }
}
