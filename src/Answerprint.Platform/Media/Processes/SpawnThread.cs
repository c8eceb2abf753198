using System.Collections.Concurrent;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Processes;

/// <summary>
/// The thread that starts children. The kernel ties "kill me when my parent dies" to the thread that forked, not to its process,
/// so a thread-pool thread that retires would take its children with it; this one lives as long as the program.
/// </summary>
internal sealed class SpawnThread : IDisposable
{
    private readonly BlockingCollection<Action> work = [];

    public SpawnThread() => new Thread(Loop, 256 * 1024) { IsBackground = true, Name = "child starter" }.Start();

    public static SpawnThread Shared { get; } = new();

    public T Run<T>(Func<T> start)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                answer.SetResult(start());
            }
            catch (Exception error) when (error is IOException or ProgramMissingException)
            {
                answer.SetException(error);
            }
        });
        return answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Ends the thread, and with it every child that it started.</summary>
    public void Dispose() => work.CompleteAdding();

    private void Loop()
    {
        foreach (var action in work.GetConsumingEnumerable()) action();
    }
}
