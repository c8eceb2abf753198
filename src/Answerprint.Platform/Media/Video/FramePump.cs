using System.Globalization;
using System.Text;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Video;

/// <summary>
/// Takes raw frames from FFmpeg's standard output and each frame's presentation time from descriptor 3, where a metadata filter behind
/// the last pixel filter prints it: the stamp is the decoder's own, not one computed from a rate.
/// </summary>
internal sealed class FramePump(Stream frames, Stream stamps, int width, int height, int frameBytes, Rational timeBase)
{
    /// <summary>The end of every filter chain that a pump reads: tag each frame, so that there is something to print, and print it.</summary>
    public const string Filter = "metadata=mode=add:key=f:value=1,metadata=mode=print:direct=1:file=/dev/fd/3";

    private readonly byte[] buffer = new byte[frameBytes];
    private readonly StampReader reader = new(new StreamReader(stamps, Encoding.ASCII, false, 4096));

    public List<long> Pts { get; } = [];

    /// <summary>Whether the visitor said stop.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Whether the stream broke off inside a frame.</summary>
    public bool Broken { get; private set; }

    public void Run(FrameVisitor visitor, Action<long> seen)
    {
        while (reader.Next() is { } pts)
        {
            var read = frames.ReadAtLeast(buffer, frameBytes, throwOnEndOfStream: false);
            Broken = read > 0 && read < frameBytes;
            if (read < frameBytes) return;
            Pts.Add(pts);
            seen(pts);
            if (visitor(new VideoFrame(Pts.Count - 1, pts, timeBase, width, height, buffer))) continue;
            Stopped = true;
            return;
        }
    }

    /// <summary>Reads lines "frame:12 pts:6144 pts_time:0.48" and skips all others.</summary>
    private sealed class StampReader(StreamReader lines)
    {
        public long? Next()
        {
            while (lines.ReadLine() is { } line)
            {
                if (!line.StartsWith("frame:", StringComparison.Ordinal)) continue;
                var start = line.IndexOf("pts:", StringComparison.Ordinal);
                if (start < 0) continue;
                var text = line.AsSpan(start + 4);
                var end = text.IndexOf(' ');
                if (long.TryParse(end < 0 ? text : text[..end], CultureInfo.InvariantCulture, out var pts)) return pts;
            }

            return null;
        }
    }
}
