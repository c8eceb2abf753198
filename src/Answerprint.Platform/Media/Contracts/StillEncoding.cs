namespace Answerprint.Platform.Media.Contracts;

/// <summary>
/// How a still is written. The same picture and encoding give the same bytes; metadata is never written. JPEG, PNG and TIFF in
/// colour carry an sRGB profile.
/// </summary>
public abstract record StillEncoding
{
    private StillEncoding()
    {
    }

    /// <summary>JPEG (ISO/IEC 10918-1), 8 bit, alpha laid over black.</summary>
    /// <param name="Quality">1 to 100.</param>
    /// <param name="FullChroma">Whether chroma keeps full resolution (4:4:4).</param>
    /// <param name="Progressive">Whether the file is written in scans that refine.</param>
    public sealed record Jpeg(int Quality = 88, bool FullChroma = false, bool Progressive = false) : StillEncoding;

    /// <summary>PNG (ISO/IEC 15948), lossless, 8 or 16 bit as the picture is; float is written as 16 bit.</summary>
    /// <param name="Compression">Deflate effort, 0 to 9.</param>
    public sealed record Png(int Compression = 6) : StillEncoding;

    /// <summary>WebP, 8 bit, without a profile: readers take sRGB.</summary>
    /// <param name="Quality">1 to 100.</param>
    /// <param name="Lossless">Whether pixels are kept exactly.</param>
    public sealed record WebP(int Quality = 85, bool Lossless = false) : StillEncoding;

    /// <summary>TIFF 6.0 with lossless Deflate, 8, 16 bit or float as the picture is; float is tagged linear by its values only.</summary>
    public sealed record Tiff : StillEncoding;
}
