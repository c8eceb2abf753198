using System.Text.Json;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Models;

namespace Answerprint.Cli.Shell;

/// <summary>A file that a verb was given; what is wrong with it ends the verb with one sentence.</summary>
internal static class InputFile
{
    /// <summary>The bytes of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="maxBytes">The most that it may have.</param>
    /// <param name="what">What it is, with its article: "a scene".</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<byte[]> ReadAsync(FileInfo file, long maxBytes, string what, CancellationToken cancellationToken)
    {
        if (!file.Exists) throw new VerbException(ExitCode.NothingFound, $"there is no file '{file.FullName}'");
        if (file.Length > maxBytes) throw new VerbException(ExitCode.Failed, $"'{file.Name}' has {file.Length} bytes; {what} has at most {maxBytes}");
        return await File.ReadAllBytesAsync(file.FullName, cancellationToken);
    }

    /// <summary>What a file says, in a format that names what is wrong with it.</summary>
    public static async Task<T> ReadAsync<T>(FileInfo file, long maxBytes, string what, Func<byte[], T> read, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(file, maxBytes, what, cancellationToken);
        return Parse(file, () => read(bytes));
    }

    /// <summary>Reads what is in memory already.</summary>
    public static T Parse<T>(FileInfo file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException error)
        {
            throw new VerbException(ExitCode.Failed, $"'{file.Name}' is no JSON: {error.Message}");
        }
        catch (Exception error) when (error is SceneFormatException or ModelFormatException)
        {
            throw new VerbException(ExitCode.Failed, $"'{file.Name}': {error.Message}");
        }
    }
}
