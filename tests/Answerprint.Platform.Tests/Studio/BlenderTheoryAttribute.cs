namespace Answerprint.Platform.Tests.Studio;

/// <summary>A test that needs Blender on the path.</summary>
internal sealed class BlenderTheoryAttribute : TheoryAttribute
{
    public BlenderTheoryAttribute()
    {
        Skip = BlenderFactAttribute.Missing;
    }
}
