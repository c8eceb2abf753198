using Answerprint.Platform.Media.Plates;
using Answerprint.Platform.Media.Probing;
using Answerprint.Platform.Media.Vips;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>How a still is read.</summary>
public sealed record StillLoadOptions
{
    /// <summary>Whether EXIF orientation is applied. Default true.</summary>
    public bool AutoRotate { get; init; } = true;

    /// <summary>Whether an embedded ICC profile is applied, giving sRGB. Default true. CMYK is always converted.</summary>
    public bool ApplyProfile { get; init; } = true;

    /// <summary>The format wanted; null keeps 8 or 16 bit as stored. <see cref="SampleFormat.Float32"/> gives linear light.</summary>
    public SampleFormat? Format { get; init; }
}

/// <summary>A decoded still and what its file said.</summary>
/// <param name="Image">The pixels; the caller disposes them.</param>
/// <param name="Info">The file's own facts.</param>
public sealed record LoadedStill(StillImage Image, StillInfo Info) : IDisposable
{
    /// <summary>Frees the pixels.</summary>
    public void Dispose() => Image.Dispose();
}

/// <summary>
/// Reads JPEG, PNG, WebP and GIF (first frame) inside this process through libvips, after limits are checked on the header.
/// TIFF, HEIF, JPEG 2000, BMP, PSD, PNM, Radiance and SGI are read by a child process (OpenImageIO).
/// </summary>
public sealed class StillLoader(MediaOptions options)
{
    private const long MaxStillBytes = 1L << 30;

    /// <summary>Reads a file completely, or gives one error.</summary>
    public async Task<MediaResult<LoadedStill>> LoadAsync(string path, StillLoadOptions? load = null, CancellationToken cancellationToken = default)
    {
        var name = Path.GetFileName(path);
        byte[] bytes;
        try
        {
            var length = new FileInfo(path).Length;
            if (length > Math.Min(MaxStillBytes, options.Limits.MaxFileBytes))
                return new MediaError(MediaErrorKind.LimitExceeded, $"{name} has {length} bytes, too many for a still.", nameof(MediaLimits.MaxFileBytes));
            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new MediaError(MediaErrorKind.Missing, $"{name} cannot be opened: {error.GetType().Name}.");
        }

        var signature = SignatureReader.Read(bytes.AsSpan(0, Math.Min(bytes.Length, SignatureReader.HeadBytes)));
        return OtherStills.Reads(signature)
            ? await InChildAsync(path, signature, load ?? new StillLoadOptions(), cancellationToken)
            : await Task.Run(() => Load(bytes, name, load), cancellationToken);
    }

    /// <summary>Reads bytes of JPEG, PNG, WebP or GIF completely, or gives one error.</summary>
    /// <param name="bytes">The encoded picture.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="load">How to read it; null for the defaults.</param>
    public MediaResult<LoadedStill> Load(ReadOnlySpan<byte> bytes, string name, StillLoadOptions? load = null)
    {
        if (bytes.IsEmpty) return new MediaError(MediaErrorKind.Empty, $"{name} is empty.");
        var signature = SignatureReader.Read(bytes[..Math.Min(bytes.Length, SignatureReader.HeadBytes)]);
        if (signature == FileSignature.Svg) return new MediaError(MediaErrorKind.Refused, $"{name} is SVG, which can name other files, and is refused.");
        if (signature is not (FileSignature.Jpeg or FileSignature.Png or FileSignature.WebP or FileSignature.Gif))
            return new MediaError(MediaErrorKind.Unsupported, $"{name} is neither JPEG, PNG, WebP nor GIF.");
        if (StillHeader.Check(bytes, signature, options.Limits, name) is { } refused) return refused;
        try
        {
            return StillDecoder.Decode(bytes, signature, options.Limits, name, load ?? new StillLoadOptions());
        }
        catch (VipsException error)
        {
            return StillDecoder.Explain(error, name);
        }
        catch (MediaException error)
        {
            return error.Error;
        }
        catch (ProgramMissingException error)
        {
            return new MediaError(MediaErrorKind.ProgramMissing, error.Message);
        }
    }

    private async Task<MediaResult<LoadedStill>> InChildAsync(string path, FileSignature signature, StillLoadOptions load, CancellationToken cancellationToken)
    {
        try
        {
            var loaded = await OtherStills.LoadAsync(path, signature, this, load, options, cancellationToken);
            if (!loaded.Ok || load.Format is not { } wanted || loaded.Value.Image.Format == wanted) return loaded;
            using var stored = loaded.Value.Image;
            return loaded.Value with { Image = stored.Convert(wanted) };
        }
        catch (ExrFormatException error)
        {
            return new MediaError(MediaErrorKind.Corrupt, $"{Path.GetFileName(path)} cannot be read: {error.Message}.");
        }
        catch (ProgramMissingException missing)
        {
            return new MediaError(MediaErrorKind.ProgramMissing, missing.Message);
        }
    }
}
