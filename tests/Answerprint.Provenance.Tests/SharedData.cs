namespace Answerprint.Provenance.Tests;

/// <summary>Finds the folder of real data and judges that lies beside a checkout.</summary>
internal static class SharedData
{
    public static string? Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root!, .. parts]);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ANSWERPRINT_SHARED") is { Length: > 0 } set) return Directory.Exists(set) ? set : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var relative in new[] { "../shared", "../../shared" })
            {
                var candidate = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder.FullName, relative));
                if (File.Exists(System.IO.Path.Combine(folder.FullName, "Answerprint.slnx")) && Directory.Exists(System.IO.Path.Combine(candidate, "data"))) return candidate;
            }
        }
        return null;
    }
}
