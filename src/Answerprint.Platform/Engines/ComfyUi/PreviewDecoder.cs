using System.Diagnostics;
using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>Passes previews on: decoded within narrow limits and written anew, so that nothing of the server's bytes reaches a browser. A few a second are enough.</summary>
internal sealed class PreviewDecoder(JobContext context)
{
    private const int MaxWidth = 640;
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(300);
    private readonly StillLoader loader = new(new MediaOptions { Limits = new MediaLimits { MaxPixels = 1 << 22, MaxSide = 8192 } });
    private long last;

    /// <summary>How many were shown.</summary>
    public int Shown { get; private set; }

    public void Take(ReadOnlyMemory<byte> message)
    {
        var picture = PreviewFrame.PictureIn(message.Span);
        if (picture.IsEmpty || (last != 0 && Stopwatch.GetElapsedTime(last) < Apart)) return;
        last = Stopwatch.GetTimestamp();
        var loaded = loader.Load(picture, "a preview", new StillLoadOptions { Format = SampleFormat.UInt8 });
        if (!loaded.Ok) return;
        using var still = loaded.Value;
        var width = Math.Min(MaxWidth, still.Image.Width);
        using var small = still.Image.Resize(width, Math.Max(1, (int)((long)still.Image.Height * width / still.Image.Width)), linearLight: false);
        context.Preview(small.Encode(new StillEncoding.Jpeg(80)));
        Shown++;
    }
}
