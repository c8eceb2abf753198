namespace Answerprint.Platform.Assets.Contracts;

/// <summary>How large renditions are, whoever makes them: pages lay them out by it.</summary>
public static class RenditionSizes
{
    /// <summary>The most pixels across of a thumbnail.</summary>
    public const int ThumbnailWidth = 440;

    /// <summary>Pixels across and down of a picture's thumbnail: its shape, never larger than it is.</summary>
    /// <param name="width">Pixels across of the picture.</param>
    /// <param name="height">Pixels down.</param>
    public static (int Width, int Height) Thumbnail(int width, int height)
    {
        var across = Math.Min(ThumbnailWidth, width);
        return (across, Math.Max(1, (int)((long)height * across / width)));
    }

    /// <summary>The most frames of a filmstrip.</summary>
    public const int StripFrames = 30;

    /// <summary>Pixels down of a filmstrip.</summary>
    public const int StripHeight = 90;
}
