namespace Answerprint.Platform.Audience.Catalogue;

/// <summary>A published, released picture of a title, as viewers get it.</summary>
/// <param name="ArtworkId">The artwork.</param>
/// <param name="TitleId">Its title.</param>
/// <param name="ReleaseId">The signed release: what is served.</param>
/// <param name="AssetId">The asset that was released.</param>
/// <param name="Aspect"><c>16:9</c>, <c>2:3</c>, <c>1:1</c> or <c>21:9</c>.</param>
/// <param name="HasTitle">Whether the title is set in type on it.</param>
/// <param name="Variant">Which of the job's frames, from 1.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="File">The signed bytes.</param>
/// <param name="Thumbnail">A small picture for shelves; none where the asset has none.</param>
public sealed record ArtworkImage(
    Guid ArtworkId, Guid TitleId, Guid ReleaseId, Guid AssetId, string Aspect, bool HasTitle, int Variant, int Width, int Height,
    MediaFile File, MediaFile? Thumbnail);

/// <summary>Bytes that viewers are served.</summary>
/// <param name="Sha256">Their name in the blob store.</param>
/// <param name="MediaType">Their media type.</param>
/// <param name="FileName">The name they leave under; empty where they have none of their own.</param>
public sealed record MediaFile(string Sha256, string MediaType, string FileName);
