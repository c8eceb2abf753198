using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Plates;
using Answerprint.Platform.Media.Probing;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Writes DPX (SMPTE ST 268) through oiiotool. What <see cref="PictureReader"/> read of a DPX comes back to the same code values.</summary>
/// <param name="options">Limits and programs.</param>
public sealed class DpxWriter(MediaOptions options)
{
    /// <summary>Writes a picture; on an error nothing is left behind.</summary>
    /// <param name="picture">Red, green, blue in floats, code value over the largest code value.</param>
    /// <param name="target">The file.</param>
    /// <param name="bits">Bits of a sample: 8, 10, 12 or 16.</param>
    /// <param name="like">A DPX whose transfer, timecode and other fields it takes; null for none.</param>
    /// <param name="cancellationToken">Ends the writer.</param>
    /// <returns>Null, or the error.</returns>
    /// <exception cref="ArgumentOutOfRangeException">DPX has no samples of so many bits.</exception>
    public async Task<MediaError?> WriteAsync(Picture picture, string target, int bits, string? like = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (bits is not (8 or 10 or 12 or 16)) throw new ArgumentOutOfRangeException(nameof(bits), bits, "Must be 8, 10, 12 or 16.");
        var plain = target + ".plain.exr";
        var part = target + ".part";
        try
        {
            if (PictureWriter.Write(picture, plain) is { } unwritten) return unwritten;
            using var run = new OiioRun(options, plain, FileSignature.Exr);
            string[] source = [run.Source];
            if (like is not null)
            {
                File.CreateSymbolicLink(run["like.dpx"], Path.GetFullPath(like));
                source = [run["like.dpx"], run.Source, "--pastemeta"];
            }
            var (error, _) = await run.ExecuteAsync(cancellationToken, [.. source, "-d", $"uint{bits}", "-o", run["made.dpx"]]);
            if (error is not null) return error;
            File.Copy(run["made.dpx"], part, overwrite: true);
            File.Move(part, target, overwrite: true);
            return null;
        }
        catch (ProgramMissingException missing)
        {
            return Video.FfmpegFailure.Missing(missing);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new MediaError(MediaErrorKind.Failed, $"{Path.GetFileName(target)} could not be written: {error.Message}");
        }
        finally
        {
            File.Delete(plain);
            File.Delete(part);
        }
    }
}
