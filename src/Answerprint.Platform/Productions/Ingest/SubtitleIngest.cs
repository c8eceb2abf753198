using System.Text;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Productions.Ingest;

/// <summary>Takes in SubRip or WebVTT, and keeps a WebVTT copy that browsers play.</summary>
internal static class SubtitleIngest
{
    public static async Task<RecipeOutput> MakeAsync(IngestSource source, SubtitleInfo info, CancellationToken cancellationToken)
    {
        var document = source.OrFail(SubtitleDocument.Parse(await File.ReadAllBytesAsync(source.Path, cancellationToken), source.Wish.FileNames[0]));
        var asset = source.Asset(AssetKind.Subtitles, info.Format == "vtt" ? "text/vtt" : "application/x-subrip", info);
        return source.Output(asset, [source.Rendition(RenditionKind.WebVtt, Encoding.UTF8.GetBytes(document.ToWebVtt()), "text/vtt", 0, 0)]);
    }
}
