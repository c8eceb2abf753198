using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Answerprint.Process.Tests;

public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Clips = 3;
    private readonly Footage footage = new();

    public void Dispose() => footage.Dispose();

    /// <summary><c>ANSWERPRINT_KILLS</c> and <c>ANSWERPRINT_SEED</c> make a longer or another run of it.</summary>
    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_done_twice_whoever_is_killed()
    {
        var (kills, seed) = (Number("ANSWERPRINT_KILLS", 10), Number("ANSWERPRINT_SEED", 1));
        var (port, watch, clips) = (Program.FreePort(), Stopwatch.StartNew(), footage.Clips(Clips));
        await using var quiet = await Studio.OpenAsync();
        await new KillRun(quiet, port, clips, new Random(seed)).UndisturbedAsync();
        output.WriteLine($"undisturbed: {watch.Elapsed.TotalSeconds:F1} s");

        await using var studio = await Studio.OpenAsync();
        var run = new KillRun(studio, port, clips, new Random(seed));
        watch.Restart();
        try
        {
            await run.KillAsync(kills);
        }
        finally
        {
            foreach (var death in run.Deaths)
                output.WriteLine($"{death.Victim,-12} gone in {death.Gone.TotalMilliseconds,5:F0} ms{(death.Back > TimeSpan.Zero ? $", back in {death.Back.TotalSeconds:F2} s" : ""),-18}  {death.Phase}");
            foreach (var job in await studio.JobsAsync()) output.WriteLine($"{job.Name} run {job.Run}: {job.State}, {job.Attempts} attempts {job.Phase} {job.Error}");
        }
        Assert.Equal(kills, run.Deaths.Count);
        var left = await run.LeftoversAfterNextStartAsync();
        output.WriteLine($"{kills} kills, {run.Acknowledged.Count} jobs acknowledged, seed {seed}: {watch.Elapsed.TotalSeconds:F1} s; slowest end of what hung on a dead process {run.Deaths.Max(death => death.Gone).TotalMilliseconds:F0} ms");

        Assert.Empty(await Findings.BrokenAsync(studio, run.Acknowledged));
        Assert.Empty(Findings.Differences(await Findings.ResultsAsync(quiet), await Findings.ResultsAsync(studio)));
        Assert.Empty(left);
        Assert.Empty(ProcessTable.On(studio.Folder.Root));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
