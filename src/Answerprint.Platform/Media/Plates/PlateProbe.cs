using System.Text;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Probing;

namespace Answerprint.Platform.Media.Plates;

/// <summary>Describes a plate: EXR from its header here, DPX and Cineon through oiiotool.</summary>
internal static class PlateProbe
{
    public static async Task<MediaResult<PlateInfo>> InfoAsync(string path, FileSignature signature, MediaOptions options, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        var info = signature == FileSignature.Exr ? Exr(path, options) : await OfOiioAsync(path, signature, options, cancellationToken);
        if (!info.Ok) return info.Error;
        foreach (var part in info.Value.Parts)
            foreach (var window in new[] { part.DataWindow, part.DisplayWindow })
                if (StillHeader.OverLimit(window.Width, window.Height, options.Limits, name) is { } tooLarge) return tooLarge;
        return info;
    }

    public static async Task<MediaResult<OiioInfo>> DescribeAsync(OiioRun run, string name, CancellationToken cancellationToken)
    {
        var (error, _) = await run.ExecuteAsync(cancellationToken, "--info:format=xml:verbose=1", run.Source);
        if (error is not null) return error;
        return OiioInfo.Parse(await run.OutputAsync(cancellationToken)) is { } info
            ? info
            : new MediaError(MediaErrorKind.Corrupt, $"{name} cannot be described.");
    }

    private static MediaResult<PlateInfo> Exr(string path, MediaOptions options)
    {
        using var file = File.OpenRead(path);
        var header = PlateFile.Header(file, options);
        ExrCompleteness.Check(file, header);
        return new PlateInfo("openexr", [.. header.Parts.Select(Part)]);
    }

    private static PlatePart Part(ExrPart part)
    {
        var (space, stated) = PlateColour.OfExr(part);
        var aspect = part.Attributes.FirstOrDefault(a => a is { Name: "pixelAspectRatio", Value.Length: 4 });
        return new PlatePart
        {
            Name = part.Attributes.FirstOrDefault(a => a is { Name: "name", Type: "string" }) is { } name ? Encoding.UTF8.GetString(name.Value) : "",
            Channels = [.. part.Channels.Select(c => new PlateChannel(c.Name, c.Sample))],
            DataWindow = part.DataWindow,
            DisplayWindow = part.DisplayWindow,
            Compression = part.CompressionName,
            ColourSpace = space,
            IsColourSpaceStated = stated,
            PixelAspect = aspect is not null && BitConverter.ToSingle(aspect.Value) is > 0 and < 100 and var ratio ? ratio : 1,
            IsDeep = part.IsDeep,
            IsTiled = part.IsTiled,
        };
    }

    private static async Task<MediaResult<PlateInfo>> OfOiioAsync(string path, FileSignature signature, MediaOptions options, CancellationToken cancellationToken)
    {
        using var run = new OiioRun(options, path, signature);
        var described = await DescribeAsync(run, Path.GetFileName(path), cancellationToken);
        if (!described.Ok) return described.Error;
        var info = described.Value;
        if (info.Channels.Count > options.Limits.MaxChannels)
            return new MediaError(MediaErrorKind.LimitExceeded, $"{Path.GetFileName(path)} has {info.Channels.Count} channels.", nameof(MediaLimits.MaxChannels));
        var (space, stated) = PlateColour.OfDpx(signature == FileSignature.Cineon ? "Logarithmic" : info.Attributes.GetValueOrDefault("dpx:Transfer"));
        var part = new PlatePart
        {
            Channels = [.. info.Channels.Select(channel => new PlateChannel(channel, info.Sample))],
            DataWindow = new PixelBox(info.X, info.Y, info.Width, info.Height),
            DisplayWindow = info.Full,
            ColourSpace = space,
            IsColourSpaceStated = stated,
        };
        return new PlateInfo(signature == FileSignature.Cineon ? "cineon" : "dpx", [part]);
    }
}
