using Answerprint.Imaging.Motion.Tracking;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>
/// How one frame of a moving plate sees the canvas: what was made there is brought to the frame's pixels by a cubic, blurred as the camera moves while its shutter is open.
/// </summary>
public sealed class FrameView
{
    // As Blender blurs the pieces: open for half a frame, about its middle.
    private const double Shutter = 0.5;
    private const int MostTaps = 16;

    private readonly CollapseCanvas canvas;
    private readonly Homography[] taps;
    private readonly Homography middle;

    /// <summary>A frame's view.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="track">The shot's motion.</param>
    /// <param name="frame">Index of the frame in the track.</param>
    public FrameView(CollapseCanvas canvas, CameraTrack track, int frame)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(track);
        this.canvas = canvas;
        FromCanvas = canvas.From(track.Frames[frame].FromReference);
        middle = FromCanvas.Inverse();
        double blur = track.At(frame - Shutter / 2).Apart(track.At(frame + Shutter / 2), canvas.PlateWidth, canvas.PlateHeight);
        int count = Math.Clamp((int)Math.Ceiling(blur / 1.5), 1, MostTaps);
        taps = count == 1 ? [middle] : [.. Enumerable.Range(0, count).Select(i => canvas.From(track.At(frame + Shutter * ((i + 0.5) / count - 0.5))).Inverse())];
    }

    /// <summary>Where a place of the canvas lies in the frame.</summary>
    public Homography FromCanvas { get; }

    /// <summary>Values of the canvas at the frame's size.</summary>
    /// <param name="values">Interleaved, at the canvas's size.</param>
    /// <param name="channels">How many belong to a pixel.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    public float[] Bring(float[] values, int channels, int threads)
    {
        ArgumentNullException.ThrowIfNull(values);
        var result = new float[canvas.PlateWidth * canvas.PlateHeight * channels];
        Rows(threads, y =>
        {
            for (int x = 0; x < canvas.PlateWidth; x++)
                Sample(values, channels, x, y, result.AsSpan((y * canvas.PlateWidth + x) * channels, channels));
        });
        return result;
    }

    /// <summary>What was rendered on the canvas, at the frame's size. Depth is that of the nearest pixel; a surface that still shows its own place says so of its place in the frame.</summary>
    public CollapseLayers Bring(CollapseLayers layers, int threads)
    {
        ArgumentNullException.ThrowIfNull(layers);
        int width = canvas.PlateWidth, height = canvas.PlateHeight;
        float[] colour = Bring(layers.Colour, 4, threads), shadow = Bring(layers.Shadow, 1, threads), depth = new float[width * height], rest = new float[3 * width * height];
        Rows(threads, y =>
        {
            for (int x = 0, i = y * width; x < width; x++, i++)
            {
                // The cubic's ringing beside an edge is no light and no cover.
                for (int c = 0; c < 3; c++)
                    colour[4 * i + c] = Math.Max(0, colour[4 * i + c]);
                colour[4 * i + 3] = Math.Clamp(colour[4 * i + 3], 0, 1);
                shadow[i] = Math.Clamp(shadow[i], 0, 1);
                int from = PixelAt(x, y), column = from % canvas.Width, row = from / canvas.Width;
                depth[i] = layers.Depth[from];
                double offX = layers.Rest[3 * from] * canvas.Width - column - 0.5, offY = (1 - layers.Rest[3 * from + 1]) * canvas.Height - row - 0.5;
                rest[3 * i] = (float)((x + 0.5 + offX) / width);
                rest[3 * i + 1] = (float)(1 - (y + 0.5 + offY) / height);
                rest[3 * i + 2] = layers.Rest[3 * from + 2];
            }
        });
        return new CollapseLayers(colour, depth, shadow, rest);
    }

    /// <summary>Values that are not to be mixed, at the frame's size: those of the nearest pixel.</summary>
    /// <param name="values">Interleaved, at the canvas's size.</param>
    /// <param name="channels">How many belong to a pixel.</param>
    public float[] Nearest(float[] values, int channels)
    {
        ArgumentNullException.ThrowIfNull(values);
        var result = new float[canvas.PlateWidth * canvas.PlateHeight * channels];
        for (int y = 0, i = 0; y < canvas.PlateHeight; y++)
        {
            for (int x = 0; x < canvas.PlateWidth; x++, i++)
                values.AsSpan(PixelAt(x, y) * channels, channels).CopyTo(result.AsSpan(i * channels));
        }
        return result;
    }

    /// <summary>Ways to the next frame at the frame's size, in its pixels to the right and down: what moved on the canvas, and the camera.</summary>
    /// <param name="motion">On the canvas, in its pixels, two numbers each.</param>
    /// <param name="next">Where a place of the canvas lies in the next frame.</param>
    public float[] NearestMotion(float[] motion, Homography next)
    {
        float[] result = Nearest(motion, 2);
        for (int y = 0, i = 0; y < canvas.PlateHeight; y++)
        {
            for (int x = 0; x < canvas.PlateWidth; x++, i += 2)
            {
                (double atX, double atY) = middle.Apply(x + 0.5, y + 0.5);
                (double toX, double toY) = next.Apply(atX + result[i], atY + result[i + 1]);
                (result[i], result[i + 1]) = ((float)(toX - x - 0.5), (float)(toY - y - 0.5));
            }
        }
        return result;
    }

    /// <summary>A mask of the canvas at the frame's size.</summary>
    public PixelBuffer<byte> Bring(PixelBuffer<byte> mask, int threads)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(canvas.PlateWidth, canvas.PlateHeight, 1));
        Rows(threads, y =>
        {
            Span<byte> to = result.Memory.Span.Slice(y * canvas.PlateWidth, canvas.PlateWidth);
            for (int x = 0; x < to.Length; x++)
            {
                (double atX, double atY) = middle.Apply(x + 0.5, y + 0.5);
                to[x] = (byte)(PlaneSampler.Linear(mask.Memory.Span, canvas.Width, canvas.Height, atX, atY) + 0.5f);
            }
        });
        return result;
    }

    /// <summary>A mask of the frame on the canvas; 0 where the frame does not reach.</summary>
    public PixelBuffer<byte> TakeBack(PixelBuffer<byte> mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(canvas.Width, canvas.Height, 1));
        for (int y = 0, i = 0; y < canvas.Height; y++)
        {
            for (int x = 0; x < canvas.Width; x++, i++)
            {
                (double atX, double atY) = FromCanvas.Apply(x + 0.5, y + 0.5);
                if (atX >= 0 && atY >= 0 && atX < canvas.PlateWidth && atY < canvas.PlateHeight)
                    result.Memory.Span[i] = (byte)(PlaneSampler.Linear(mask.Memory.Span, canvas.PlateWidth, canvas.PlateHeight, atX, atY) + 0.5f);
            }
        }
        return result;
    }

    /// <summary>One pixel of the frame, blurred as the camera moves.</summary>
    internal void Sample(float[] values, int channels, int x, int y, Span<float> to)
    {
        to.Clear();
        foreach (Homography tap in taps)
        {
            (double atX, double atY) = tap.Apply(x + 0.5, y + 0.5);
            PlaneSampler.AddCubic(values, canvas.Width, canvas.Height, channels, Math.Clamp(atX, -4, canvas.Width + 4), Math.Clamp(atY, -4, canvas.Height + 4), 1f / taps.Length, to);
        }
    }

    /// <summary>The canvas pixel that a pixel of the frame shows.</summary>
    internal (double X, double Y) OnCanvas(int x, int y) => middle.Apply(x + 0.5, y + 0.5);

    private int PixelAt(int x, int y)
    {
        (double atX, double atY) = middle.Apply(x + 0.5, y + 0.5);
        return Math.Clamp((int)Math.Floor(atY), 0, canvas.Height - 1) * canvas.Width + Math.Clamp((int)Math.Floor(atX), 0, canvas.Width - 1);
    }

    private void Rows(int threads, Action<int> row) => Parallel.For(0, canvas.PlateHeight, new ParallelOptions { MaxDegreeOfParallelism = threads }, row);
}
