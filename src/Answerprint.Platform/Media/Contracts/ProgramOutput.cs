namespace Answerprint.Platform.Media.Contracts;

/// <summary>Asks a small program a small question.</summary>
public static class ProgramOutput
{
    private const int MaxBytes = 1 << 16;

    /// <summary>What a program prints on standard output, at most 64 KiB of it; empty where it fails.</summary>
    /// <exception cref="ProgramMissingException">It is not installed.</exception>
    public static async Task<string> ReadAsync(string program, IReadOnlyList<string> arguments, string debianPackage, CancellationToken cancellationToken)
    {
        await using var child = ChildProcess.Start(new ChildProcessOptions
        {
            Program = program, Arguments = arguments, DebianPackage = debianPackage, RedirectOutput = true,
            Limits = new ChildProcessLimits { WallClock = TimeSpan.FromSeconds(20) },
        });
        var buffer = new byte[MaxBytes];
        var length = await child.StandardOutput!.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancellationToken);
        await child.StandardOutput.CopyToAsync(Stream.Null, cancellationToken);
        var result = await child.WaitAsync(cancellationToken);
        return result.Succeeded ? System.Text.Encoding.UTF8.GetString(buffer, 0, length) : "";
    }
}
