using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Cli.Synth;

/// <summary>A collapse in a file, with masks that lie beside it.</summary>
internal static class CollapseSceneFile
{
    /// <summary>Reads it; masks become outlines.</summary>
    /// <param name="file">The collapse.</param>
    /// <param name="mask">A mask of the building, which goes before what the file says of it; or none.</param>
    /// <param name="width">Pixels across of the plate, and of every mask.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<CollapseScene> ReadAsync(FileInfo file, FileInfo? mask, int width, int height, CancellationToken cancellationToken)
    {
        var json = await InputFile.ReadAsync(file, CollapseReader.MaxBytes, "a collapse", cancellationToken);
        if (mask is not null) json = InputFile.Parse(file, () => WithMask(json, mask.FullName));
        var masks = new Dictionary<string, PixelBuffer<byte>>();
        foreach (var name in InputFile.Parse(file, () => CollapseMasks.NamesIn(json))) masks[name] = await MaskAsync(Path.Combine(file.DirectoryName!, name), width, height, cancellationToken);
        return InputFile.Parse(file, () => CollapseReader.Read(masks.Count == 0 ? json : CollapseMasks.Traced(json, masks)));
    }

    private static byte[] WithMask(byte[] json, string mask)
    {
        if (JsonNode.Parse(json) is not JsonObject root) throw new SceneFormatException("collapse is not an object.");
        if (root["building"] is not JsonObject building) root["building"] = building = [];
        building["mask"] = mask;
        return JsonSerializer.SerializeToUtf8Bytes(root);
    }

    private static async Task<PixelBuffer<byte>> MaskAsync(string path, int width, int height, CancellationToken cancellationToken)
    {
        var (file, name) = (new FileInfo(path), Path.GetFileName(path));
        var picture = (await SynthFiles.ReadAsync(file, cancellationToken)).Picture;
        if (picture is not Picture<byte> { Pixels: var from }) throw new VerbException(ExitCode.Failed, $"'{name}' has samples of {picture.Depth}; a mask is an 8-bit picture in grey or black and white");
        if ((picture.Width, picture.Height) != (width, height)) throw new VerbException(ExitCode.Failed, $"'{name}' is {picture.Width} x {picture.Height}; a mask is as large as the plate, {width} x {height}");
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 1));
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var light = from[x, y, 0];
                for (var c = 1; c < picture.ColourChannels; c++)
                    if (Math.Abs(from[x, y, c] - light) > 2) throw new VerbException(ExitCode.Failed, $"'{name}' has colours, at {x}, {y} first; a mask is grey, or black and white");
                result[x, y, 0] = picture.HasAlpha ? (byte)(light * from[x, y, picture.ColourChannels] / 255) : light;
            }
        return result;
    }
}
