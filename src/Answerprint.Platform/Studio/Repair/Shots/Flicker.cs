using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Studio.Repair.Shots;

/// <summary>
/// Measures how a made part lives beside the plate around it: the mean difference between a frame and the next, of 255, inside the masks and in a
/// belt around them. The camera stands still, so this is the warp error with no warp.
/// </summary>
internal sealed class Flicker
{
    private const int Belt = 24;
    private readonly PixelRect area;
    private readonly PixelRect around;
    private PixelBuffer<byte>? before;
    private byte[] maskBefore = [];
    private long inside;
    private long insideCount;
    private long outside;
    private long outsideCount;

    public Flicker(PixelRect area, int width, int height)
    {
        this.area = area;
        around = new PixelRect(area.X - Belt, area.Y - Belt, area.Width + 2 * Belt, area.Height + 2 * Belt).Intersect(new PixelRect(0, 0, width, height));
    }

    /// <summary>Mean difference inside the masks from frame to frame, of 255.</summary>
    public double Inside => insideCount == 0 ? 0 : (double)inside / insideCount;

    /// <summary>The same in the plate around them.</summary>
    public double Around => outsideCount == 0 ? 0 : (double)outside / outsideCount;

    public void See(Picture made, byte[] mask)
    {
        var now = made.Apply(new CutOut(around)).Features();
        if (before is not null)
        {
            ReadOnlySpan<byte> a = before.Memory.Span, b = now.Memory.Span;
            for (int y = 0, at = 0; y < around.Height; y++)
                for (var x = 0; x < around.Width; x++)
                {
                    var difference = 0;
                    for (var c = 0; c < now.Channels; c++, at++) difference += Math.Abs(a[at] - b[at]);
                    var (u, v) = (around.X + x - area.X, around.Y + y - area.Y);
                    var i = u >= 0 && v >= 0 && u < area.Width && v < area.Height ? v * area.Width + u : -1;
                    if (i >= 0 && (mask[i] != 0 || maskBefore[i] != 0)) (inside, insideCount) = (inside + difference, insideCount + now.Channels);
                    else (outside, outsideCount) = (outside + difference, outsideCount + now.Channels);
                }
        }
        (before, maskBefore) = (now, mask);
    }
}
