using System.Runtime.InteropServices;
using System.Threading.Channels;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>A video, decoded in order by one process that waits while two frames are not yet taken; a step back begins anew.</summary>
internal sealed class VideoPlate : CollapsePlate
{
    private const int Ahead = 2;

    private readonly string path;
    private readonly VideoInfo video;
    private readonly MediaOptions media;
    private readonly FrameFormat samples;
    private readonly int first;
    private Channel<PlateFrame>? channel;
    private CancellationTokenSource? stop;
    private Task<MediaResult<FrameIndex>>? reading;
    private PlateFrame? last;

    private VideoPlate(string path, VideoInfo video, FrameFormat samples, MediaOptions media, int first, int frames)
        : base(Path.GetFileName(path), PlateKind.Video, PlateFormat.Of(video, samples), video.UprightWidth, video.UprightHeight, frames, video.FrameRate) =>
        (this.path, this.video, this.samples, this.media, this.first) = (path, video, samples, media, first);

    public override VideoInfo? Video => video;

    public override string? VideoFile => path;

    public override int First => first;

    /// <exception cref="CollapseException">The video is interlaced, has a varying rate or pixels that are not square; in words.</exception>
    public static CollapsePlate Open(string path, VideoInfo video, MediaOptions media, int first)
    {
        var name = Path.GetFileName(path);
        if (video.IsInterlaced) throw new CollapseException($"'{name}' is interlaced: each frame holds two moments. Deinterlace it first");
        if (video.IsVariableFrameRate) throw new CollapseException($"'{name}' has a frame rate that varies, so nothing could fall evenly in it. Convert it to a constant rate first");
        if (video.FrameRate.IsUnknown) throw new CollapseException($"'{name}' does not say its frame rate");
        if (Math.Abs(video.SampleAspect.ToDouble() - 1) >= 0.01 && !video.SampleAspect.IsUnknown)
            throw new CollapseException($"'{name}' has pixels {video.SampleAspect.ToDouble():0.###} times as wide as high; make them square first");
        var all = video.FrameCount ?? (long)Math.Round(video.Duration.TotalSeconds * video.FrameRate.ToDouble());
        if (first < 0 || first >= all) throw new CollapseException($"'{name}' has frames 0 to {all - 1}; the first was to be {first}");
        return new VideoPlate(path, video, video.BitDepth > 8 ? FrameFormat.Rgb48 : FrameFormat.Rgb24, media, first, (int)Math.Min(int.MaxValue, all - first));
    }

    public override async Task<PlateFrame> FrameAsync(int number, CancellationToken cancellationToken = default)
    {
        if (number < 0 || number >= Frames) throw new CollapseException($"'{Name}' has frames 0 to {Frames - 1}; {number} was asked for");
        if (last?.Number == number) return last;
        if (reading is null || last is null || number < last.Number) await BeginAsync(number);
        while (await channel!.Reader.WaitToReadAsync(cancellationToken))
        {
            last = await channel.Reader.ReadAsync(cancellationToken);
            if (last.Number == number) return last;
        }
        var ended = OrFail(await reading!);
        throw new CollapseException($"'{Name}' ends after {ended.Pts.Count} frames; frame {number + first} was asked for");
    }

    public override async ValueTask DisposeAsync()
    {
        await EndAsync();
        await base.DisposeAsync();
    }

    private async Task BeginAsync(int from)
    {
        await EndAsync();
        (channel, stop) = (Channel.CreateBounded<PlateFrame>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true }), new CancellationTokenSource());
        var (writer, token) = (channel.Writer, stop.Token);
        reading = Task.Run(async () =>
        {
            try
            {
                return await new FrameReader(media).ReadAllAsync(path, video, new FrameRequest { Format = samples }, Visit, null, token);
            }
            finally
            {
                writer.Complete();
            }
        }, CancellationToken.None);

        bool Visit(in VideoFrame frame)
        {
            if (frame.Number < first + from) return !token.IsCancellationRequested;
            var made = new PlateFrame((int)frame.Number - first, PictureOf(frame), null, null);
            try
            {
                // The decoder's own thread waits here until there is room: that is what bounds the memory.
                writer.WriteAsync(made, token).AsTask().GetAwaiter().GetResult();
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private Picture PictureOf(in VideoFrame frame)
    {
        var layout = PixelLayout.Interleaved(frame.Width, frame.Height, 3);
        return samples == FrameFormat.Rgb24
            ? Picture.Create(new PixelBuffer<byte>(frame.Pixels.ToArray(), layout))
            : Picture.Create(new PixelBuffer<ushort>(MemoryMarshal.Cast<byte, ushort>(frame.Pixels).ToArray(), layout));
    }

    private async Task EndAsync()
    {
        if (reading is null) return;
        await stop!.CancelAsync();
        try
        {
            await reading;
        }
        catch (OperationCanceledException)
        {
        }
        stop.Dispose();
        (reading, channel, last) = (null, null, null);
    }
}
