using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>One frame of a plate, in its own samples.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Picture">Red, green, blue, and what else the file holds.</param>
/// <param name="Header">Windows, channels and attributes of a frame for finals, without samples; otherwise null.</param>
/// <param name="File">The frame's own file; null for a frame of a video, or of a plate that was made smaller.</param>
public sealed record PlateFrame(int Number, Picture Picture, PlatePixels? Header, string? File);

/// <summary>
/// What a building comes down in: a still that is held, a video, or numbered pictures. Frames are read when they are asked for, cheapest in order; one or two of them are in memory.
/// </summary>
public abstract class CollapsePlate : IAsyncDisposable
{
    private protected CollapsePlate(string name, PlateKind kind, PlateFormat format, int width, int height, int? frames, Rational rate) =>
        (Name, Kind, Format, Width, Height, Frames, Rate) = (name, kind, format, width, height, frames, rate);

    /// <summary>What it is called in messages: the name of its file or folder.</summary>
    public string Name { get; }

    /// <summary>What kind of plate it is.</summary>
    public PlateKind Kind { get; }

    /// <summary>How samples are stored and what they mean.</summary>
    public PlateFormat Format { get; }

    /// <summary>Pixels across, upright.</summary>
    public int Width { get; }

    /// <summary>Pixels down, upright.</summary>
    public int Height { get; }

    /// <summary>How many frames there are; null for a still, which is held as long as it takes.</summary>
    public int? Frames { get; }

    /// <summary>Frames a second; unknown for stills and numbered pictures.</summary>
    public Rational Rate { get; }

    /// <summary>What the probe says of a video; otherwise null.</summary>
    public virtual VideoInfo? Video => null;

    /// <summary>The file of a video, for its sound; otherwise null.</summary>
    public virtual string? VideoFile => null;

    /// <summary>Which frame of the file, from 0, is this plate's first.</summary>
    public virtual int First => 0;

    /// <summary>Reads a frame; of a still, every frame is the same.</summary>
    /// <param name="number">From 0, below <see cref="Frames"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CollapseException">There is no such frame, it cannot be read, or it differs in size or depth from the first; in words.</exception>
    public abstract Task<PlateFrame> FrameAsync(int number, CancellationToken cancellationToken = default);

    /// <summary>Opens a file or a folder: what it is says its content.</summary>
    /// <param name="path">A still, a video, or a folder of numbered pictures.</param>
    /// <param name="media">Limits and programs.</param>
    /// <param name="first">The first frame to take of a shot, from 0.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CollapseException">It is no plate for a collapse; in words.</exception>
    public static async Task<CollapsePlate> OpenAsync(string path, MediaOptions media, int first = 0, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(media);
        if (Directory.Exists(path))
        {
            var sequence = OrFail(await new ImageSequenceProbe(media).ProbeFolderAsync(path, cancellationToken));
            if (!sequence.IsComplete)
                throw new CollapseException($"'{sequence.Pattern}' has no frame {string.Join(", ", sequence.Missing.Take(5))}{(sequence.MissingCount > 5 ? $" and {sequence.MissingCount - 5} more" : "")}");
            return await OpenFilesAsync(sequence.Files, sequence.Pattern, media, first, cancellationToken);
        }
        var info = OrFail(await new MediaProbe(media).ProbeAsync(path, cancellationToken));
        var name = Path.GetFileName(path);
        return info switch
        {
            VideoInfo video => VideoPlate.Open(path, video, media, first),
            StillInfo or PlateInfo => await StillPlate.OpenAsync(path, info, media, cancellationToken),
            _ => throw new CollapseException($"'{name}' is {info.Format}; a plate is a still, a video or numbered pictures"),
        };
    }

