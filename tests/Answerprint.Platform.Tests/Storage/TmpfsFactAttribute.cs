using System.Diagnostics;

namespace Answerprint.Platform.Tests.Storage;

/// <summary>A test that needs a file system of a few pages; skipped, with a reason, where this process may not mount one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TmpfsFactAttribute : FactAttribute
{
    private static readonly string? WhyNot = Probe();

    public TmpfsFactAttribute() => Skip = WhyNot;

    private static string? Probe()
    {
        try
        {
            using var disk = SmallDisk.Mount("64k");
            return null;
        }
        catch (InvalidOperationException refused)
        {
            return $"A tmpfs cannot be mounted here: {refused.Message}";
        }
    }
}

/// <summary>A tmpfs of a given size, unmounted at the end.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string root) => Root = root;

    public string Root { get; }

    public static SmallDisk Mount(string options)
    {
        if (!Environment.IsPrivilegedProcess) throw new InvalidOperationException("mounting takes root");
        var root = Directory.CreateTempSubdirectory("answerprint-disk-").FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={options}", "tmpfs", root);
        return new SmallDisk(root);
    }

    public void Dispose()
    {
        Run("umount", Root);
        Directory.Delete(Root);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException(error.Trim());
    }
}
