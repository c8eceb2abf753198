using System.Globalization;
using Answerprint.Platform.Media.Plates;
using Answerprint.Platform.Media.Probing;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Makes a small picture of any still in a child process, so that a server may look at bytes from outside without decoding them itself.</summary>
public sealed class StillReducer(MediaOptions options)
{
    /// <summary>A picture of 8 bits a sample, upright, of at most the given size; or one error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxSide">Longest side in pixels.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<MediaResult<StillImage>> ReduceAsync(string path, int maxSide, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSide, 1);
        var name = Path.GetFileName(path);
        var signature = await SignatureAsync(path, cancellationToken);
        if (signature is FileSignature.Exr or FileSignature.Dpx or FileSignature.Cineon)
        {
            var preview = await new PlateReader(options).PreviewAsync(path, maxSide: maxSide, cancellationToken: cancellationToken);
            return preview.Ok ? preview.Value.Image : preview.Error;
        }
        if (signature is not (FileSignature.Jpeg or FileSignature.Png or FileSignature.WebP or FileSignature.Gif) && !OtherStills.Reads(signature))
            return new MediaError(MediaErrorKind.Unsupported, $"{name} is no picture that is read here.");
        try
        {
            using var run = new OiioRun(options, path, signature);
            return await ReduceAsync(run, name, maxSide, cancellationToken);
        }
        catch (ProgramMissingException missing)
        {
            return new MediaError(MediaErrorKind.ProgramMissing, missing.Message);
        }
    }

    private async Task<MediaResult<StillImage>> ReduceAsync(OiioRun run, string name, int maxSide, CancellationToken cancellationToken)
    {
        var described = await PlateProbe.DescribeAsync(run, name, cancellationToken);
        if (!described.Ok) return described.Error;
        var info = described.Value;
        if (StillHeader.OverLimit(info.Width, info.Height, options.Limits, name) is { } tooLarge) return tooLarge;
        var percent = 100 * Math.Min(1.0, (double)maxSide / Math.Max(info.Width, info.Height));
        var (error, _) = await run.ExecuteAsync(
            cancellationToken, "--autoorient", run.Source, "--resize", percent.ToString("0.####", CultureInfo.InvariantCulture) + "%", "-d", "uint8", "-o", run["small.png"]);
        if (error is not null) return error;
        var loaded = await new StillLoader(options).LoadAsync(run["small.png"], null, cancellationToken);
        return loaded.Ok ? loaded.Value.Image : loaded.Error with { Message = loaded.Error.Message.Replace("small.png", name, StringComparison.Ordinal) };
    }

    private static async Task<FileSignature> SignatureAsync(string path, CancellationToken cancellationToken)
    {
        var head = new byte[SignatureReader.HeadBytes];
        await using var file = File.OpenRead(path);
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return SignatureReader.Read(head.AsSpan(0, read));
    }
}
