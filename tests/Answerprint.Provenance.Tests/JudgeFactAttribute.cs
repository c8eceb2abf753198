namespace Answerprint.Provenance.Tests;

/// <summary>A test on real data with the independent judges, which run on Node; skipped, saying so, where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JudgeFactAttribute : FactAttribute
{
    public JudgeFactAttribute()
    {
        if (SharedData.Root is null) Skip = "The shared data folder is not beside this checkout.";
        else if (!OnPath("node")) Skip = "Node is not installed.";
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
