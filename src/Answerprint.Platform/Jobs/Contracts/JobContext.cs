using System.Text.Json;

namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>What a recipe is given.</summary>
/// <param name="job">The job as it stands; read only.</param>
/// <param name="inputs">Its inputs, in order.</param>
/// <param name="workFolder">A folder of its own that is gone when the run ends.</param>
/// <param name="previewPath">Where a preview frame is put.</param>
/// <param name="keep">Opens the folder of kept work for a key.</param>
public sealed class JobContext(Job job, IReadOnlyList<JobInput> inputs, string workFolder, string previewPath, Func<string, string> keep)
{
    private readonly Lock gate = new();
    // What earlier attempts took is part of what the work cost.
    private double cpuSeconds = job.CpuSeconds;
    private (double Progress, string Phase) state = (0, "Starting");

    /// <summary>The job as it stands; read only.</summary>
    public Job Job { get; } = job;

    /// <summary>Its inputs, in order.</summary>
    public IReadOnlyList<JobInput> Inputs { get; } = inputs;

    /// <summary>A folder of its own that is gone when the run ends.</summary>
    public string WorkFolder { get; } = workFolder;

    /// <summary>A folder that outlives this run, so that a killed one goes on where it was and a retake takes over what did not change.</summary>
    /// <param name="key">Everything that the content depends on, the engine's build too.</param>
    /// <returns>The folder; nobody else uses it during this run. What lies in it may be half done.</returns>
    public string KeptFolder(string key) => keep(key);

    /// <summary>Its parameters.</summary>
    /// <exception cref="RecipeException">They are not of this form.</exception>
    public T Parameters<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Job.ParametersJson, JsonSerializerOptions.Web)
                ?? throw new RecipeException($"job {Job.Id} has no parameters");
        }
        catch (JsonException error)
        {
            throw new RecipeException($"the parameters of job {Job.Id} are not those of recipe '{Job.Recipe}': {error.Message}");
        }
    }

    /// <summary>Where it stands: progress from 0 to 1 and a phase in words.</summary>
    public (double Progress, string Phase) State
    {
        get { lock (gate) return state; }
    }

    /// <summary>Says how far it is.</summary>
    /// <param name="progress">0 to 1.</param>
    /// <param name="phase">In words, such as <c>Choosing frames</c>.</param>
    public void Report(double progress, string phase)
    {
        lock (gate) state = (Math.Clamp(progress, 0, 1), phase);
    }

    /// <summary>Shows a picture of what is being made.</summary>
    /// <param name="jpeg">A JPEG file of modest size.</param>
    public void Preview(ReadOnlySpan<byte> jpeg)
    {
        var staged = previewPath + ".new";
        File.WriteAllBytes(staged, jpeg);
        File.Move(staged, previewPath, overwrite: true);
    }

    /// <summary>Adds processor time that was spent outside <see cref="Compute{T}"/>, by a child process for one.</summary>
    /// <param name="seconds">At least 0.</param>
    public void Spent(double seconds)
    {
        lock (gate) cpuSeconds += Math.Max(0, seconds);
    }

    /// <summary>Processor time so far, in seconds.</summary>
    public double CpuSeconds
    {
        get { lock (gate) return cpuSeconds; }
    }

    /// <summary>Runs a computation on the calling thread and books its processor time.</summary>
    public T Compute<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var before = ThreadClock.Seconds;
        try
        {
            return work();
        }
        finally
        {
            Spent(ThreadClock.Seconds - before);
        }
    }
}
