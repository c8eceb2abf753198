using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>What kind of plate it is, which says how its result is written.</summary>
public enum PlateKind
{
    /// <summary>One picture, held.</summary>
    Still,

    /// <summary>A video file.</summary>
    Video,

    /// <summary>Numbered pictures.</summary>
    Sequence,
}

/// <summary>How a plate's samples are stored and what they mean.</summary>
/// <param name="Container">"png", "tiff", "jpeg", "openexr", "dpx", "mp4" and so on, as the probe names it.</param>
/// <param name="Depth">Type of a sample as it is read: DPX comes as floats, video of more than 8 bits as 16 bits.</param>
/// <param name="Bits">Bits of a sample in the file: 8, 10, 12, 16 or 32.</param>
/// <param name="Curve">How samples relate to light.</param>
/// <param name="ColourSpace">Its name: that of an EXR or DPX, or the primaries of a video, or sRGB.</param>
public sealed record PlateFormat(string Container, SampleDepth Depth, int Bits, PlateCurve Curve, string ColourSpace)
{
    /// <summary>Whether the frames are DPX, which has a writer of its own.</summary>
    public bool IsDpx => Container is "dpx" or "cineon";

    internal static PlateFormat Of(VideoInfo video, FrameFormat format) => new(
        video.Format, format == FrameFormat.Rgb24 ? SampleDepth.UInt8 : SampleDepth.UInt16, video.BitDepth,
        // 8 bits of HDR are tone-mapped to BT.709 where they are read.
        video.Hdr switch
        {
            HdrTransfer.Pq when format == FrameFormat.Rgb48 => PlateCurve.Pq,
            HdrTransfer.Hlg when format == FrameFormat.Rgb48 => PlateCurve.Hlg,
            _ => video.ColourTransfer switch { "iec61966-2-1" => PlateCurve.SRgb, "linear" => PlateCurve.Linear, _ => PlateCurve.Rec709 },
        },
        video.ColourPrimaries ?? "bt709");

    internal static PlateFormat Of(StillInfo still, Picture picture) => new(still.Format, picture.Depth, still.BitDepth, picture.IsLinear ? PlateCurve.Linear : PlateCurve.SRgb, picture.IsLinear ? "Linear" : "sRGB");

    /// <exception cref="CollapseException">The colour space is not one that light can be taken from.</exception>
    internal static PlateFormat Of(PlateInfo plate, Picture picture, string name)
    {
        var part = plate.Parts[0];
        return new PlateFormat(plate.Format, picture.Depth, BitsOf(part.Channels[0].Sample), CurveOf(part.ColourSpace, name), part.ColourSpace);
    }

    private static PlateCurve CurveOf(string space, string name) => space switch
    {
        "ACES2065-1" or "ACEScg" or "Linear Rec.709 (sRGB)" => PlateCurve.Linear,
        "sRGB Texture" => PlateCurve.SRgb,
        "Cineon Log" => PlateCurve.Cineon,
        "ACEScct" => PlateCurve.AcesCct,
        _ => throw new CollapseException($"'{name}' is in {space}; a building comes down in plates that are linear, sRGB, Rec.709, Cineon log or ACEScct. Convert it to ACEScg first"),
    };

    private static int BitsOf(PlateSample sample) => sample switch
    {
        PlateSample.UInt8 => 8, PlateSample.UInt10 => 10, PlateSample.UInt12 => 12, PlateSample.UInt16 or PlateSample.Half => 16, _ => 32,
    };
}
