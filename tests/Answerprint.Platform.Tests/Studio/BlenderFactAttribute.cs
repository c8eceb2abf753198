namespace Answerprint.Platform.Tests.Studio;

/// <summary>A test that needs Blender on the path.</summary>
internal sealed class BlenderFactAttribute : FactAttribute
{
    public BlenderFactAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "blender")))) Skip = "Blender is not installed";
    }
}
