using System.Diagnostics;

namespace Answerprint.Process.Tests;

/// <summary>Looks at another process until it has come to something; there is no event to wait on across processes.</summary>
internal static class Wait
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(15);

    /// <summary>How long it took.</summary>
    /// <exception cref="TimeoutException">It did not come to pass.</exception>
    public static async Task<TimeSpan> ForAsync(string what, Func<Task<bool>> came, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await came())
        {
            if (watch.Elapsed > (limit ?? Limit)) throw new TimeoutException($"waited {watch.Elapsed.TotalSeconds:F1} s in vain until {what}");
            await Task.Delay(Look);
        }
        return watch.Elapsed;
    }

    public static Task<TimeSpan> ForAsync(string what, Func<bool> came, TimeSpan? limit = null) => ForAsync(what, () => Task.FromResult(came()), limit);
}
