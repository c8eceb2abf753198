using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>Collects what the parts of a repair made: for each pixel of the output the pixel of a canvas of the same size that it takes.</summary>
internal sealed class RepairFieldBuilder(int width, int height)
{
    private readonly int[] matches = Nothing(width * height);

    /// <summary>Column and row of the canvas, as row times width plus column, or -1 for what was not made.</summary>
    internal ReadOnlySpan<int> Matches => matches;

    internal void Add(OffsetLabels labels, PixelRect window)
    {
        for (int i = 0; i < labels.Pixels.Length; i++)
        {
            int x = window.X + labels.Pixels[i] % window.Width, y = window.Y + labels.Pixels[i] / window.Width;
            Offset offset = labels.Offsets[labels.Labels[i]];
            matches[y * width + x] = (y + offset.Y) * width + x + offset.X;
        }
    }

    /// <summary>The field over the rectangle around all that was made.</summary>
    /// <param name="patchRadius">Radius of the patches that are averaged.</param>
    /// <param name="left">Column of the canvas where the picture begins.</param>
    /// <param name="top">Row of the canvas where the picture begins.</param>
    internal RepairField Build(int patchRadius, int left = 0, int top = 0)
    {
        PixelRect region = Bounds();
        int area = region.Width * region.Height;
        ushort[] sources = new ushort[area], columns = new ushort[area], rows = new ushort[area];
        for (int i = 0; i < area; i++)
        {
            int match = matches[(region.Y + i / region.Width) * width + region.X + i % region.Width];
            (sources[i], columns[i], rows[i]) = match < 0 ? (AttributionField.None, (ushort)0, (ushort)0) : ((ushort)0, (ushort)(match % width - left), (ushort)(match / width - top));
        }
        return new RepairField(width, height, left, top, region, new AttributionField(region.Width, region.Height, sources, columns, rows, AttributionField.PlainWindow(2 * patchRadius + 1)));
    }

    private PixelRect Bounds()
    {
        int left = width, right = 0, top = height, bottom = 0;
        for (int i = 0; i < matches.Length; i++)
        {
            if (matches[i] < 0)
                continue;
            (left, right) = (Math.Min(left, i % width), Math.Max(right, i % width + 1));
            (top, bottom) = (Math.Min(top, i / width), i / width + 1);
        }
        return new PixelRect(left, top, right - left, bottom - top);
    }

    private static int[] Nothing(int count)
    {
        var nothing = new int[count];
        Array.Fill(nothing, -1);
        return nothing;
    }
}
