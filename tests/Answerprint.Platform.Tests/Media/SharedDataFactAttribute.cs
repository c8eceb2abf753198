namespace Answerprint.Platform.Tests.Media;

/// <summary>A test that uses development data beside the checkout and is skipped, with a reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Root is null) Skip = "No shared/data folder beside the checkout (ANSWERPRINT_SHARED names another place).";
    }
}

internal static class SharedData
{
    public static string? Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root!, .. parts]);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ANSWERPRINT_SHARED") is { Length: > 0 } named)
            return Directory.Exists(System.IO.Path.Combine(named, "data")) ? System.IO.Path.Combine(named, "data") : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = System.IO.Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data)) return data;
        }

        return null;
    }
}
