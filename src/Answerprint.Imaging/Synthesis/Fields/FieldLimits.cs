namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>What a field search accepts; beyond it the input is refused before anything is computed.</summary>
public static class FieldLimits
{
    /// <summary>Most pixels of one picture of features, its margin included.</summary>
    public const long MaxPixels = 1L << 26;

    /// <summary>Most pixels of all sources together, stacked at the width of the widest.</summary>
    public const long MaxSourcePixels = 1L << 27;

    /// <summary>Most channels of a feature.</summary>
    public const int MaxChannels = 64;

    /// <summary>Widest patch, in pixels.</summary>
    public const int MaxPatchSize = 63;

    /// <summary>Most neighbours of one pixel.</summary>
    public const int MaxNeighbours = 256;

    /// <summary>Most target pixels times patch pixels when uniformity counts, so that an occupancy fits 30 bits.</summary>
    public const long MaxOccupancy = 1L << 30;

    /// <summary>Largest channel weight as a 16.16 fixed-point number, 16384.0.</summary>
    public const int MaxWeight = 1 << 30;
}
