namespace Answerprint.Imaging.Attribution;

/// <summary>What a reader accepts, and therefore what can be written.</summary>
public static class AttributionLimits
{
    /// <summary>Largest width or height, in pixels.</summary>
    public const int MaxDimension = 1 << 16;

    /// <summary>Most pixels of an output.</summary>
    public const long MaxPixels = 1L << 28;

    /// <summary>Most sources.</summary>
    public const int MaxSources = 65_534;

    /// <summary>Most layers.</summary>
    public const int MaxLayers = 1024;

    /// <summary>Longest label, in bytes of UTF-8.</summary>
    public const int MaxLabelBytes = 255;

    /// <summary>Most coverage samples of all layers together.</summary>
    public const long MaxCoverageSamples = 1L << 27;

    /// <summary>Most pixels of all fields together.</summary>
    public const long MaxFieldEntries = 1L << 26;

    /// <summary>Most sections of a file, known and unknown.</summary>
    public const int MaxSections = 4096;
}
