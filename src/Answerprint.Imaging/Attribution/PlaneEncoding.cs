namespace Answerprint.Imaging.Attribution;

/// <summary>How a plane of bytes is stored. The numbers are stored: they only grow.</summary>
public enum PlaneEncoding : byte
{
    /// <summary>As it is.</summary>
    Raw = 0,

    /// <summary>Each row as differences from the row above, then runs and literals; the same bytes on every machine.</summary>
    RunLength = 1,

    /// <summary>Each row as differences from the row above, then DEFLATE (RFC 1951); smaller for noisy planes, bytes depend on the library.</summary>
    Deflate = 2,
}
