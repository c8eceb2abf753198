namespace Answerprint.Provenance.Containers;

/// <summary>Bytes of a file that are not copied into the signed one.</summary>
/// <param name="Range">Where they are.</param>
/// <param name="Instead">What stands there; none where nothing does.</param>
internal readonly record struct Gap(ByteRange Range, ReadOnlyMemory<byte>? Instead);
