namespace Answerprint.Provenance.Containers;

/// <summary>One marker segment of a JPEG file (ITU-T T.81, section B.1.1.4).</summary>
/// <param name="Marker">The marker's second byte, for example 0xEB for APP11.</param>
/// <param name="Start">Offset of the marker's first byte, fill bytes before it not counted.</param>
/// <param name="Length">Bytes of marker, length field and payload.</param>
internal readonly record struct JpegSegment(byte Marker, long Start, int Length)
{
    public const int HeaderLength = 4;

    public long End => Start + Length;
}
