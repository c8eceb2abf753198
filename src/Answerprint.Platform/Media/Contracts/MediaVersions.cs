using Answerprint.Platform.Media.Vips;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Versions of the native programs and libraries, as results that are pinned to them record.</summary>
/// <param name="Ffmpeg">FFmpeg's, such as <c>5.1.9-0+deb12u1</c>.</param>
/// <param name="Libvips">libvips', such as <c>8.14.1</c>.</param>
public sealed record MediaVersions(string Ffmpeg, string Libvips)
{
    /// <summary>Asks the programs.</summary>
    /// <exception cref="ProgramMissingException">One is not installed.</exception>
    public static async Task<MediaVersions> DetectAsync(MediaOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var banner = await ProgramOutput.ReadAsync(options.Ffmpeg, ["-version"], "ffmpeg", cancellationToken);
        var words = banner.Split(' ', 4);
        return new MediaVersions(words.Length > 2 && words[1] == "version" ? words[2] : "unknown", VipsLibrary.Version);
    }
}
