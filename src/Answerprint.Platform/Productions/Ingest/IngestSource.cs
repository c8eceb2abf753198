using System.Text.Json;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Productions.Ingest;

/// <summary>One file on its way in.</summary>
internal sealed record IngestSource(JobContext Context, IngestParameters Wish, string Path)
{
    public Asset Asset(AssetKind kind, string mediaType, MediaInfo info) => Wish.Draft(kind, mediaType, JsonSerializer.Serialize(info, info.GetType(), JsonSerializerOptions.Web));

    /// <summary>The asset's bytes are the bytes that came in.</summary>
    public RecipeOutput Output(Asset asset, IReadOnlyList<OutputRendition> renditions) =>
        new(IngestRecipe.OutputKey, new OutputFile(null, Context.Inputs[0].BlobSha256), asset, [], renditions);

    /// <summary>Puts a rendition into the work folder.</summary>
    public OutputRendition Rendition(RenditionKind kind, ReadOnlySpan<byte> bytes, string mediaType, int width, int height, int tiles = 0)
    {
        var path = System.IO.Path.Combine(Context.WorkFolder, kind.ToString());
        File.WriteAllBytes(path, bytes);
        return new OutputRendition(kind, new OutputFile(path, null), mediaType, width, height, tiles);
    }

    /// <summary>The value, or the job's failure. Blobs have no names of their own: errors speak of the file that the person chose.</summary>
    public T OrFail<T>(MediaResult<T> result)
        where T : notnull => result.Ok
        ? result.Value
        : throw new RecipeException($"Not taken in: {result.Error.ToString().Replace(System.IO.Path.GetFileName(Path), Wish.FileNames[0], StringComparison.Ordinal)}");

    public IProgress<double> Phase(double from, double to, string phase) => new Progress(share => Context.Report(from + (to - from) * share, phase));

    private sealed class Progress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
