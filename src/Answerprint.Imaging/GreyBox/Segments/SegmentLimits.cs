namespace Answerprint.Imaging.GreyBox.Segments;

/// <summary>What a segment map may hold.</summary>
public static class SegmentLimits
{
    /// <summary>Most regions: as many as have guide colours that are far from each other.</summary>
    public const int MaxRegions = 12;

    /// <summary>Longest side of a map or a picture made from one, in pixels.</summary>
    public const int MaxSide = 4096;

    /// <summary>Smallest side, in pixels.</summary>
    public const int MinSide = 32;

    /// <summary>Share of the map, in thousandths, from which on a flat colour of no region is an error and not the mixture at an edge.</summary>
    public const int UnnamedPerMille = 5;

    /// <summary>How far a channel may be from a region's colour for the pixel to be that region's for certain.</summary>
    public const int Tolerance = 24;
}
