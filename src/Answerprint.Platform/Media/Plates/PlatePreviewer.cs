using System.Globalization;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Probing;

namespace Answerprint.Platform.Media.Plates;

/// <summary>Shows a plate: its display window, shrunk in scene light, through the ACES view of our OpenColorIO configuration.</summary>
internal sealed class PlatePreviewer(MediaOptions options)
{
    public async Task<MediaResult<PlatePreview>> MakeAsync(
        string path, FileSignature signature, int part, string? colourSpace, int maxSide, double exposure, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        if (colourSpace is not null && !OcioConfig.Spaces.Contains(colourSpace))
            return new MediaError(MediaErrorKind.OutOfRange, $"'{colourSpace}' is not one of the colour spaces: {string.Join(", ", OcioConfig.Spaces)}.");
        var described = await PlateProbe.InfoAsync(path, signature, options, cancellationToken);
        if (!described.Ok) return described.Error;
        if (PlateDecoder.Unreadable(described.Value, part, null, name) is { } refused) return refused;
        var info = described.Value.Parts[part];
        var space = colourSpace ?? info.ColourSpace;
        using var run = new OiioRun(options, path, signature);
        var (error, result) = await run.ExecuteAsync(cancellationToken, Arguments(run, info, part, space, maxSide, exposure));
        if (error is not null) return error;
        var still = await new StillLoader(options).LoadAsync(run["preview.png"], new StillLoadOptions { ApplyProfile = false, Format = SampleFormat.UInt8 }, cancellationToken);
        return still.Ok ? new PlatePreview(still.Value.Image, OcioConfig.View, space, result.Cpu) : still.Error;
    }

    private string[] Arguments(OiioRun run, PlatePart info, int part, string space, int maxSide, double exposure)
    {
        var square = (int)Math.Max(1, Math.Round(info.DisplayWindow.Width * info.PixelAspect));
        var (width, height) = VideoDerivatives.Fit(square, info.DisplayWindow.Height, maxSide, multipleOf: 1);
        var gain = Math.Pow(2, exposure).ToString("R", CultureInfo.InvariantCulture);
        // A tent has no negative lobes, so highlights in scene light cannot ring.
        return
        [
            "--colorconfig", OcioConfig.WriteTo(options.TemporaryFolder), run.Source, "--subimage", $"{part}",
            .. ColourChannels(info) is { } channels ? (string[])["--ch", channels] : [],
            "--fixnan", "black", "--clamp:min=-65504:max=65504", "--croptofull", "--fullpixels",
            "--resize:filter=triangle", $"{width}x{height}",
            .. exposure == 0 ? (string[])[] : ["--mulc", gain],
            $"--ociodisplay:from={space}", OcioConfig.Display, OcioConfig.View, "-d", "uint8", "-o", run["preview.png"],
        ];
    }

    // A picture has three channels: the unnamed layer's, else the first layer that has them, else its first channel three times.
    private static string? ColourChannels(PlatePart info)
    {
        var names = info.Channels.Select(channel => channel.Name).ToList();
        foreach (var layer in info.Layers.OrderBy(layer => layer.Length > 0))
        {
            var prefix = layer.Length == 0 ? "" : layer + ".";
            if (names.Contains(prefix + "R") && names.Contains(prefix + "G") && names.Contains(prefix + "B")) return $"{prefix}R,{prefix}G,{prefix}B";
        }

        var first = names.Contains("Y") ? "Y" : names[0];
        return $"{first},{first},{first}";
    }
}
