using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Repair.Shots;

/// <summary>A frame of a shot.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Picture">Its samples, at the shot's own depth.</param>
/// <param name="Plate">What goes with a frame for finals into the next file; none otherwise.</param>
internal sealed record ShotFrameRead(int Index, Picture Picture, PlatePixels? Plate);

/// <summary>The frames of a shot, read in order as often as they are needed, in memory for one of them.</summary>
internal abstract class ShotPlate(Asset asset, JobContext context)
{
    public Asset Asset { get; } = asset;

    protected JobContext Context { get; } = context;

    /// <summary>Reads the frames in order.</summary>
    /// <param name="from">Progress of the job at the first frame.</param>
    /// <param name="to">Progress of the job at the last.</param>
    /// <param name="phase">What is being done.</param>
    /// <param name="see">Sees each; it runs away from the caller's thread and books its own processor time.</param>
    /// <param name="cancellationToken">Stops it between two frames.</param>
    /// <returns>How many there were.</returns>
    public abstract Task<int> VisitAsync(double from, double to, string phase, Action<ShotFrameRead> see, CancellationToken cancellationToken);

    protected void Report(double from, double to, string phase, long done, long all) => Context.Report(from + (to - from) * Math.Min(1, (double)done / Math.Max(1, all)), $"{phase}, frame {done} of {all}");
}

/// <summary>A shot in one file.</summary>
internal sealed class VideoShot(Asset asset, JobContext context, string path, VideoInfo video, MediaOptions media) : ShotPlate(asset, context)
{
    public VideoInfo Video { get; } = video;

    public override async Task<int> VisitAsync(double from, double to, string phase, Action<ShotFrameRead> see, CancellationToken cancellationToken)
    {
        var all = Video.FrameCount ?? Asset.Frames;
        bool Visit(in VideoFrame frame)
        {
            var pixels = new PixelBuffer<byte>(frame.Pixels.ToArray(), PixelLayout.Interleaved(frame.Width, frame.Height, 3));
            see(new ShotFrameRead((int)frame.Number, Picture.Create(pixels), null));
            Report(from, to, phase, frame.Number + 1, all);
            return !cancellationToken.IsCancellationRequested;
        }
        var index = SourcePicture.OrFail(await new FrameReader(media).ReadAllAsync(path, Video, new FrameRequest(), Visit, null, cancellationToken), Asset);
        cancellationToken.ThrowIfCancellationRequested();
        Context.Spent(index.Cpu.TotalSeconds);
        return index.Pts.Count;
    }
}

/// <summary>A shot of numbered pictures.</summary>
internal sealed class SequenceShot(Asset asset, JobContext context, IReadOnlyList<string> paths, MediaOptions media) : ShotPlate(asset, context)
{
    public override async Task<int> VisitAsync(double from, double to, string phase, Action<ShotFrameRead> see, CancellationToken cancellationToken)
    {
        Picture? first = null;
        for (var i = 0; i < paths.Count; i++)
        {
            var opened = SourcePicture.OrFail(await new PictureReader(media).ReadAsync(paths[i], cancellationToken), Asset);
            first ??= opened.Picture;
            if (!IsLike(opened.Picture, first))
                throw new RecipeException($"frame {i} of '{Asset.Name}' has {opened.Picture.Width} x {opened.Picture.Height} pixels of {opened.Picture.Depth}, the first {first.Width} x {first.Height} of {first.Depth}; all must be the same");
            var index = i;
            await Task.Run(() => see(new ShotFrameRead(index, opened.Picture, opened.Plate)), cancellationToken);
            Report(from, to, phase, i + 1, paths.Count);
        }
        return paths.Count;
    }

    private static bool IsLike(Picture one, Picture other) => (one.Width, one.Height, one.Depth, one.Channels) == (other.Width, other.Height, other.Depth, other.Channels);
}
