using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Audience.Pages;

namespace Answerprint.Web.Watch;

/// <summary>The addresses of the viewer app.</summary>
internal static class WatchAddress
{
    public const string Home = "/watch";
    public const string Catalogue = "/watch/titles";

    public static string Title(string slug) => $"/watch/titles/{slug}";

    public static string Made(string slug) => $"/watch/titles/{slug}/made";

    public static string Play(string slug) => $"/watch/titles/{slug}/play";

    public static string Genre(string genre) => $"/watch/titles?genre={Uri.EscapeDataString(genre)}";

    public static string MoreRows(int from) => $"/watch/rows?from={from}";

    public static string RowPart(PageRow row) => $"/watch/rows/part?key={Uri.EscapeDataString(row.Key)}&from={row.Next}";

    /// <summary>The signed file itself.</summary>
    public static string Artwork(Guid releaseId) => $"/watch/media/artwork/{releaseId}";

    /// <summary>For shelves: the thumbnail where there is one, else the signed file; none where there is no artwork.</summary>
    public static string? Shelf(ArtworkImage? artwork) => artwork switch
    {
        null => null,
        { Thumbnail: null } => Artwork(artwork.ReleaseId),
        _ => Artwork(artwork.ReleaseId) + "/thumbnail",
    };

    public static string Clip(FilmClip clip) => $"/watch/media/clips/{clip.VersionId}";

    public static string? Still(FilmClip clip) => clip.Still is null ? null : Clip(clip) + "/still";

    public static string? Subtitles(FilmClip clip) => clip.Subtitles is null ? null : Clip(clip) + "/subtitles";
}
