using System.Security.Cryptography;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>Whether the 3D program is there.</summary>
/// <param name="Version">Such as <c>Blender 3.4.1</c>; empty where it is not.</param>
/// <param name="Problem">Why it cannot be used, in one sentence; empty where it can.</param>
public sealed record CollapseEngineState(string Version, string Problem);

/// <summary>Asks what brings buildings down whether it is there, and which build it is.</summary>
/// <param name="media">Names the programs.</param>
public sealed class CollapseEngine(MediaOptions media)
{
    /// <summary>Raised whenever the same inputs would give other pixels for another reason than the script or the programs.</summary>
    private const string Build = "collapse 1";

    private static readonly Lazy<string> ScriptHash = new(() =>
    {
        var assembly = typeof(CollapseEngine).Assembly;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".py", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var script = assembly.GetManifestResourceStream(name)!;
            hash.AppendData(SHA256.HashData(script));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
    });

    /// <summary>Asks the program; takes as long as it takes to start.</summary>
    public async Task<CollapseEngineState> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var said = (await ProgramOutput.ReadAsync(media.Blender, ["--version"], "blender", cancellationToken)).Split('\n')[0].Trim();
            return said.StartsWith("Blender ", StringComparison.Ordinal) ? new CollapseEngineState(said.Length > 60 ? said[..60] : said, "") : new CollapseEngineState("", $"'{media.Blender}' does not answer as Blender does");
        }
        catch (ProgramMissingException)
        {
            return new CollapseEngineState("", "Blender is not installed here (Debian package: blender)");
        }
    }

    /// <summary>The builds that a result depends on.</summary>
    public async Task<string> BuildAsync(CancellationToken cancellationToken)
    {
        var state = await AskAsync(cancellationToken);
        var versions = await MediaVersions.DetectAsync(media, cancellationToken);
        return $"{Build} {ScriptHash.Value}; {(state.Version.Length > 0 ? state.Version : "no Blender")}; FFmpeg {versions.Ffmpeg}; libvips {versions.Libvips}";
    }
}
