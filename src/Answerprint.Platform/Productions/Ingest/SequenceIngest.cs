using System.Globalization;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Productions.Ingest;

/// <summary>Takes in numbered pictures as one asset: each frame keeps its own bytes and its own number.</summary>
internal sealed class SequenceIngest(MediaOptions media, StillIngest still, PlateIngest plate)
{
    public async Task<RecipeOutput> MakeAsync(IngestSource source, CancellationToken cancellationToken)
    {
        var context = source.Context;
        context.Report(0.1, "Probing the sequence");
        var folder = Directory.CreateDirectory(Path.Combine(context.WorkFolder, "sequence")).FullName;
        var blobs = new Dictionary<string, string>();
        for (var i = 0; i < context.Inputs.Count; i++)
        {
            // Blobs have no names; the probe wants the ones that the files came in.
            var link = Path.Combine(folder, source.Wish.FileNames[i]);
            if (!blobs.TryAdd(source.Wish.FileNames[i], context.Inputs[i].BlobSha256)) throw new RecipeException($"two files are called '{source.Wish.FileNames[i]}'");
            File.CreateSymbolicLink(link, context.Inputs[i].Path);
        }
        var info = source.OrFail(await new ImageSequenceProbe(media).ProbeFolderAsync(folder, cancellationToken));
        var first = source with { Path = context.Inputs[source.Wish.FileNames.ToList().IndexOf(Path.GetFileName(info.Files[0]))].Path };
        var frame = info.Frame switch
        {
            PlateInfo found => await plate.MakeAsync(first, found, cancellationToken),
            StillInfo found => await still.MakeAsync(first, found, cancellationToken),
            _ => throw new RecipeException($"frame {info.First} is {info.Frame.Format}; sequences are made of pictures"),
        };
        var asset = frame.Asset;
        (asset.Kind, asset.FileName, asset.Frames) = (AssetKind.Sequence, info.Pattern, info.Files.Count);
        asset.ProbeJson = System.Text.Json.JsonSerializer.Serialize(
            new { info.Pattern, info.First, info.Last, info.MissingCount, Missing = info.Missing.Take(100), Frame = (object)info.Frame }, System.Text.Json.JsonSerializerOptions.Web);
        var numbered = info.Files.Select(Path.GetFileName).Select(name => new SequenceFrame { Number = NumberOf(name!, info.Pattern), FileName = name!, BlobSha256 = blobs[name!] }).ToList();
        return frame with { Frames = numbered };
    }

    /// <summary>The digits that stand where the pattern has its %d.</summary>
    private static int NumberOf(string name, string pattern)
    {
        var before = pattern.IndexOf('%', StringComparison.Ordinal);
        var after = pattern.Length - pattern.IndexOf('d', before) - 1;
        return int.Parse(name.AsSpan(before, name.Length - before - after), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
