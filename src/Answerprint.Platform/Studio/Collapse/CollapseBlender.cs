using System.Globalization;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>The 3D part of a collapse: Blender, headless, in a process of its own. What it made stays in the folder, so that a killed run goes on where it was.</summary>
/// <param name="folder">Where the job's files are; it is made when it is missing.</param>
/// <param name="media">Names the program.</param>
internal sealed class CollapseBlender(string folder, MediaOptions media)
{
    private const string Script = "collapse.py", Job = "job.json", Scene = "collapse.blend", Track = "track.json";

    private static readonly ChildProcessLimits Limits = new() { Cpu = TimeSpan.FromHours(24), WallClock = TimeSpan.FromHours(48), AddressSpaceBytes = 16L << 30, Niceness = 5 };

    /// <summary>Processor time that it has taken so far.</summary>
    public TimeSpan Cpu { get; private set; }

    public string TrackFile => Path.Combine(folder, Track);

    public string SceneFile => Path.Combine(folder, Scene);

    public string FrameFile(int frame) => Path.Combine(folder, "render", frame.ToString("0000", CultureInfo.InvariantCulture) + ".exr");

    /// <summary>Breaks the building and lets it fall, unless that was done for the same job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="phase">Is told that pieces begin to fall.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public async Task BuildAsync(byte[] job, Action phase, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, Job);
        if (File.Exists(SceneFile) && File.Exists(TrackFile) && File.Exists(file) && (await File.ReadAllBytesAsync(file, cancellationToken)).AsSpan().SequenceEqual(job)) return;
        foreach (var old in (string[])[SceneFile, TrackFile]) File.Delete(old);
        if (Directory.Exists(Path.Combine(folder, "render"))) Directory.Delete(Path.Combine(folder, "render"), recursive: true);
        await File.WriteAllBytesAsync(file, job, cancellationToken);
        await RunAsync(["build", Job, "."], line => TakePhase(line, phase), cancellationToken);
        if (!File.Exists(TrackFile)) throw new CollapseException("Blender broke the building and left no track of its pieces");
    }

    /// <summary>Renders the frames that are missing; each is told as it is done.</summary>
    public Task RenderAsync(int first, int last, Action<int> done, CancellationToken cancellationToken) =>
        RunAsync(["render", Job, ".", Text(first), Text(last)], line => Take(line, done), cancellationToken);

    private static bool TakePhase(string line, Action falling)
    {
        if (line != "answerprint falling") return false;
        falling();
        return true;
    }

    private static bool Take(string line, Action<int> done)
    {
        const string prefix = "answerprint frame ";
        if (!line.StartsWith(prefix, StringComparison.Ordinal) || !int.TryParse(line.AsSpan(prefix.Length), CultureInfo.InvariantCulture, out var frame)) return false;
        done(frame);
        return true;
    }

    private async Task RunAsync(string[] arguments, Func<string, bool>? line, CancellationToken cancellationToken)
    {
        var script = Path.Combine(folder, Script);
        await using (var from = typeof(CollapseBlender).Assembly.GetManifestResourceStream(Script)!)
        await using (var to = File.Create(script))
            await from.CopyToAsync(to, cancellationToken);
        try
        {
            var result = await ChildProcess.RunAsync(
                new ChildProcessOptions
                {
                    Program = media.Blender, DebianPackage = "blender", WorkingDirectory = folder, Limits = Limits, ErrorLine = line,
                    Arguments = ["-b", "--factory-startup", "-noaudio", "--python-exit-code", "3", "--python", Script, "--", .. arguments],
                },
                cancellationToken);
            Cpu += result.Cpu;
            if (result.End != ChildProcessEnd.Exited) throw new CollapseException($"Blender was stopped ({result.End})");
            if (result.ExitCode != 0) throw new CollapseException($"Blender ended with {result.ExitCode}: {result.ErrorTail.Trim().Split('\n')[^1]}");
        }
        catch (ProgramMissingException)
        {
            throw new CollapseException("Blender is not installed here (Debian package: blender)");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
