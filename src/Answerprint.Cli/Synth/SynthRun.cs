using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Cli.Synth;

/// <summary>One run of the workbench: progress on standard error, the processor time of the engine, and what <c>--json</c> says of the result.</summary>
internal sealed class SynthRun : IProgress<double>
{
    private readonly Stopwatch since = Stopwatch.StartNew();
    private TimeSpan cpu;
    private TimeSpan wall;
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
        var start = since.Elapsed;
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            cpu += Environment.CpuUsage.TotalTime - before;
            wall += since.Elapsed - start;
            if (shown >= 0) Console.Error.WriteLine();
        }
    }

    /// <summary>Adds shares, longest verbatim copy and coverage of a map.</summary>
    public void Describe(AttributionMap map)
    {
        Json["shares"] = new JsonArray([.. map.Shares().Select(share => (JsonNode)new JsonObject
        {
            ["kind"] = JsonNamingPolicy.CamelCase.ConvertName(share.Kind.ToString()),
            ["source"] = share.Source < 0 ? null : map.Sources[share.Source].Label,
            ["sha256"] = share.Source < 0 ? null : Convert.ToHexStringLower(map.Sources[share.Source].Digest.Span),
            ["partsPerMillion"] = share.PartsPerMillion,
        })]);
        var longest = VerbatimCopy.Longest(map);
        Json["longestCopy"] = longest is null ? null : new JsonObject
        {
            ["source"] = map.Sources[longest.Source].Label,
            ["pixels"] = longest.Area,
            ["box"] = new JsonArray(longest.Box.X, longest.Box.Y, longest.Box.Width, longest.Box.Height),
            ["offset"] = new JsonArray(longest.OffsetX, longest.OffsetY),
        };
        Json["coverage"] = new JsonArray([.. SourceCoverage.Of(map).Select(coverage => (JsonNode)new JsonObject
        {
            ["source"] = map.Sources[coverage.Source].Label,
            ["share"] = Math.Round(coverage.Share, 6),
        })]);
    }

    /// <summary>Writes the picture and what else was asked for, and says what was made.</summary>
    /// <param name="parsed">Holds --output, --nnf and --attribution.</param>
    /// <param name="result">The picture.</param>
    /// <param name="map">Where its pixels came from.</param>
    /// <param name="like">The plate whose windows and attributes it takes.</param>
    /// <param name="left">How far left of the plate's pixels it begins.</param>
    /// <param name="top">How far above the plate's pixels it begins.</param>
    public VerbResult Finish(ParseResult parsed, Picture result, AttributionMap map, OpenedPicture? like = null, int left = 0, int top = 0)
    {
        var output = parsed.GetValue(SynthOptions.Output)!;
        SynthFiles.Write(result, output, like, left, top);
        if (parsed.GetValue(SynthOptions.Attribution) is { } attribution) SynthFiles.Write(map, attribution);
        if (parsed.GetValue(SynthOptions.Nnf) is { } nnf) SynthFiles.WriteNnf(map, nnf);
        Describe(map);
        (Json["output"], Json["width"], Json["height"]) = (output.FullName, result.Width, result.Height);
        Json["depth"] = result.Depth.ToString();
        Json["pixelSha256"] = Convert.ToHexStringLower(result.Hash());
        return Done($"Wrote {output.FullName} ({result.Width} x {result.Height}).");
    }

    public VerbResult Done(string text)
    {
        Json["cpuSeconds"] = Math.Round(cpu.TotalSeconds, 3);
        Json["engineSeconds"] = Math.Round(wall.TotalSeconds, 3);
        return new VerbResult(ExitCode.Done, Json, text);
    }
}
