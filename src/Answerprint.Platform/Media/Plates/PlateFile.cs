using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Probing;

namespace Answerprint.Platform.Media.Plates;

/// <summary>Opens a plate for one piece of work and turns what goes wrong into errors.</summary>
internal static class PlateFile
{
    public static async Task<MediaResult<T>> WithAsync<T>(string path, MediaOptions options, Func<FileSignature, Task<MediaResult<T>>> work)
        where T : notnull
    {
        var name = Path.GetFileName(path);
        try
        {
            var signature = Signature(path);
            if (signature is not (FileSignature.Exr or FileSignature.Dpx or FileSignature.Cineon))
                return new MediaError(MediaErrorKind.Unsupported, $"{name} is neither EXR, DPX nor Cineon.");
            return await work(signature);
        }
        catch (ExrFormatException error)
        {
            return new MediaError(error.Truncated ? MediaErrorKind.Truncated : MediaErrorKind.Corrupt, $"{name} cannot be read: {error.Message}.");
        }
        catch (ProgramMissingException missing)
        {
            return new MediaError(MediaErrorKind.ProgramMissing, missing.Message);
        }
        catch (EndOfStreamException)
        {
            return new MediaError(MediaErrorKind.Truncated, $"{name} ends too early.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new MediaError(MediaErrorKind.Missing, $"{name} cannot be opened: {error.GetType().Name}.");
        }
    }

    public static ExrHeader Header(Stream file, MediaOptions options)
    {
        file.Position = 0;
        var bytes = new byte[(int)Math.Min(file.Length, ExrHeader.MaxBytes)];
        file.ReadExactly(bytes);
        return ExrHeader.Parse(bytes, options.Limits.MaxChannels);
    }

    private static FileSignature Signature(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[SignatureReader.HeadBytes];
        return SignatureReader.Read(head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
    }
}
