using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Studio.Collapse;

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
        var file = new FileInfo(path);
        var picture = (await SynthFiles.ReadAsync(file, cancellationToken)).Picture;
        try
        {
            return BuildingMask.Of(picture, file.Name, width, height);
        }
        catch (CollapseException error)
        {
            throw new VerbException(ExitCode.Failed, error.Message);
        }
    }
}