    /// <summary>Opens numbered pictures, whatever their files are called.</summary>
    /// <param name="files">The frames in order.</param>
    /// <param name="name">What to call them.</param>
    /// <param name="media">Limits and programs.</param>
    /// <param name="first">The first frame to take, from 0.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CollapseException">They are no plate for a collapse; in words.</exception>
    public static async Task<CollapsePlate> OpenFilesAsync(IReadOnlyList<string> files, string name, MediaOptions media, int first = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (first < 0 || first >= files.Count) throw new CollapseException($"'{name}' has frames 0 to {files.Count - 1}; the first was to be {first}");
        var info = OrFail(await new MediaProbe(media).ProbeAsync(files[first], cancellationToken));
        var opened = OrFail(await new PictureReader(media).ReadAsync(files[first], cancellationToken));
        return new SequencePlate([.. files.Skip(first)], name, FormatOf(info, opened.Picture, name), opened.Picture, media);
    }

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected static T OrFail<T>(MediaResult<T> result)
        where T : notnull => result.Ok ? result.Value : throw new CollapseException(result.Error.ToString());

    private protected static PlateFormat FormatOf(MediaInfo info, Picture picture, string name)
    {
        if (picture.ColourChannels != 3) throw new CollapseException($"'{name}' is grey; a plate has red, green and blue");
        return info switch
        {
            StillInfo still => PlateFormat.Of(still, picture),
            PlateInfo plate => PlateFormat.Of(Square(plate, name), picture, name),
            _ => throw new CollapseException($"'{name}' is {info.Format}; a frame is a still, an EXR or a DPX"),
        };
    }

    private static PlateInfo Square(PlateInfo plate, string name) =>
        Math.Abs(plate.Parts[0].PixelAspect - 1) < 0.01 ? plate : throw new CollapseException($"'{name}' has pixels {plate.Parts[0].PixelAspect:0.###} times as wide as high; make them square first");
}

/// <summary>One picture, held.</summary>
internal sealed class StillPlate : CollapsePlate
{
    private readonly PlateFrame frame;

    private StillPlate(string name, PlateFormat format, PlateFrame frame)
        : base(name, PlateKind.Still, format, frame.Picture.Width, frame.Picture.Height, null, default) => this.frame = frame;

    public static async Task<CollapsePlate> OpenAsync(string path, MediaInfo info, MediaOptions media, CancellationToken cancellationToken)
    {
        var opened = OrFail(await new PictureReader(media).ReadAsync(path, cancellationToken));
        var name = Path.GetFileName(path);
        return new StillPlate(name, FormatOf(info, opened.Picture, name), new PlateFrame(0, opened.Picture, opened.Plate, path));
    }

    public override Task<PlateFrame> FrameAsync(int number, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return Task.FromResult(frame with { Number = number });
    }
}

/// <summary>Numbered pictures of one size and depth.</summary>
internal sealed class SequencePlate(IReadOnlyList<string> files, string name, PlateFormat format, Picture first, MediaOptions media)
    : CollapsePlate(name, PlateKind.Sequence, format, first.Width, first.Height, files.Count, default)
{
    private readonly (int Channels, SampleDepth Depth) like = (first.Channels, first.Depth);
    // Each frame is asked for several times while it is worked on.
    private PlateFrame? held;

    public override async Task<PlateFrame> FrameAsync(int number, CancellationToken cancellationToken = default)
    {
        if (number < 0 || number >= files.Count) throw new CollapseException($"'{Name}' has frames 0 to {files.Count - 1}; {number} was asked for");
        if (held?.Number == number) return held;
        var opened = OrFail(await new PictureReader(media).ReadAsync(files[number], cancellationToken));
        var picture = opened.Picture;
        if ((picture.Width, picture.Height) != (Width, Height) || (picture.Channels, picture.Depth) != like)
            throw new CollapseException($"frame {number} of '{Name}' has {picture.Width} x {picture.Height} pixels, {picture.Channels} channels of {picture.Depth}; the first has {Width} x {Height}, {like.Channels} of {like.Depth}");
        return held = new PlateFrame(number, picture, opened.Plate, files[number]);
    }
}
