using Answerprint.Platform.Media.Plates;
using Answerprint.Platform.Media.Probing;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>A frame turned into a picture for a browser.</summary>
/// <param name="Image">8-bit sRGB; the caller disposes it.</param>
/// <param name="View">The view that made it, "ACES 1.0 SDR".</param>
/// <param name="ColourSpace">The colour space that the plate was taken to be in.</param>
/// <param name="Cpu">CPU time taken.</param>
public sealed record PlatePreview(StillImage Image, string View, string ColourSpace, TimeSpan Cpu) : IDisposable
{
    /// <summary>Frees the pixels.</summary>
    public void Dispose() => Image.Dispose();
}

/// <summary>
/// Reads EXR, DPX and Cineon frames. Headers of EXR are read here; pixels of every compression are brought to plain scanlines by oiiotool,
/// a child process, and taken from there to the bit.
/// </summary>
public sealed class PlateReader(MediaOptions options)
{
    /// <summary>The colour spaces that a plate may be said to be in.</summary>
    public static IReadOnlyList<string> ColourSpaces => OcioConfig.Spaces;

    /// <summary>Describes a frame without decoding it; a file that is cut short is found.</summary>
    public Task<MediaResult<PlateInfo>> InfoAsync(string path, CancellationToken cancellationToken = default) =>
        PlateFile.WithAsync(path, options, signature => PlateProbe.InfoAsync(path, signature, options, cancellationToken));

    /// <summary>
    /// Reads pixels to the bit: halfs stay halfs, NaN payloads and denormals included. Integer formats (DPX, Cineon) come as floats, code
    /// value over the largest code value.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="region">A rectangle inside the data window; null for all of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<MediaResult<PlatePixels>> ReadAsync(string path, int part = 0, PixelBox? region = null, CancellationToken cancellationToken = default) =>
        PlateFile.WithAsync(path, options, signature => PlateDecoder.ReadAsync(path, signature, part, region, options, cancellationToken));

    /// <summary>Makes an 8-bit sRGB picture through the ACES 1.0 SDR view.</summary>
    /// <param name="path">The file.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="colourSpace">One of <see cref="ColourSpaces"/>; null takes what the probe found.</param>
    /// <param name="maxSide">Longest side in pixels.</param>
    /// <param name="exposure">Stops of exposure put on before the view.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<MediaResult<PlatePreview>> PreviewAsync(
        string path, int part = 0, string? colourSpace = null, int maxSide = 1280, double exposure = 0, CancellationToken cancellationToken = default) =>
        PlateFile.WithAsync(path, options, signature => new PlatePreviewer(options).MakeAsync(path, signature, part, colourSpace, maxSide, exposure, cancellationToken));

    /// <summary>
    /// Writes a rectangle of a frame as a file of the same kind: values, channel names, colour and other attributes are the source's, the
    /// display window stays, EXR is written with ZIP compression. A DPX has no data window, so its picture becomes the rectangle.
    /// </summary>
    public async Task<MediaResult<PixelBox>> CropAsync(string path, PixelBox region, string target, int part = 0, CancellationToken cancellationToken = default)
    {
        return await PlateFile.WithAsync<PixelBox>(path, options, async signature =>
        {
            if (signature != FileSignature.Exr) return await PlateDecoder.CutAsync(path, signature, region, target, options, cancellationToken);
            var pixels = await PlateDecoder.ReadAsync(path, signature, part, region, options, cancellationToken);
            if (!pixels.Ok) return pixels.Error;
            return PlateWriter.Write(pixels.Value, target) is { } error ? error : region;
        });
    }
}
