using System.Globalization;
using Answerprint.Imaging.Motion;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Jobs.Contracts;

namespace Answerprint.Platform.Studio.Repair.Shots;

/// <summary>Watches the frames of a shot for a camera that moves, and refuses it: pixels of one place would be laid over another.</summary>
/// <param name="name">What the shot is called.</param>
/// <param name="frames">How many frames there are; some forty of them are looked at.</param>
/// <param name="advice">What to do instead, for whoever asked.</param>
internal sealed class LockedOff(string name, long frames, string advice = "only a locked-off shot can be filled as a whole. Fill single frames, or stabilise the plate first")
{
    private const int Looks = 40;

    // Gate weave and compression move blocks by less; a breath of the tripod by more.
    private const double AllowedPixels = 0.75;
    private const double AllowedShare = 0.5;

    private readonly long step = Math.Max(1, frames / Looks);
    private PixelBuffer<byte>? first;
    private double scale;

    /// <summary>The longest movement of the whole view that was found, in pixels of the shot.</summary>
    public double Longest { get; private set; }

    /// <summary>Whether a frame, counted from 0, is one of those that are looked at.</summary>
    public bool LooksAt(long index) => index % step == 0 || index == frames - 1;

    /// <exception cref="RecipeException">The camera moves, or the view changes.</exception>
    public void Look(ShotFrameRead frame)
    {
        if (!LooksAt(frame.Index)) return;
        var small = Small(frame.Picture);
        if (first is null)
        {
            (first, scale) = (small, (double)frame.Picture.Width / small.Width);
            return;
        }
        // What is allowed is meant in pixels of the shot, but a small picture cannot tell less than a tenth of its own.
        var shift = CameraMotion.Between(first, small, Math.Max(0.25, 2 * AllowedPixels / scale));
        var length = shift.Length * scale;
        Longest = Math.Max(Longest, length);
        if (length <= Math.Max(AllowedPixels, 0.15 * scale) && shift.MovedShare <= AllowedShare) return;
        var how = length > AllowedPixels ? string.Create(CultureInfo.InvariantCulture, $"by frame {frame.Index} the view has moved by {length:0.0} pixels")
            : string.Create(CultureInfo.InvariantCulture, $"by frame {frame.Index} {100 * shift.MovedShare:0} % of the view has moved");
        throw new RecipeException($"the camera of '{name}' moves ({how}); {advice}");
    }

    private static PixelBuffer<byte> Small(Picture picture)
    {
        var features = picture.Features();
        var (width, height) = (picture.Width, picture.Height);
        var factor = Math.Max(1, (Math.Max(width, height) + CameraMotion.UsefulSide - 1) / CameraMotion.UsefulSide);
        var small = new PixelBuffer<byte>(PixelLayout.Interleaved(Math.Max(1, width / factor), Math.Max(1, height / factor), 1));
        var channel = picture.ColourChannels == 3 ? 1 : 0;
        var from = features.Memory.Span;
        for (var y = 0; y < small.Height; y++)
            for (var x = 0; x < small.Width; x++)
            {
                var sum = 0;
                for (var v = 0; v < factor; v++)
                    for (var u = 0; u < factor; u++) sum += from[((y * factor + v) * width + x * factor + u) * features.Channels + channel];
                small[x, y, 0] = (byte)(sum / (factor * factor));
            }
        return small;
    }
}
