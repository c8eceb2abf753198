namespace Answerprint.Platform.Storage.Contracts;

/// <summary>The name and size of bytes in the <see cref="BlobStore"/>.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
/// <param name="Length">In bytes.</param>
public sealed record StoredBlob(string Sha256, long Length);
