using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Probing;

namespace Answerprint.Platform.Media.Plates;

/// <summary>
/// Reads TIFF, HEIF, JPEG 2000, BMP, PSD, PNM, Radiance and SGI in a child process: their libraries have a long record of crashes on
/// damaged files. Integers come over as PNG, floats as plain EXR.
/// </summary>
internal static class OtherStills
{
    public static bool Reads(FileSignature signature) => signature is FileSignature.Tiff or FileSignature.Heif or FileSignature.Jpeg2000
        or FileSignature.Bmp or FileSignature.Psd or FileSignature.Pnm or FileSignature.RadianceHdr or FileSignature.Sgi;

    public static async Task<MediaResult<LoadedStill>> LoadAsync(
        string path, FileSignature signature, StillLoader loader, StillLoadOptions load, MediaOptions options, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        using var run = new OiioRun(options, path, signature);
        var described = await PlateProbe.DescribeAsync(run, name, cancellationToken);
        if (!described.Ok) return described.Error;
        var info = described.Value;
        if (StillHeader.OverLimit(info.Width, info.Height, options.Limits, name) is { } tooLarge) return tooLarge;
        if (info.Channels.Count is < 1 or > 4)
            return new MediaError(MediaErrorKind.Unsupported, $"{name} has {info.Channels.Count} channels; a still has 1 to 4.");
        var still = info.IsFloat ? await FloatsAsync(run, info, load, options, cancellationToken) : await IntegersAsync(run, info, loader, load, cancellationToken);
        if (!still.Ok) return still.Error with { Message = still.Error.Message.Replace("through.png", name, StringComparison.Ordinal) };
        var orientation = info.Attributes.TryGetValue("Orientation", out var text) && int.TryParse(text, out var o) && o is >= 1 and <= 8 ? o : 1;
        return new LoadedStill(still.Value, new StillInfo(FormatName(signature))
        {
            Width = still.Value.Width,
            Height = still.Value.Height,
            Bands = info.Channels.Count,
            BitDepth = info.Format switch { "uint8" => 8, "half" or "uint16" => 16, _ => 32 },
            Orientation = orientation,
            HasIccProfile = info.Attributes.ContainsKey("ICCProfile"),
            HasAlpha = info.Channels.Count is 2 or 4,
        });
    }

    private static string FormatName(FileSignature signature) => signature switch
    {
        FileSignature.RadianceHdr => "hdr",
        FileSignature.Jpeg2000 => "jpeg2000",
        _ => signature.ToString().ToLowerInvariant(),
    };

    private static async Task<MediaResult<StillImage>> IntegersAsync(
        OiioRun run, OiioInfo info, StillLoader loader, StillLoadOptions load, CancellationToken cancellationToken)
    {
        var (error, _) = await run.ExecuteAsync(
            cancellationToken,
            ["--native", "--no-autopremult", .. Orient(load), run.Source, "-d", info.Format == "uint8" ? "uint8" : "uint16", "--compression", "zip:1", "-o", run["through.png"]]);
        if (error is not null) return error;
        var still = await loader.LoadAsync(run["through.png"], load with { AutoRotate = false }, cancellationToken);
        return still.Ok ? still.Value.Image : still.Error;
    }

    private static async Task<MediaResult<StillImage>> FloatsAsync(
        OiioRun run, OiioInfo info, StillLoadOptions load, MediaOptions options, CancellationToken cancellationToken)
    {
        var names = string.Join(',', "ABCD"[..info.Channels.Count].ToCharArray());
        var (error, _) = await run.ExecuteAsync(
            cancellationToken,
            ["--no-autopremult", .. Orient(load), run.Source, "--chnames", names, "--croptofull", "-d", "float", "--scanline", "--compression", "none", "-o", run["plain.exr"]]);
        if (error is not null) return error;
        var bytes = await File.ReadAllBytesAsync(run["plain.exr"], cancellationToken);
        var window = ExrHeader.Parse(bytes, options.Limits.MaxChannels).Parts[0].DataWindow;
        var planes = ExrScanlines.Read(bytes, options.Limits).OrderBy(plane => plane.Name, StringComparer.Ordinal).ToList();
        var samples = new float[planes[0].Floats.Length * planes.Count];
        for (var c = 0; c < planes.Count; c++)
        {
            var plane = planes[c].Floats;
            for (var i = 0; i < plane.Length; i++) samples[(i * planes.Count) + c] = plane[i];
        }

        return StillImage.FromPixels<float>(samples, window.Width, window.Height, planes.Count);
    }

    private static string[] Orient(StillLoadOptions load) => load.AutoRotate ? ["--autoorient"] : [];
}
