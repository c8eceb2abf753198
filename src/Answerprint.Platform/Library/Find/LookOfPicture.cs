using Answerprint.Imaging.Quality.Looks;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Library.Find;

/// <summary>What was seen in a picture.</summary>
/// <param name="Look">By which references are found; none where it could not be read.</param>
/// <param name="Refusal">Why it could not.</param>
public sealed record LookOfPictureResult(Look? Look, Refusal? Refusal);

/// <summary>Looks at a picture that is not kept: its bytes are gone when the answer is given.</summary>
/// <param name="reducer">Decodes it in a process of its own.</param>
/// <param name="folder">Where it lies meanwhile.</param>
public sealed class LookOfPicture(StillReducer reducer, DataFolder folder)
{
    /// <summary>Most bytes that are looked at.</summary>
    public const long MaxBytes = 64L << 20;

    /// <summary>Looks at it.</summary>
    public async Task<LookOfPictureResult> HandleAsync(Stream picture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var path = Path.Combine(folder.Staging, $"look-{Guid.NewGuid():N}");
        try
        {
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                if (!await CopyAsync(picture, file, cancellationToken)) return Refuse($"The picture has more than {MaxBytes >> 20} MiB.");
            if (new FileInfo(path).Length == 0) return Refuse("The picture is empty.");
            var reduced = await reducer.ReduceAsync(path, PictureLook.Side, cancellationToken);
            if (!reduced.Ok) return Refuse(reduced.Error.Message.Replace(Path.GetFileName(path), "The file", StringComparison.Ordinal));
            using var image = reduced.Value;
            return new LookOfPictureResult(PictureLook.Of(image).Look, null);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<bool> CopyAsync(Stream from, FileStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (to.Length + read > MaxBytes) return false;
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        return true;
    }

    private static LookOfPictureResult Refuse(string reason) => new(null, Refusal.Invalid("picture", reason));
}
