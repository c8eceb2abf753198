using Answerprint.Platform.Clearance;
using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Web.Clearance;

/// <summary>A tool as it was found on this machine.</summary>
/// <param name="Version">Its version; empty where it is not installed.</param>
/// <param name="HowTo">What to do where it is missing; empty where it is there.</param>
public sealed record FoundTool(string Version, string HowTo)
{
    public bool IsThere => Version.Length > 0;

    /// <summary>What it is called while it is not there.</summary>
    public string Missing { get; init; } = "not configured";
}

/// <summary>Which version of each registered tool this machine has. Asked once in five minutes: each program costs a process.</summary>
internal sealed class ToolVersions(MediaOptions media, ComfyUiStatus comfyUi, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim gate = new(1);
    private (IReadOnlyDictionary<string, FoundTool> Found, DateTimeOffset At)? known;

    public async Task<IReadOnlyDictionary<string, FoundTool>> FindAsync(CancellationToken cancellationToken)
    {
        // A server comes and goes, so it is asked each time.
        var state = await comfyUi.AskAsync(cancellationToken);
        return new Dictionary<string, FoundTool>(await InstalledAsync(cancellationToken), StringComparer.Ordinal)
        {
            ["comfyui"] = state.Facts is { } facts
                ? new FoundTool($"{facts.Version}{string.Concat(facts.Devices.Select(device => $", {device.Name}"))}", "")
                : new FoundTool("", state.Reason) { Missing = state.IsConfigured ? "not reachable" : "not configured" },
        };
    }

    private async Task<IReadOnlyDictionary<string, FoundTool>> InstalledAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (known is { } seen && clock.GetUtcNow() - seen.At < Fresh) return seen.Found;
            var found = new Dictionary<string, FoundTool>(StringComparer.Ordinal)
            {
                ["artwork"] = new(ReleaseSigner.Generator.Version ?? "", ""),
                ["ffmpeg"] = await AskAsync("ffmpeg", async () => (await MediaVersions.DetectAsync(media, cancellationToken)).Ffmpeg),
                ["libvips"] = await AskAsync("libvips42", async () => (await MediaVersions.DetectAsync(media, cancellationToken)).Libvips),
                ["openimageio"] = await AskAsync("openimageio-tools", () => ProgramAsync(media.Oiiotool, "--version", "openimageio-tools", cancellationToken)),
                ["opencolorio"] = await AskAsync("opencolorio-tools", () => OcioAsync(cancellationToken)),
                ["blender"] = await AskAsync("blender", () => ProgramAsync("blender", "--version", "blender", cancellationToken)),
            };
            known = (found, clock.GetUtcNow());
            return found;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private static async Task<FoundTool> AskAsync(string package, Func<Task<string>> ask)
    {
        var missing = new FoundTool("", $"not installed; the Debian package is {package}");
        try
        {
            return await ask() is { Length: > 0 } version ? new FoundTool(version, "") : missing;
        }
        catch (Exception error) when (error is ProgramMissingException or DllNotFoundException)
        {
            return missing;
        }
    }

    private static async Task<string> ProgramAsync(string program, string flag, string package, CancellationToken cancellationToken)
    {
        var lines = (await ProgramOutput.ReadAsync(program, [flag], package, cancellationToken)).Split('\n', 2);
        var words = lines[0].Trim().Split(' ');
        return Array.Find(words, word => word.Length > 0 && char.IsAsciiDigit(word[0])) ?? lines[0].Trim();
    }

    /// <summary>ociocheck has no flag for its version: it is in the first lines of what it says of a built-in configuration, so the package is asked for.</summary>
    private static async Task<string> OcioAsync(CancellationToken cancellationToken)
    {
        var version = await ProgramOutput.ReadAsync("dpkg-query", ["-W", "-f", "${Version}", "opencolorio-tools"], "dpkg", cancellationToken);
        return version.Trim();
    }
}
