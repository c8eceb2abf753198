namespace Answerprint.Browser.Tests.Studio;

/// <summary>A test in a real browser for which Blender has to work too; skipped, and says why, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BlenderBrowserFactAttribute : FactAttribute
{
    private const string Blender = "/usr/bin/blender";

    public BlenderBrowserFactAttribute() => Skip = new BrowserFactAttribute().Skip ?? (File.Exists(Blender) ? null : $"{Blender} is not installed");
}
