using System.Security.Cryptography;
using System.Text;

namespace Answerprint.Platform.Media.Plates;

/// <summary>
/// Our OpenColorIO configuration. OpenColorIO 2.1 ships no ACES configuration, but has the ACES 1 transforms built in; this names them
/// and the spaces that plates come in. The default view is the ACES 1.0 SDR video output transform.
/// </summary>
internal static class OcioConfig
{
    public const string Display = "sRGB", View = "ACES 1.0 SDR";
    public const string Aces = "ACES2065-1", AcesCg = "ACEScg", LinearRec709 = "Linear Rec.709 (sRGB)", SrgbTexture = "sRGB Texture", Cineon = "Cineon Log";

    /// <summary>The scene spaces that a caller may name.</summary>
    public static IReadOnlyList<string> Spaces { get; } =
    [
        Aces, AcesCg, "ACEScct", LinearRec709, SrgbTexture, Cineon, "ADX10", "ARRI LogC3 (EI800)", "RED Log3G10", "Sony S-Log3 S-Gamut3.Cine",
        "Canon Log 3 Cinema Gamut", "Panasonic V-Log V-Gamut",
    ];

    // ACES AP1 to linear Rec.709 is built in; its inverse brings Rec.709 in. Cineon: 10 bits, white 685, black 95, gamma 0.6, 0.002 D a code.
    private const string Text = """
        ocio_profile_version: 2
        description: Answerprint. ACES 1 transforms of OpenColorIO 2.1 under plain names.
        search_path: ""
        strictparsing: true
        roles:
          default: ACES2065-1
          scene_linear: ACEScg
          compositing_log: ACEScct
          color_timing: ACEScct
          aces_interchange: ACES2065-1
          cie_xyz_d65_interchange: CIE-XYZ-D65
          data: Raw
        file_rules:
          - !<Rule> {name: Default, colorspace: default}
        displays:
          sRGB:
            - !<View> {name: ACES 1.0 SDR, view_transform: ACES 1.0 SDR, display_colorspace: sRGB}
            - !<View> {name: Plain, view_transform: Plain, display_colorspace: sRGB}
            - !<View> {name: Raw, colorspace: Raw}
          Rec.1886 Rec.709:
            - !<View> {name: ACES 1.0 SDR, view_transform: ACES 1.0 SDR, display_colorspace: Rec.1886 Rec.709}
            - !<View> {name: Plain, view_transform: Plain, display_colorspace: Rec.1886 Rec.709}
        active_displays: [sRGB, Rec.1886 Rec.709]
        default_view_transform: Plain
        view_transforms:
          - !<ViewTransform>
            name: ACES 1.0 SDR
            from_scene_reference: !<BuiltinTransform> {style: ACES-OUTPUT - ACES2065-1_to_CIE-XYZ-D65 - SDR-VIDEO_1.0}
          - !<ViewTransform>
            name: Plain
            from_scene_reference: !<BuiltinTransform> {style: UTILITY - ACES-AP0_to_CIE-XYZ-D65_BFD}
        display_colorspaces:
          - !<ColorSpace>
            name: CIE-XYZ-D65
          - !<ColorSpace>
            name: sRGB
            from_display_reference: !<BuiltinTransform> {style: DISPLAY - CIE-XYZ-D65_to_sRGB}
          - !<ColorSpace>
            name: Rec.1886 Rec.709
            from_display_reference: !<BuiltinTransform> {style: DISPLAY - CIE-XYZ-D65_to_REC.1886-REC.709}
        colorspaces:
          - !<ColorSpace>
            name: ACES2065-1
          - !<ColorSpace>
            name: ACEScg
            to_scene_reference: !<BuiltinTransform> {style: ACEScg_to_ACES2065-1}
          - !<ColorSpace>
            name: ACEScct
            to_scene_reference: !<BuiltinTransform> {style: ACEScct_to_ACES2065-1}
          - !<ColorSpace>
            name: Linear Rec.709 (sRGB)
            to_scene_reference: !<GroupTransform>
              children:
                - !<BuiltinTransform> {style: UTILITY - ACES-AP1_to_LINEAR-REC709_BFD, direction: inverse}
                - !<BuiltinTransform> {style: ACEScg_to_ACES2065-1}
          - !<ColorSpace>
            name: sRGB Texture
            to_scene_reference: !<GroupTransform>
              children:
                - !<ExponentWithLinearTransform> {gamma: [2.4, 2.4, 2.4, 1], offset: [0.055, 0.055, 0.055, 0]}
                - !<BuiltinTransform> {style: UTILITY - ACES-AP1_to_LINEAR-REC709_BFD, direction: inverse}
                - !<BuiltinTransform> {style: ACEScg_to_ACES2065-1}
          - !<ColorSpace>
            name: Cineon Log
            to_scene_reference: !<GroupTransform>
              children:
                - !<LogAffineTransform> {base: 10, log_side_slope: 0.293255132, log_side_offset: 0.669599218, lin_side_slope: 0.989202287, lin_side_offset: 0.010797713, direction: inverse}
                - !<BuiltinTransform> {style: UTILITY - ACES-AP1_to_LINEAR-REC709_BFD, direction: inverse}
                - !<BuiltinTransform> {style: ACEScg_to_ACES2065-1}
          - !<ColorSpace>
            name: ADX10
            to_scene_reference: !<BuiltinTransform> {style: ADX10_to_ACES2065-1}
          - !<ColorSpace>
            name: ARRI LogC3 (EI800)
            to_scene_reference: !<BuiltinTransform> {style: ARRI_ALEXA-LOGC-EI800-AWG_to_ACES2065-1}
          - !<ColorSpace>
            name: RED Log3G10
            to_scene_reference: !<BuiltinTransform> {style: RED_LOG3G10-RWG_to_ACES2065-1}
          - !<ColorSpace>
            name: Sony S-Log3 S-Gamut3.Cine
            to_scene_reference: !<BuiltinTransform> {style: SONY_SLOG3-SGAMUT3.CINE_to_ACES2065-1}
          - !<ColorSpace>
            name: Canon Log 3 Cinema Gamut
            to_scene_reference: !<BuiltinTransform> {style: CANON_CLOG3-CGAMUT_to_ACES2065-1}
          - !<ColorSpace>
            name: Panasonic V-Log V-Gamut
            to_scene_reference: !<BuiltinTransform> {style: PANASONIC_VLOG-VGAMUT_to_ACES2065-1}
          - !<ColorSpace>
            name: Raw
            isdata: true

        """;

    /// <summary>Puts the configuration into a folder under a name that its content gives, if it is not there yet.</summary>
    public static string WriteTo(string folder)
    {
        var bytes = Encoding.UTF8.GetBytes(Text);
        var path = Path.Combine(folder, $"answerprint-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}.ocio");
        if (File.Exists(path) && new FileInfo(path).Length == bytes.Length) return path;
        Directory.CreateDirectory(folder);
        var draft = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllBytes(draft, bytes);
        File.Move(draft, path, overwrite: true);
        return path;
    }
}
