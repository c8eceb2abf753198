namespace Answerprint.Platform.Tests.Studio;

/// <summary>A test that needs Blender on the path.</summary>
internal sealed class BlenderFactAttribute : FactAttribute
{
    /// <summary>Why it is skipped here; null where Blender is there.</summary>
    internal static string? Missing { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "blender"))) ? null : "Blender is not installed";

    public BlenderFactAttribute()
    {
        Skip = Missing;
    }
}
