using System.Globalization;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>The 3D part of a collapse: Blender, headless, in a process of its own. What it made stays in the folder, so that a killed run goes on where it was.</summary>
/// <param name="folder">Where the job's files are; it is made when it is missing.</param>
/// <param name="media">Names the program.</param>
internal sealed class CollapseBlender(string folder, MediaOptions media)
{
    private const string Script = "collapse.py", PassesScript = "collapse_passes.py", BorderScript = "collapse_border.py", Job = "job.json", Scene = "collapse.blend", Track = "track.json", Pieces = "pieces.bin";

    private static readonly ChildProcessLimits Limits = new() { Cpu = TimeSpan.FromHours(24), WallClock = TimeSpan.FromHours(48), AddressSpaceBytes = 16L << 30, Niceness = 5 };

    // With more, who evaluates what differs from run to run, and the same job would not always fall alike: see collapse_order.py.
    private static readonly string[] OneThread = ["-t", "1"];

    /// <summary>Processor time that it has taken so far.</summary>
    public TimeSpan Cpu { get; private set; }

    public string TrackFile => Path.Combine(folder, Track);

    /// <summary>The geometry of the fall, for a renderer outside Blender.</summary>
    public string PiecesFile => Path.Combine(folder, Pieces);

    /// <summary>Where rubble is in each frame; there is none where nothing sheds any.</summary>
    public string GritFile => Path.Combine(folder, "grit.pc2");

    public string SceneFile => Path.Combine(folder, Scene);

    public string FrameFile(int frame) => Path.Combine(folder, "render", frame.ToString("0000", CultureInfo.InvariantCulture) + ".exr");

    /// <summary>The normals and ways of a frame, where they were asked for.</summary>
    public string PassesFile(int frame) => Path.Combine(folder, "passes", frame.ToString("0000", CultureInfo.InvariantCulture) + ".exr");

    /// <summary>Breaks the building and lets it fall, unless that was done for the same job; frames that were rendered for another go, where it is to render.</summary>
    /// <param name="job">The job.</param>
    /// <param name="identity">What falls and how it is rendered.</param>
    /// <param name="renders">Whether it is to render as well.</param>
    /// <param name="told">Is told how far it is, 0 to 1, and what is being done.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public async Task BuildAsync(byte[] job, CollapseIdentity identity, bool renders, Action<double, string> told, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var same = IsSame("build.key", identity.Build) && File.Exists(SceneFile) && File.Exists(TrackFile) && (renders || File.Exists(PiecesFile));
        if (renders ? !IsSame("render.key", identity.Render) : !same) Forget("render");
        if (!same)
        {
            foreach (var old in (string[])[SceneFile, TrackFile, PiecesFile, GritFile]) File.Delete(old);
            Forget("passes");
        }
        await File.WriteAllBytesAsync(Path.Combine(folder, Job), job, cancellationToken);
        // Keys come last of what is forgotten and first of what is made: a killed run never finds frames of another job.
        if (renders) await File.WriteAllTextAsync(Path.Combine(folder, "render.key"), identity.Render, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "build.key"), identity.Build, cancellationToken);
        if (same) return;
        await RunAsync(Script, ["build", Job, "."], line => TakeShare(line, told), inOneThread: true, cancellationToken);
        if (!File.Exists(TrackFile) || !(renders || File.Exists(PiecesFile))) throw new CollapseException("Blender broke the building and left no track of its pieces");
    }

    /// <summary>Renders the frames that are missing; each is told as it is done. A Blender that dies is started again where it was, as long as it gets on.</summary>
    public Task RenderAsync(int first, int last, Action<int> done, CancellationToken cancellationToken) => OnAsync(Script, ["render"], FrameFile, first, last, done, cancellationToken);

    /// <summary>Renders normals and ways of the frames that have none.</summary>
    public Task PassesAsync(int first, int last, Action<int> done, CancellationToken cancellationToken) => OnAsync(PassesScript, [], PassesFile, first, last, done, cancellationToken);

    private async Task OnAsync(string script, string[] mode, Func<int, string> file, int first, int last, Action<int> done, CancellationToken cancellationToken)
    {
        while (Missing() is > 0 and var before)
        {
            try
            {
                await RunAsync(script, [.. mode, Job, ".", Text(first), Text(last)], line => Take(line, done), inOneThread: false, cancellationToken);
                return;
            }
            catch (BlenderDiedException) when (Missing() < before)
            {
                // One frame was lost; the next Blender takes it up.
            }
        }

        int Missing() => Enumerable.Range(first, Math.Max(0, last - first + 1)).Count(frame => !File.Exists(file(frame)));
    }

    private bool IsSame(string key, string value)
    {
        var file = Path.Combine(folder, key);
        return File.Exists(file) && File.ReadAllText(file) == value;
    }

    private void Forget(string part)
    {
        var path = Path.Combine(folder, part);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }

    private static bool TakeShare(string line, Action<double, string> told)
    {
        const string prefix = "answerprint build ";
        if (!line.StartsWith(prefix, StringComparison.Ordinal) || line.IndexOf(' ', prefix.Length) is not (> 0 and var end) || !double.TryParse(line.AsSpan(prefix.Length, end - prefix.Length), CultureInfo.InvariantCulture, out var share)) return false;
        told(Math.Clamp(share, 0, 1), line[(end + 1)..]);
        return true;
    }

    private static bool Take(string line, Action<int> done)
    {
        const string prefix = "answerprint frame ";
        if (!line.StartsWith(prefix, StringComparison.Ordinal) || !int.TryParse(line.AsSpan(prefix.Length), CultureInfo.InvariantCulture, out var frame)) return false;
        done(frame);
        return true;
    }

    private async Task RunAsync(string script, string[] arguments, Func<string, bool> line, bool inOneThread, CancellationToken cancellationToken)
    {
        foreach (var part in (string[])[Script, "collapse_break.py", "collapse_chunks.py", "collapse_export.py", "collapse_fall.py", "collapse_form.py", "collapse_glass.py", "collapse_grit.py", "collapse_look.py", "collapse_order.py", "collapse_rigid.py", PassesScript, BorderScript])
        {
            await using var from = typeof(CollapseBlender).Assembly.GetManifestResourceStream(part)!;
            await using var to = File.Create(Path.Combine(folder, part));
            await from.CopyToAsync(to, cancellationToken);
        }
        try
        {
            var result = await ChildProcess.RunAsync(
                new ChildProcessOptions
                {
                    Program = media.Blender, DebianPackage = "blender", WorkingDirectory = folder, Limits = Limits, ErrorLine = line,
                    Arguments = [.. inOneThread ? OneThread : [], "-b", "--factory-startup", "-noaudio", "--python-exit-code", "3", "--python", script, "--", .. arguments],
                },
                cancellationToken);
            Cpu += result.Cpu;
            // A signal from outside, or for want of memory.
            if (result.End == ChildProcessEnd.Signalled) throw new BlenderDiedException(result.ExitCode);
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
