namespace Answerprint.Platform.Audience.Catalogue;

/// <summary>A published shot, as the player gets it: a title's film is its clips in the order of scenes and shots.</summary>
/// <param name="VersionId">The shot's published version.</param>
/// <param name="ProductionId">The production.</param>
/// <param name="AssetId">Its footage.</param>
/// <param name="Scene">The scene's code and name.</param>
/// <param name="Shot">The shot's code.</param>
/// <param name="Description">What is seen; may be empty.</param>
/// <param name="DurationMs">Length in milliseconds; 0 where it is not known.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Proxy">A video that every browser plays.</param>
/// <param name="Still">A picture of it; none where it has none.</param>
/// <param name="Subtitles">Its subtitles as WebVTT; none where it has none.</param>
public sealed record FilmClip(
    Guid VersionId, Guid ProductionId, Guid AssetId, string Scene, string Shot, string Description, long DurationMs, int Width, int Height,
    MediaFile Proxy, MediaFile? Still, MediaFile? Subtitles);
