namespace Answerprint.Provenance.Containers;

/// <summary>A run of bytes in a file.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    public long End => Start + Length;
}
