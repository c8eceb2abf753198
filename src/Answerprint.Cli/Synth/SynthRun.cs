using System.Diagnostics;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Attribution;

namespace Answerprint.Cli.Synth;

/// <summary>One run of the workbench: progress on standard error, the processor time of the engine, and what <c>--json</c> says of the result.</summary>
internal sealed class SynthRun : IProgress<double>
{
    private readonly Stopwatch since = Stopwatch.StartNew();
    private TimeSpan cpu;
    private int shown = -1;

    public JsonObject Json { get; } = [];

    /// <summary>Shows a share of the work, 0 to 1, at most once a percent.</summary>
    public void Report(double value)
    {
        var percent = (int)(Math.Clamp(value, 0, 1) * 100);
        if (Interlocked.Exchange(ref shown, percent) == percent) return;
        Console.Error.Write($"\r{since.Elapsed:mm\\:ss} {percent,3} %");
    }

    /// <summary>Does the engine's work away from the verb's own thread and counts its processor time as <c>cpuSeconds</c>.</summary>
    public async Task<T> ComputeAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var before = Environment.CpuUsage.TotalTime;
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            cpu += Environment.CpuUsage.TotalTime - before;
            if (shown >= 0) Console.Error.WriteLine();
        }
    }

    /// <summary>Adds shares, longest verbatim copy and coverage of a map.</summary>
    public void Describe(AttributionMap map)
    {
        Json["shares"] = new JsonArray([.. map.Shares().Select(share => (JsonNode)new JsonObject
        {
            ["kind"] = share.Kind.ToString().ToLowerInvariant(),
            ["source"] = share.Source < 0 ? null : map.Sources[share.Source].Label,
            ["sha256"] = share.Source < 0 ? null : Convert.ToHexStringLower(map.Sources[share.Source].Digest.Span),
            ["partsPerMillion"] = share.PartsPerMillion,
        })]);
    }

    public VerbResult Done(string text)
    {
        Json["cpuSeconds"] = Math.Round(cpu.TotalSeconds, 3);
        return new VerbResult(ExitCode.Done, Json, text);
    }
}
