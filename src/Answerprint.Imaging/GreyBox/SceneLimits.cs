namespace Answerprint.Imaging.GreyBox;

/// <summary>What a scene may hold.</summary>
public static class SceneLimits
{
    /// <summary>Most bytes of JSON.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Most objects.</summary>
    public const int MaxObjects = 256;

    /// <summary>Most openings of a wall.</summary>
    public const int MaxOpenings = 16;

    /// <summary>Most panes of an opening, either way.</summary>
    public const int MaxPanes = 16;

    /// <summary>Most cuboids and lathe parts of all objects together.</summary>
    public const int MaxPieces = 4096;

    /// <summary>Most regions.</summary>
    public const int MaxRegions = 32;

    /// <summary>Longest name, in characters.</summary>
    public const int MaxName = 64;

    /// <summary>Largest coordinate, in metres.</summary>
    public const double MaxCoordinate = 1000;

    /// <summary>Largest size, in metres.</summary>
    public const double MaxSize = 500;

    /// <summary>Smallest size, in metres.</summary>
    public const double MinSize = 0.005;
}
