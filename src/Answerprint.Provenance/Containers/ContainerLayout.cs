namespace Answerprint.Provenance.Containers;

/// <summary>Where a file holds, or would hold, its manifest store.</summary>
/// <param name="InsertAt">Offset in the file at which a new store belongs.</param>
/// <param name="StoreRanges">The bytes of every store found, wrapping (markers, lengths, checksums) included, in file order.</param>
/// <param name="Store">The store itself when there is exactly one, otherwise null.</param>
internal sealed record ContainerLayout(long InsertAt, IReadOnlyList<ByteRange> StoreRanges, byte[]? Store);
