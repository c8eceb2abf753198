namespace Answerprint.Platform.Tests.Studio;

/// <summary>A test that needs Blender on the path.</summary>
internal sealed class BlenderTheoryAttribute : TheoryAttribute
{
    public BlenderTheoryAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "blender")))) Skip = "Blender is not installed";
    }
}
