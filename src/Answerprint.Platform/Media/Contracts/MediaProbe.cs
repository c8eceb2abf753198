using Answerprint.Platform.Media.Plates;
using Answerprint.Platform.Media.Probing;
using Answerprint.Platform.Media.Video;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Says what a file is, by its content and never by its name, or gives one clear error.</summary>
public sealed class MediaProbe(MediaOptions options)
{
    private readonly StillLoader stills = new(options);
    private readonly VideoProbe videos = new(options);
    private readonly PlateReader plates = new(options);

    /// <summary>Looks at a file. Stills are decoded whole, so that a damaged one is found here; of videos the first frame is decoded.</summary>
    public async Task<MediaResult<MediaInfo>> ProbeAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var name = Path.GetFileName(path);
        try
        {
            var (signature, error) = Look(path, name);
            return error ?? await ProbeAsync(path, name, signature, cancellationToken);
        }
        catch (ProgramMissingException missing)
        {
            return FfmpegFailure.Missing(missing);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new MediaError(MediaErrorKind.Missing, $"{name} cannot be opened: {error.GetType().Name}.");
        }
    }

    private async Task<MediaResult<MediaInfo>> ProbeAsync(string path, string name, FileSignature signature, CancellationToken cancellationToken)
    {
        switch (signature)
        {
            case FileSignature.Jpeg or FileSignature.Png or FileSignature.Gif or FileSignature.WebP:
            case var other when OtherStills.Reads(other):
                var still = await stills.LoadAsync(path, null, cancellationToken);
                using (still.Value) return still.Ok ? still.Value.Info : still.Error;
            case FileSignature.IsoMedia or FileSignature.Matroska or FileSignature.Avi or FileSignature.OtherVideo or FileSignature.Audio:
                return await videos.ProbeAsync(path, name, cancellationToken);
            case FileSignature.Exr or FileSignature.Dpx or FileSignature.Cineon:
                var plate = await plates.InfoAsync(path, cancellationToken);
                return plate.Ok ? plate.Value : plate.Error;
            case FileSignature.Text:
                return await SubtitlesAsync(path, name, cancellationToken);
            default:
                return new MediaError(MediaErrorKind.NotMedia, $"{name} is neither picture, video, sound nor subtitles.");
        }
    }

    private async Task<MediaResult<MediaInfo>> SubtitlesAsync(string path, string name, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length > options.Limits.MaxSubtitleBytes)
            return new MediaError(MediaErrorKind.NotMedia, $"{name} is text of more than {options.Limits.MaxSubtitleBytes} bytes, too long for subtitles.");
        var parsed = SubtitleDocument.Parse(await File.ReadAllBytesAsync(path, cancellationToken), name, options.Limits);
        if (!parsed.Ok) return parsed.Error;
        var document = parsed.Value;
        return new SubtitleInfo(document.Format, document.Encoding, document.Cues.Count, document.Cues.Max(cue => cue.End));
    }

    private (FileSignature Signature, MediaError? Error) Look(string path, string name)
    {
        if (!File.Exists(path)) return (default, new MediaError(MediaErrorKind.Missing, $"{name} does not exist."));
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (file.Length == 0) return (default, new MediaError(MediaErrorKind.Empty, $"{name} is empty."));
        if (file.Length > options.Limits.MaxFileBytes)
            return (default, new MediaError(MediaErrorKind.LimitExceeded, $"{name} has {file.Length} bytes; {options.Limits.MaxFileBytes} are allowed.", nameof(MediaLimits.MaxFileBytes)));
        var head = new byte[SignatureReader.HeadBytes];
        var signature = SignatureReader.Read(head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
        return (signature, Refuse(signature, name) ?? ContainerStructure.Check(file, signature, name));
    }

    private static MediaError? Refuse(FileSignature signature, string name) => signature switch
    {
        FileSignature.Playlist => new(MediaErrorKind.Refused, $"{name} is a playlist or script that names other files, and is refused."),
        FileSignature.Svg => new(MediaErrorKind.Refused, $"{name} is SVG, which can name other files, and is refused."),
        FileSignature.Document => new(MediaErrorKind.NotMedia, $"{name} is a document, an archive or a program."),
        FileSignature.Unknown => new(MediaErrorKind.NotMedia, $"{name} is of no format that is known here."),
        _ => null,
    };
}
