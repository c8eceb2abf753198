using System.Globalization;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Probing;

namespace Answerprint.Platform.Media.Video;

/// <summary>FFmpeg filter chains for colour and size. FFmpeg turns frames upright before any of them.</summary>
internal static class VideoFilters
{
    /// <summary>To RGB at a given size: BT.2100 is tone-mapped for 8 bits, everything else goes through its own matrix.</summary>
    public static string ToRgb(VideoInfo video, FrameRequest request, int width, int height)
    {
        // By way of planar RGB: the same values as straight to packed, in half the time. With accurate_rnd and bitexact they do not depend on
        // the processor's vector units or on the number of threads.
        var format = request.Format == FrameFormat.Rgb24 ? "gbrp,format=rgb24" : "gbrp16le,format=rgb48le";
        var kernel = request.Fast ? "area" : "bicubic";
        var flags = $"flags={kernel}+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";
        var size = $"scale={width}:{height}:{flags}";
        return video.Hdr != HdrTransfer.None && request.Format == FrameFormat.Rgb24
            ? $"{size},{ToneMap(video)},scale=in_color_matrix=bt709:in_range=tv:{flags},format={format}"
            : $"{size}{From(video)},format={format}";
    }

    /// <summary>To 8-bit BT.709 video range at a given size, for a proxy.</summary>
    public static string ToProxy(VideoInfo video, int width, int height)
    {
        const string flags = "flags=bicubic+accurate_rnd+bitexact";
        var fields = video.IsInterlaced ? "bwdif=mode=send_frame," : "";
        return video.Hdr != HdrTransfer.None
            ? $"{fields}scale={width}:{height}:{flags},{ToneMap(video)},setsar=1"
            : $"{fields}scale={width}:{height}:{flags}{From(video)}:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1";
    }

    private static string From(VideoInfo video) => PixelFormats.IsRgb(video.PixelFormat)
        ? ""
        : $":in_color_matrix={Matrix(video)}:in_range={(video.IsFullRange ? "pc" : "tv")}";

    // Where a file states no matrix, the custom of the format holds: BT.601 for standard definition, BT.709 above.
    private static string Matrix(VideoInfo video) => video.ColourMatrix switch
    {
        "bt709" => "bt709",
        "bt2020nc" or "bt2020c" => "bt2020",
        "smpte170m" or "bt470bg" => "bt601",
        "fcc" => "fcc",
        "smpte240m" => "smpte240m",
        _ => video.CodedHeight >= 720 || video.CodedWidth >= 1280 ? "bt709" : "bt601",
    };

    // Hable's curve in linear light; 100 cd/m2 is reference white. HDR without stated primaries is BT.2020 by BT.2100.
    private static string ToneMap(VideoInfo video)
    {
        var transfer = video.Hdr == HdrTransfer.Pq ? "smpte2084" : "arib-std-b67";
        var range = video.IsFullRange ? "full" : "limited";
        var from = string.Create(CultureInfo.InvariantCulture, $"zscale=tin={transfer}:min=2020_ncl:pin=2020:rin={range}:t=linear:npl=100");
        return $"{from},format=gbrpf32le,zscale=p=709,tonemap=tonemap=hable:desat=0,zscale=t=709:m=709:r=limited,format=yuv420p";
    }
}
