namespace Answerprint.Provenance.Tests;

/// <summary>A test on real data; skipped, saying so, where the data is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Root is null) Skip = "The shared data folder is not beside this checkout.";
    }
}
