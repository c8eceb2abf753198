namespace Answerprint.Imaging.Tests.Shared;

/// <summary>Public data for development that is not part of the repository.</summary>
internal static class SharedData
{
    /// <summary>The folder, or null when this machine has none.</summary>
    internal static string? Folder { get; } = Find();

    internal static string Footage(string name) => Path.Combine(Folder!, "footage", name);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ANSWERPRINT_SHARED") is { Length: > 0 } named)
            return Directory.Exists(Path.Combine(named, "data")) ? Path.Combine(named, "data") : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}

/// <summary>A test that needs the shared footage and FFmpeg, and says so where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Folder is null)
            Skip = "The shared development data is not on this machine.";
        else if (!Footage.HasDecoder)
            Skip = "ffmpeg is not installed.";
    }
}
