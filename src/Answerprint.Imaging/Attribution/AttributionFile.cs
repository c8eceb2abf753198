namespace Answerprint.Imaging.Attribution;

/// <summary>
/// The binary form of an attribution map; docs/attribution.md has the layout. All numbers are little-endian. A section whose tag begins
/// with a small letter may be skipped by a reader that does not know it; one that begins with a capital letter may not.
/// </summary>
public static partial class AttributionFile
{
    /// <summary>Version that this code writes and reads.</summary>
    public const int Version = 1;

    /// <summary>Media type of the file.</summary>
    public const string MediaType = "application/vnd.answerprint.attribution";

    private const int HeaderLength = 20;
    private const int SectionHeaderLength = 8;
    private const int LayerLength = 40;
    private const ushort HasField = 1;

    private static ReadOnlySpan<byte> Magic => "APAM"u8;

    private static ReadOnlySpan<byte> SourcesTag => "SRCE"u8;

    private static ReadOnlySpan<byte> LayersTag => "LAYR"u8;

    private static ReadOnlySpan<byte> CoverageTag => "COVR"u8;

    private static ReadOnlySpan<byte> FieldTag => "FELD"u8;
}
