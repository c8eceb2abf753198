namespace Answerprint.Platform.Assets.Contracts;

/// <summary>How large renditions are, whoever makes them: pages lay them out by it.</summary>
public static class RenditionSizes
{
    /// <summary>The most pixels across of a thumbnail.</summary>
    public const int ThumbnailWidth = 440;

    /// <summary>The most frames of a filmstrip.</summary>
    public const int StripFrames = 30;

    /// <summary>Pixels down of a filmstrip.</summary>
    public const int StripHeight = 90;
}
