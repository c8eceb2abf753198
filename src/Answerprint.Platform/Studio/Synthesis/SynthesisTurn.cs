using Answerprint.Platform.Jobs.Contracts;

namespace Answerprint.Platform.Studio.Synthesis;

/// <summary>
/// One synthesis at a time in a worker, on all processors: the first picture of many comes soonest, memory is bounded by the largest, and the
/// processor time between its start and its end is its own.
/// </summary>
internal sealed class SynthesisTurn : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Threads that a synthesis may use.</summary>
    public static int Threads => Math.Min(Environment.ProcessorCount, 256);

    public async Task<T> ComputeAsync<T>(JobContext context, Func<T> work, CancellationToken cancellationToken)
    {
        if (!await turn.WaitAsync(0, cancellationToken))
        {
            context.Report(context.State.Progress, "Waits for its turn");
            await turn.WaitAsync(cancellationToken);
        }
        var before = Environment.CpuUsage.TotalTime;
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (ArgumentException wrong)
        {
            // What the engine refuses is a matter of the inputs: trying again would give the same.
            throw new RecipeException(wrong.ParamName is { } name ? wrong.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : wrong.Message);
        }
        finally
        {
            context.Spent((Environment.CpuUsage.TotalTime - before).TotalSeconds);
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
