using Answerprint.Platform.Assets.Contracts;

namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>An input of a job: an asset, or bytes that are to become one.</summary>
/// <param name="Part">The part it plays, such as <c>source</c>.</param>
/// <param name="Asset">The asset; none where the bytes are only being brought in.</param>
/// <param name="BlobSha256">The bytes.</param>
/// <param name="Path">Where they lie; read only.</param>
public sealed record JobInput(string Part, Asset? Asset, string BlobSha256, string Path);
