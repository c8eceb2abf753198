namespace Answerprint.Platform.Media.Probing;

/// <summary>What the first bytes of a file say it is. The extension is never looked at.</summary>
internal enum FileSignature
{
    Unknown,
    Jpeg,
    Png,
    Gif,
    WebP,
    Tiff,
    Exr,
    Dpx,
    Cineon,
    Heif,
    Jpeg2000,
    Bmp,
    Psd,
    Pnm,
    RadianceHdr,
    Sgi,
    IsoMedia,
    Matroska,
    Avi,
    OtherVideo,
    Audio,
    Playlist,
    Svg,
    Document,
    Text,
}
