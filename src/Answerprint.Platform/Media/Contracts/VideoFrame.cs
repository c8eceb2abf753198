namespace Answerprint.Platform.Media.Contracts;

/// <summary>How the samples of a frame are laid out: red, green, blue, rows from the top, no padding.</summary>
public enum FrameFormat
{
    /// <summary>8 bits a sample. HDR is tone-mapped to SDR.</summary>
    Rgb24,

    /// <summary>16 bits a sample, little endian, spread over the full range. HDR keeps its own transfer function and primaries.</summary>
    Rgb48,
}

/// <summary>The frames wanted from a video.</summary>
public sealed record FrameRequest
{
    /// <summary>Width of a delivered frame; 0 keeps the upright stored width, so that nothing is resampled.</summary>
    public int Width { get; init; }

    /// <summary>Height of a delivered frame; 0 keeps the upright stored height.</summary>
    public int Height { get; init; }

    /// <summary>The layout of samples.</summary>
    public FrameFormat Format { get; init; }

    /// <summary>Whether shrinking uses area averaging, which is fast and enough for measuring, rather than a bicubic kernel.</summary>
    public bool Fast { get; init; }
}

/// <summary>One decoded frame in a buffer that is used again for the next: copy what must last.</summary>
public readonly ref struct VideoFrame
{
    internal VideoFrame(long number, long pts, Rational timeBase, int width, int height, ReadOnlySpan<byte> pixels)
    {
        Number = number;
        Pts = pts;
        TimeBase = timeBase;
        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Which decoded frame this is, from 0, in order of presentation.</summary>
    public long Number { get; }

    /// <summary>Presentation time stamp in ticks of <see cref="TimeBase"/>, as the file has it.</summary>
    public long Pts { get; }

    /// <summary>Seconds a tick.</summary>
    public Rational TimeBase { get; }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>The samples, in the format that was asked for.</summary>
    public ReadOnlySpan<byte> Pixels { get; }

    /// <summary>When it is shown.</summary>
    public TimeSpan Time => TimeSpan.FromSeconds(Pts * TimeBase.ToDouble());
}

/// <summary>Sees each frame; false stops the reading.</summary>
public delegate bool FrameVisitor(in VideoFrame frame);

/// <summary>One frame that lasts.</summary>
/// <param name="Pts">Presentation time stamp in ticks of the video's time base.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Format">The layout of samples.</param>
/// <param name="Pixels">The samples.</param>
/// <param name="Cpu">CPU time that the decoder took; zero for a frame of a longer reading.</param>
public sealed record FramePixels(long Pts, int Width, int Height, FrameFormat Format, byte[] Pixels, TimeSpan Cpu)
{
    /// <summary>The frame as a still of 8 or 16 bits.</summary>
    public StillImage ToStill() => Format == FrameFormat.Rgb24
        ? StillImage.FromPixels<byte>(Pixels, Width, Height, 3)
        : StillImage.FromPixels<ushort>(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(Pixels), Width, Height, 3);
}

/// <summary>The true presentation times of all decoded frames, as a full reading found them.</summary>
/// <param name="Pts">One stamp a frame, in order of presentation, in ticks of <paramref name="TimeBase"/>.</param>
/// <param name="TimeBase">Seconds a tick.</param>
/// <param name="Cpu">CPU time that the decoder took.</param>
/// <param name="Warnings">What the decoder complained of; empty for a sound file.</param>
public sealed record FrameIndex(IReadOnlyList<long> Pts, Rational TimeBase, TimeSpan Cpu, string Warnings)
{
    /// <summary>The frame on screen at a time: the last one that starts at or before it; the first for earlier times.</summary>
    public int FrameAt(TimeSpan time)
    {
        var ticks = time.TotalSeconds / TimeBase.ToDouble();
        var (low, high) = (0, Pts.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            // Half a microsecond: a time that was made from a stamp must find its frame again.
            if (Pts[middle] <= ticks + (5e-7 / TimeBase.ToDouble())) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
