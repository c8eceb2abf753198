using System.Buffers.Binary;
using System.Text;

namespace Answerprint.Platform.Media.Plates;

/// <summary>Finds the colour space that a file states, by the attributes in use: names, the ACES container flag, primaries.</summary>
internal static class PlateColour
{
    // CIE x, y of red, green, blue and white (SMPTE ST 2065-1; AP1 of the ACES documents; ITU-R BT.709).
    private static readonly (string Space, float[] Chromaticities)[] Known =
    [
        (OcioConfig.Aces, [0.7347f, 0.2653f, 0f, 1f, 0.0001f, -0.077f, 0.32168f, 0.33767f]),
        (OcioConfig.AcesCg, [0.713f, 0.293f, 0.165f, 0.83f, 0.128f, 0.044f, 0.32168f, 0.33767f]),
        (OcioConfig.LinearRec709, [0.64f, 0.33f, 0.3f, 0.6f, 0.15f, 0.06f, 0.3127f, 0.329f]),
    ];

    public static (string Space, bool Stated) OfExr(ExrPart part)
    {
        foreach (var name in new[] { "colorInteropID", "oiio:ColorSpace", "colorSpace", "colorspace" })
            if (part.Attributes.FirstOrDefault(a => a.Name == name && a.Type == "string") is { } attribute && OfName(Encoding.UTF8.GetString(attribute.Value)) is { } space)
                return (space, true);
        if (part.Attributes.Any(a => a is { Name: "acesImageContainerFlag", Value.Length: 4 } && a.Value[0] == 1)) return (OcioConfig.Aces, true);
        if (part.Attributes.FirstOrDefault(a => a is { Name: "chromaticities", Value.Length: 32 }) is { } primaries)
            foreach (var (space, expected) in Known)
                if (Near(primaries.Value, expected)) return (space, true);
        // The OpenEXR specification: without chromaticities, primaries are those of Rec. ITU-R BT.709.
        return (OcioConfig.LinearRec709, false);
    }

    public static (string Space, bool Stated) OfDpx(string? transfer) => transfer switch
    {
        "Printing density" or "Logarithmic" => (OcioConfig.Cineon, true),
        "ITU-R 709-4" or "ITU-R 601-5 system B or G" or "ITU-R 601-5 system M" => (OcioConfig.SrgbTexture, true),
        "Linear" => (OcioConfig.LinearRec709, true),
        _ => (OcioConfig.SrgbTexture, false),
    };

    private static string? OfName(string name) => name.Trim('\0', ' ').ToLowerInvariant() switch
    {
        "aces2065-1" or "lin_ap0_scene" or "aces" => OcioConfig.Aces,
        "acescg" or "lin_ap1_scene" or "linear acescg" => OcioConfig.AcesCg,
        "acescct" or "acescct_ap1_scene" => "ACEScct",
        "lin_rec709" or "lin_rec709_scene" or "linear rec.709 (srgb)" or "linear" or "scene_linear" or "lin_srgb" => OcioConfig.LinearRec709,
        "srgb" or "srgb_texture" or "srgb_rec709_scene" => OcioConfig.SrgbTexture,
        _ => OcioConfig.Spaces.FirstOrDefault(space => string.Equals(space, name, StringComparison.OrdinalIgnoreCase)),
    };

    private static bool Near(byte[] value, float[] expected)
    {
        for (var i = 0; i < 8; i++)
            if (!(Math.Abs(BinaryPrimitives.ReadSingleLittleEndian(value.AsSpan(4 * i)) - expected[i]) < 1e-3f)) return false;
        return true;
    }
}
